"""Collecting into a store, from a server that behaves as real ones do."""

import json
import threading
from urllib.parse import parse_qs

import pandas as pd
import pytest

from analysis.collect.run import Collection, kept_robots
from analysis.collect.sources import read_sources
from analysis.commands.registry import main
from analysis.store import Store
from tests.collect import feed_samples as samples
from tests.loopback import Reply, gigabyte, redirect

NOW = pd.Timestamp("2024-12-06 20:00", tz="UTC")
PAGE = """<!doctype html><html lang="it"><head><title>Rossi in bilico | Giornale</title>
<meta property="og:site_name" content="Il Giornale">
<meta property="article:published_time" content="2024-12-06T18:30:00+01:00">
</head><body><nav>Home</nav><article><h1>Rossi in bilico</h1><p>{}</p><p>Il presidente ha parlato alla squadra prima
della partita e non ha escluso nulla per i prossimi giorni.</p></article></body></html>""".format(
    "La panchina traballa. " * 20
)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def collect(store, client, tmp_path):
    def collected(text, now=NOW):
        path = tmp_path / "sources.toml"
        path.write_text(text, "utf-8")
        return Collection(store, client, now).run(read_sources(path))

    return collected


def feed(url, name="Giornale", more=""):
    return f'[[feed]]\nname = "{name}"\nurl = "{url}"\n{more}\n'


def counts(outcome):
    return outcome.new, outcome.known, outcome.failed


@pytest.mark.parametrize("name", samples.ALL)
def test_a_feed_is_kept_with_all_that_is_known_of_it(loopback, collect, store, name):
    (outcome,) = collect(feed(loopback.at("/rss", Reply(samples.ALL[name], "application/xml")), more='lang = "it"'))
    assert counts(outcome) == (2, 0, 0)
    row = store.articles().set_index("url").loc[samples.ADDRESS]
    assert (row["title"], row["lang"], row["source"], row["origin"]) == (samples.TITLE, "it", "Giornale", "Giornale")
    assert row["date_flag"] == ""
    assert row["fetched"] == NOW
    # RSS 0.90 has no dates: the address tells the day.
    moment = "2024-12-06 00:00" if name in samples.WITHOUT_DATE else "2024-12-06 17:30"
    assert (f"{row['published_at']:%Y-%m-%d %H:%M}", row["date_precision"]) == (moment, "day")


def test_what_did_not_change_is_neither_sent_nor_kept_again(loopback, collect, store):
    text = feed(loopback.at("/rss", Reply(samples.RSS2, etag='"1"', modified="Fri, 06 Dec 2024 10:00:00 GMT")))
    assert [counts(collect(text)[0]) for _ in range(3)] == [(2, 0, 0), (0, 0, 0), (0, 0, 0)]
    assert "if-none-match" not in loopback.asked("/rss")[0].headers
    assert loopback.asked("/rss")[2].headers["if-none-match"] == '"1"'
    assert len(store) == 2


def test_a_feed_at_another_address_is_not_taken_for_the_old_one(loopback, collect):
    collect(feed(loopback.at("/rss", Reply(samples.RSS2, etag='"1"'))))
    assert counts(collect(feed(loopback.at("/new", Reply(samples.RSS2, etag='"1"'))))[0]) == (0, 2, 0)


def test_what_is_known_is_counted_as_known(loopback, collect):
    one, two = samples.item("a", "https://p.example/a"), samples.item("b", "https://p.example/b")
    text = feed(loopback.at("/rss", Reply(samples.rss(one)), Reply(samples.rss(one, two))))
    assert [counts(collect(text)[0]) for _ in range(2)] == [(1, 0, 0), (1, 1, 0)]


def test_an_article_of_two_feeds_is_kept_once(loopback, collect, store):
    text = feed(loopback.at("/a", Reply(samples.RSS2)), "A") + feed(loopback.at("/b", Reply(samples.RSS1)), "B")
    assert sum(outcome.new for outcome in collect(text)) == 2
    assert len(store) == 2


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=404), "answers 404"),
        (Reply(status=503), "answers 503"),
        (Reply(samples.entity_bomb()), "DTD"),
        (Reply(gigabyte()), "more than 300,000 bytes"),
        (Reply(samples.RSS2, promised=10**6), "the connection failed"),
        (lambda request: Reply(iter([b"x"] * 50), pause=0.1), "allowed"),
        (Reply("<!doctype html><p>Moved</p>"), "a web page, not a feed"),
        (Reply(b"%PDF", "application/pdf"), "application/pdf"),
        (redirect("/rss"), "loop"),
        (redirect("http://169.254.169.254/"), "not a public address"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_source_is_told_and_the_others_are_kept(loopback, collect, store, reply, reason):
    text = feed(loopback.at("/rss", reply), "Broken") + feed(loopback.at("/good", Reply(samples.RSS2)), "Good")
    broken, good = collect(text)
    assert counts(broken) == (0, 0, 1)
    assert broken.is_dead
    assert reason in broken.problems[0]
    assert counts(good) == (2, 0, 0)


def test_a_source_that_asks_for_a_rest_gets_it(loopback, collect):
    reply = Reply(status=429, headers={"Retry-After": "3600"})
    text = feed(loopback.at("/rss", reply, Reply(samples.RSS2)))
    assert "asks to wait 3600 s" in collect(text)[0].problems[0]
    assert "before 2024-12-06 21:00 UTC" in collect(text, NOW + pd.Timedelta(minutes=59))[0].problems[0]
    assert len(loopback.asked("/rss")) == 1
    assert counts(collect(text, NOW + pd.Timedelta(minutes=61))[0]) == (2, 0, 0)


def test_a_fault_in_reading_one_source_costs_the_others_nothing(loopback, collect, monkeypatch):
    import analysis.collect.feeds as feeds

    real = feeds.read_feed
    monkeypatch.setattr(feeds, "read_feed", lambda body, *rest: 1 / 0 if b"bad" in body else real(body, *rest))
    text = feed(loopback.at("/bad", Reply("bad")), "Bad") + feed(loopback.at("/good", Reply(samples.RSS2)), "Good")
    bad, good = collect(text)
    assert "ZeroDivisionError" in bad.problems[0]
    assert counts(good) == (2, 0, 0)


def test_robots_are_obeyed_unless_a_source_says_otherwise(loopback, collect):
    loopback.at("/robots.txt", Reply("User-agent: *\nDisallow: /", "text/plain"))
    url = loopback.at("/rss", Reply(samples.RSS2))
    assert "robots.txt" in collect(feed(url))[0].problems[0]
    assert counts(collect(feed(url, more="robots = false"))[0]) == (2, 0, 0)


def test_doubtful_dates_are_flagged_and_kept(loopback, collect, store):
    old = samples.item("old", "https://p.example/o", "Fri, 06 Dec 2019 10:00:00 GMT")
    ahead = samples.item("ahead", "https://p.example/f", "Fri, 06 Dec 2030 10:00:00 GMT")
    (outcome,) = collect(feed(loopback.at("/rss", Reply(samples.rss(old, ahead)))))
    assert counts(outcome) == (2, 0, 0)
    flags = store.articles().set_index("title")["date_flag"]
    assert flags["ahead"] == "in the future"
    assert flags["old"].startswith("before the window of its source")


def test_full_text_comes_from_the_pages_when_asked(loopback, collect, store):
    url = loopback.at("/page", Reply(PAGE))
    text = feed(loopback.at("/rss", Reply(samples.rss(samples.item("Rossi in bilico", url)))), more="full_text = true")
    assert counts(collect(text)[0]) == (1, 0, 0)
    assert store.articles()["text"][0].count("La panchina traballa.") == 20
    assert counts(collect(text)[0]) == (0, 1, 0)
    assert len(loopback.asked("/page")) == 1


def test_a_page_that_cannot_be_had_now_is_asked_for_again(loopback, collect, store):
    url = loopback.at("/page", Reply(status=503), Reply(PAGE))
    other = loopback.at("/other", Reply(PAGE.replace("traballa", "resta")))
    body = samples.rss(samples.item("a", url), samples.item("b", other))
    text = feed(loopback.at("/rss", Reply(body, etag='"1"')), more="full_text = true")
    assert counts(collect(text)[0]) == (1, 0, 1)
    assert counts(collect(text)[0]) == (1, 1, 0)
    assert counts(collect(text)[0]) == (0, 0, 0)
    assert store.articles()["text"].str.len().min() > 200


def test_a_feed_of_very_many_pages_is_read_in_several_runs(loopback, collect, store, monkeypatch):
    monkeypatch.setattr("analysis.collect.feeds.MOST_PAGES", 2)
    urls = [loopback.at(f"/page{n}", Reply(PAGE.replace("traballa", f"traballa {n}"))) for n in range(5)]
    body = samples.rss(*(samples.item(f"t{n}", url) for n, url in enumerate(urls)))
    text = feed(loopback.at("/rss", Reply(body, etag='"1"')), more="full_text = true")
    assert [collect(text)[0].new for _ in range(4)] == [2, 2, 1, 0]
    assert len(loopback.requests) - len(loopback.asked("/rss")) == 6


@pytest.mark.parametrize(("status", "runs"), [(404, 1), (503, 3)])
def test_a_page_that_never_comes_leaves_what_the_feed_says(loopback, collect, store, status, runs):
    item = samples.item("Rossi", loopback.at("/page", Reply(status=status)), more="<description>Breve.</description>")
    text = feed(loopback.at("/rss", Reply(samples.rss(item), etag='"1"')), more="full_text = true")
    kept = [collect(text)[0].new for _ in range(runs + 1)]
    assert kept == [0] * (runs - 1) + [1, 0]
    assert store.articles()["text"].tolist() == ["Breve."]


def test_pages_are_kept_once(loopback, collect, store):
    url = loopback.at("/page", Reply(PAGE))
    text = f'[[page]]\nname = "Pages"\nurls = ["{url}", "{loopback.url("/none")}"]\n'
    (first,), (second,) = collect(text), collect(text)
    assert (counts(first), counts(second)) == ((1, 0, 1), (0, 1, 1))
    assert "answers 404" in first.problems[0]
    row = store.articles().iloc[0]
    assert (row["title"], row["source"], row["lang"]) == ("Rossi in bilico", "Il Giornale", "it")
    assert f"{row['published_at']:%Y-%m-%d %H:%M}" == "2024-12-06 17:30"


def google(*items):
    return samples.rss(*(
        f"<item><title>{title}</title><link>https://news.example/rss/articles/{number}?oc=5</link>"
        f"<pubDate>{samples.DATE}</pubDate>"
        f'<description>&lt;a href="x"&gt;{title}&lt;/a&gt;&amp;nbsp;{outlet}</description>'
        f'<source url="https://paper.example">{outlet}</source></item>'
        for number, (title, outlet) in enumerate(items)
    ))  # fmt: skip


def test_a_search_asks_for_each_name_and_splits_off_the_outlet(loopback, collect, store):
    bodies = {
        "Rossi allenatore": google(("Rossi in bilico - Il Giornale", "Il Giornale")),
        "Bianchi allenatore": google(("x", "y"), ("Bianchi - ora basta - La Gazzetta", "La Gazzetta")),
    }

    def found(request):
        asked = parse_qs(request.query)
        assert (asked["hl"], asked["gl"], asked["ceid"]) == (["it"], ["IT"], ["IT:it"])
        return Reply(bodies[asked["q"][0]], "application/xml")

    base = loopback.at("/search", found)
    (outcome,) = collect(f'[[search]]\nname = "Google"\nlang = "it"\ncountry = "IT"\nbase = "{base}"\n'
                         'query = "{name} allenatore"\nnames = ["Rossi", "Bianchi"]\n')  # fmt: skip
    assert counts(outcome)[2] == 0
    rows = store.articles().set_index("title")
    assert rows.loc["Rossi in bilico", "source"] == "Il Giornale"
    assert rows.loc["Bianchi - ora basta", "source"] == "La Gazzetta"
    assert rows.loc["Rossi in bilico", "text"] == ""
    assert rows.loc["Rossi in bilico", "url"].startswith("https://news.example/rss/articles/")


def test_a_search_that_fails_leaves_the_others_their_turn(loopback, collect, store):
    base = loopback.at("/search", Reply(status=404), Reply(google(("Bianchi resta - G", "G"))))
    (outcome,) = collect(f'[[search]]\nname = "Google"\nbase = "{base}"\nnames = ["Rossi", "Bianchi"]\n')
    assert counts(outcome) == (1, 0, 1)
    assert outcome.problems[0].startswith("Rossi: ")
    assert not outcome.is_dead


def test_a_search_that_is_asked_too_much_is_left_alone(loopback, collect):
    base = loopback.at("/search", Reply(status=429, headers={"Retry-After": "999"}))
    collect(f'[[search]]\nname = "Google"\nbase = "{base}"\nnames = ["Rossi", "Bianchi"]\n')
    assert len(loopback.asked("/search")) == 1


def test_two_collections_at_once_keep_every_article_once(loopback, tmp_path, client):
    texts = []
    for number in range(6):
        items = [samples.item(f"t{n}", f"https://p.example/{n}") for n in range(number * 10, number * 10 + 30)]
        texts.append(feed(loopback.at(f"/{number}", Reply(samples.rss(*items))), f"F{number}"))
    path = tmp_path / "sources.toml"
    path.write_text("".join(texts))
    stores = [Store(tmp_path / "store") for _ in range(2)]
    runs = [threading.Thread(target=Collection(store, client, NOW).run, args=(read_sources(path),)) for store in stores]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert sorted(Store(tmp_path / "store").articles()["title"]) == sorted(f"t{n}" for n in range(80))
    assert len(Store(tmp_path / "store").state("collect").read()) == 6


def test_what_robots_said_is_kept_between_runs(tmp_path):
    from analysis.collect.robots import Kept

    store = Store(tmp_path)
    with kept_robots(store) as kept:
        kept["https://p.example"] = Kept("User-agent: *", 7.0)
    with kept_robots(store) as kept:
        assert kept == {"https://p.example": Kept("User-agent: *", 7.0)}


def test_a_full_disk_ends_the_run_and_is_told(loopback, tmp_path, capsys, monkeypatch):
    path = tmp_path / "sources.toml"
    path.write_text(feed(loopback.at("/rss", Reply(samples.RSS2, etag='"1"'))))

    def full(self, articles):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "add", full)
    arguments = ["collect", "--sources", str(path), "--store", str(tmp_path / "s"), "--allow-local", "--pause", "0"]
    assert main(arguments) == 2
    assert "No space left" in capsys.readouterr().err
    monkeypatch.undo()
    assert main(arguments) == 0
    assert "2 new" in capsys.readouterr().out


def test_the_command_prints_a_line_for_each_source(loopback, tmp_path, capsys):
    path = tmp_path / "sources.toml"
    path.write_text(feed(loopback.at("/rss", Reply(samples.RSS2)), "Good") + feed(loopback.url("/none"), "Gone"))
    arguments = ["collect", "--sources", str(path), "--store", str(tmp_path / "s"), "--allow-local", "--pause", "0"]
    assert main(arguments) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[1].split() == ["feed:", "Good", "2", "0", "0"]
    assert printed[2].split() == ["feed:", "Gone", "0", "0", "1"]
    assert "answers 404" in printed[3]
    assert printed[-1] == "2 sources (1 without anything): 2 new, 0 known, 1 failed"
    assert main([*arguments, "--only", "Gone"]) == 1
    assert main([*arguments, "--only", "Nobody"]) == 2
    assert "no enabled source is named 'Nobody'" in capsys.readouterr().err


def test_local_addresses_are_refused_unless_allowed(loopback, tmp_path, capsys):
    path = tmp_path / "sources.toml"
    path.write_text(feed(loopback.at("/rss", Reply(samples.RSS2))))
    assert main(["collect", "--sources", str(path), "--store", str(tmp_path / "s")]) == 1
    assert "refused" in capsys.readouterr().out
    assert loopback.requests == []


@pytest.mark.parametrize("arguments", [["--at-once", "0"], ["--pause", "-1"], ["--pause", "nan"], ["--timeout", "x"]])
def test_senseless_arguments_are_refused(arguments):
    with pytest.raises(SystemExit) as caught:
        main(["collect", *arguments])
    assert caught.value.code == 2


def test_a_missing_file_of_sources_is_named(tmp_path, capsys):
    assert main(["collect", "--sources", str(tmp_path / "none.toml")]) == 2
    assert "none.toml" in capsys.readouterr().err


def test_hostile_names_cannot_paint_the_terminal(loopback, tmp_path, capsys):
    path = tmp_path / "sources.toml"
    url = loopback.at("/rss", Reply(raw=b"HTTP/1.1 404 \x1b[31mRed\r\nContent-Length: 0\r\n\r\n"))
    path.write_text(feed(url, name=json.dumps("evil\u202e\x1b[2J")[1:-1]), "utf-8")
    main(["collect", "--sources", str(path), "--store", str(tmp_path / "s"), "--allow-local", "--pause", "0"])
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().out)
