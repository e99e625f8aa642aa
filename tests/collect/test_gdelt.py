"""GDELT's lists collected as articles: dates, languages and titles as they are meant, moods survived, nothing lost."""

import pandas as pd
import pytest

from analysis.collect.errors import Refused
from analysis.collect.gdelt import (
    ATTEMPTS,
    Gdelt,
    article,
    asked_query,
    language_code,
    read_seen,
    readable,
    tidy,
)
from analysis.collect.gdelt_answer import Limited, NoJson, QueryRefused, Row
from analysis.collect.gdelt_windows import Span
from analysis.collect.run import Collection
from analysis.collect.sources import SourcesError, read_sources
from analysis.store import Store
from tests.collect.gdelt_service import SLOWER, GdeltService, always, as_json, listed, once
from tests.loopback import Reply

NOW = pd.Timestamp("2024-12-06 20:00", tz="UTC")
WEEK = Span(NOW - pd.Timedelta(days=7), NOW)


def row(**cells: str) -> Row:
    usual = {"url": "https://finta.example/1", "title": "Brenta rischia", "seen": "20241206T101500Z",
             "language": "Italian", "domain": "finta.example"}  # fmt: skip
    return Row(**{**usual, **cells})


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def collect(store, client, tmp_path):
    """A function that collects a [[gdelt]] table at a moment and gives its outcome."""

    def collected(service: GdeltService, more: str = 'lang = "it"', now: pd.Timestamp = NOW, query: str = "Brenta"):
        path = tmp_path / "sources.toml"
        path.write_text(
            f"[[gdelt]]\nname = 'G'\nquery = '{query}'\nbase = '{service.base}'\npause = 0\n{more}\n", "utf-8"
        )
        return Collection(store, client, now).run(read_sources(path))[0]

    return collected


def counts(outcome) -> tuple[int, int, int]:
    return outcome.new, outcome.known, outcome.failed


# What a row says


@pytest.mark.parametrize(
    ("cells", "published", "precision", "flag"),
    [
        ({}, "2024-12-06 10:15", "day", ""),
        ({"seen": ""}, None, "none", ""),
        ({"seen": "20241399T000000Z"}, None, "none", ""),
        ({"seen": "yesterday"}, None, "none", ""),
        ({"seen": "20241210T000000Z"}, "2024-12-10", "day", "in the future"),
        ({"url": "https://a.it/2024/12/03/brenta"}, "2024-12-03", "day", ""),
        ({"url": "https://a.it/2024/12/06/brenta"}, "2024-12-06 10:15", "day", ""),
        ({"url": "https://a.it/2015/12/03/x"}, "2015-12-03", "day", "before the window of its source, which begins on"),
        ({"seen": "", "url": "https://a.it/2024/12/03/brenta"}, "2024-12-03", "day", ""),
    ],
)
def test_the_date_is_when_it_was_seen_unless_its_address_tells_an_earlier_one(cells, published, precision, flag):
    found = article(row(**cells), WEEK, NOW)
    expected = None if published is None else pd.Timestamp(published, tz="UTC")
    assert (found["published_at"], found["date_precision"]) == (expected, precision)
    assert found["date_flag"].startswith(flag) if flag else found["date_flag"] == ""


def test_a_date_after_what_was_asked_for_is_flagged():
    earlier = Span(NOW - pd.Timedelta(days=60), NOW - pd.Timedelta(days=30))
    assert article(row(), earlier, NOW)["date_flag"] == "after the window that was asked for"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Italian", "it"), ("Spanish", "es"), ("English", "en"), ("French", "fr"), ("German", "de"),
        ("Portuguese", "pt"), ("Dutch", "nl"), ("NorwegianNynorsk", "nn"), ("it", "it"), ("Klingonese", ""), ("", ""),
    ],
)  # fmt: skip
def test_languages_are_known_by_their_english_names(name, code):
    assert language_code(name) == code


@pytest.mark.parametrize(
    ("title", "lang", "tidied"),
    [
        ("Brenta , panchina a rischio : le ultime", "it", "Brenta, panchina a rischio: le ultime"),
        ("Brenta : « Je reste » , dit - il", "fr", "Brenta : « Je reste », dit - il"),
        ("Brenta &amp; Prado ( video ) .", "en", "Brenta & Prado (video)."),
    ],
)
def test_titles_are_written_as_papers_write_them(title, lang, tidied):
    assert tidy(title, lang) == tidied


def test_rows_that_can_be_no_article_are_left_out_and_each_address_comes_once():
    rows = [row(), row(), row(url="javascript:alert(1)"), row(url="https://a.it/2", title=""),
            row(url="https://a.it/3", language="Dutch"), row(url="https://a.it/4", language="")]  # fmt: skip
    assert [found.url for found in readable(rows)] == ["https://finta.example/1", "https://a.it/4"]
    assert "https://a.it/3" in [found.url for found in readable(rows, ("nl",))]


def test_a_moment_without_marks_is_one_too():
    assert read_seen("20241206101500").published_at == pd.Timestamp("2024-12-06 10:15", tz="UTC")


# What is asked


@pytest.mark.parametrize(
    ("query", "langs", "asked"),
    [
        ("Brenta  esonero", (), "Brenta esonero"),
        ("Brenta", ("it",), "Brenta sourcelang:italian"),
        ("Brenta", ("it", "pt"), "Brenta (sourcelang:italian OR sourcelang:portuguese)"),
        ("Brenta OR Prado", ("de",), "(Brenta OR Prado) sourcelang:german"),
        ('("A B" OR C) D', (), '("A B" OR C) D'),
    ],
)
def test_the_query_is_as_gdelt_takes_it(query, langs, asked):
    assert asked_query(query, langs) == asked


def test_a_language_that_is_none_is_refused():
    with pytest.raises(Refused, match="'xq' is no language"):
        asked_query("Brenta", ("xq",))


def test_an_address_holds_all_that_is_asked(client):
    url = Gdelt(client, "Brenta & C", ("it",), base="http://127.0.0.1:1/doc").url(WEEK)
    assert url == ("http://127.0.0.1:1/doc?query=Brenta+%26+C+sourcelang%3Aitalian&mode=artlist&format=json&maxrecords=250"
                   "&sort=dateasc&startdatetime=20241129200000&enddatetime=20241206195959")  # fmt: skip


# How its moods are met


@pytest.mark.parametrize(
    "mood",
    [
        Reply(SLOWER),
        Reply(SLOWER, status=429),
        Reply(status=503),
        Reply(b""),
        Reply("Your query was too short or too long."),
        Reply("<html><title>Error</title></html>"),
        Reply('{"articles": [{"url": "https://a.it'),
        Reply("{}", promised=500),
    ],
    ids=["slower", "429", "503", "empty", "load", "page", "broken", "cut"],
)
def test_what_may_pass_is_asked_again(loopback, client, mood):
    service = GdeltService(loopback, [listed("2024-12-06 10:15")], moods=[once(mood, mood)])
    assert len(Gdelt(client, "Brenta", base=service.base, pause=0).ask(WEEK)) == 1
    assert len(service.windows) == 3


@pytest.mark.parametrize(
    ("mood", "error", "times"),
    [
        (Reply(SLOWER), Limited, ATTEMPTS),
        (Reply(SLOWER, status=429), Limited, ATTEMPTS),
        (Reply("Your query was too short or too long."), NoJson, ATTEMPTS),
        (Reply("Your search contained a keyword that was too short."), QueryRefused, 1),
    ],
)
def test_what_does_not_pass_is_told(loopback, client, mood, error, times):
    service = GdeltService(loopback, moods=[always(mood)])
    with pytest.raises(error):
        Gdelt(client, "Brenta", base=service.base, pause=0).ask(WEEK)
    assert len(service.windows) == times


def test_two_requests_are_a_pause_apart(loopback, client, naps):
    service = GdeltService(loopback)
    gdelt = Gdelt(client, "Brenta", base=service.base)
    gdelt.ask(WEEK)
    gdelt.ask(WEEK)
    assert [round(nap) for nap in naps] == [5]


# As a source


def test_a_table_is_collected_whole_beyond_the_cap(loopback, collect, store):
    busy = [listed("2024-12-05 18:00", number) for number in range(200)]
    quiet = [listed(moment, 999) for moment in pd.date_range("2024-11-10", "2024-12-06 19:45", freq="3h")]
    service = GdeltService(loopback, [*busy, *quiet])
    assert counts(collect(service)) == (200 + len(quiet), 0, 0)
    assert set(service.queries) == {"Brenta sourcelang:italian"}
    kept = store.articles()
    assert set(kept["url"]) == {row["url"] for row in service.articles}
    assert set(kept["lang"]) == {"it"}
    assert set(kept["origin"]) == {"G"}
    assert kept["title"].str.startswith("Brenta, panchina a rischio: parte").all()


def test_the_next_run_asks_for_what_came_since(loopback, collect):
    service = GdeltService(loopback, [listed("2024-12-06 10:15")])
    collect(service)
    service.articles.append(listed("2024-12-06 19:45"))
    service.windows.clear()
    assert counts(collect(service, now=NOW + pd.Timedelta(hours=2))) == (1, 0, 0)
    assert service.windows == [(pd.Timestamp("2024-12-06 19:00"), pd.Timestamp("2024-12-06 21:59:59"))]


def test_another_query_begins_anew(loopback, collect):
    service = GdeltService(loopback, [listed("2024-12-06 10:15")])
    collect(service)
    service.windows.clear()
    collect(service, query="Prado")
    assert service.windows[0][0] == pd.Timestamp("2024-11-06 20:00")


def test_a_window_that_failed_is_asked_for_in_the_next_run(loopback, collect):
    def down(start, end):
        return Reply(status=503) if start == pd.Timestamp("2024-11-13 20:00") else None

    service = GdeltService(loopback, [listed("2024-11-15 12:00"), listed("2024-12-06 12:00")], moods=[down])
    outcome = collect(service)
    assert counts(outcome) == (1, 0, 1)
    assert outcome.problems[0].startswith("2024-11-13 20:00 to 2024-11-20 20:00 UTC: ")
    service.moods.clear()
    assert counts(collect(service))[0] == 1


def test_a_service_that_keeps_asking_to_slow_down_is_left_alone(loopback, collect):
    service = GdeltService(loopback, moods=[always(Reply(SLOWER))])
    assert "slow down" in collect(service).problems[0]
    service.windows.clear()
    assert "not to be asked again before 2024-12-06 20:30" in collect(service).problems[0]
    assert not service.windows


def test_pages_give_the_text_and_a_page_that_fails_leaves_the_title(loopback, collect, store):
    words = "<p>Mario Brenta rischia l'esonero dopo la sconfitta di ieri.</p>" * 5
    good = loopback.at("/a", Reply(f"<html lang='it'><title>Brenta</title><article>{words}</article></html>"))
    rows = [listed("2024-12-06 10:15", url=good), listed("2024-12-06 10:15", 2, url=loopback.url("/gone"))]
    outcome = collect(GdeltService(loopback, rows), more='lang = "it"\npages = true')
    assert counts(outcome) == (2, 0, 1)
    assert "kept by its title" in outcome.problems[0]
    texts = store.articles().set_index("url")["text"]
    assert "rischia l'esonero" in texts[good]
    assert texts[loopback.url("/gone")] == ""


def test_strange_rows_harm_nothing(loopback, collect, store):
    strange = [{}, {"url": 5}, listed("2024-12-06 10:15", url="file:///etc/passwd"),
               listed("2024-12-06 10:15", title="\u202e=1+1\x00"), listed("2024-12-06 10:15", 3)]  # fmt: skip
    service = GdeltService(loopback, moods=[once(as_json(strange))])
    collect(service)
    assert len(store) == 2


@pytest.mark.parametrize(
    ("more", "message"),
    [("pause = 'five'", "key 'pause'"), ("base = 'ftp://a.it'", "key 'base'"), ("query = ''", "key 'query'")],
)
def test_a_wrong_table_is_named(tmp_path, more, message):
    path = tmp_path / "sources.toml"
    usual = "" if more.startswith("query") else "query = 'Brenta'\n"
    path.write_text(f"[[gdelt]]\nname = 'G'\n{usual}{more}\n", "utf-8")
    with pytest.raises(SourcesError, match=message):
        read_sources(path)
