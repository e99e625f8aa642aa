"""A digest says what moved, who is under pressure, who left and who is named where; hostile words stay words."""

import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from analysis.alerts.digest_text import Digest, Line, markdown, page
from analysis.alerts.neutral import address, in_markdown
from analysis.alerts.words import Words
from analysis.commands.registry import main
from tests.alerts.conftest import ATTACK, PRESSURE, SACKED, piece
from tests.store.conftest import frame

SAY = Words("en")
READER = MarkdownIt("gfm-like", {"html": True, "linkify": True})


@pytest.fixture
def digest(store, capsys):
    def run(*arguments: str) -> str:
        assert main(["digest", "--store", str(store.folder), *arguments]) == 0
        return capsys.readouterr().out

    return run


def parts(words: str) -> dict[str, str]:
    """The text under each heading of a Markdown digest."""
    pieces = re.split(r"^## (.*)$", words, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def test_a_day_has_its_four_parts_with_the_sentences(digest, monkeypatch):
    monkeypatch.setenv("PANCHINA_URL", "https://p.example")
    found = parts(digest("--as-of", "2024-12-05"))
    assert list(found) == ["What moved", "Under most pressure", "Departures", "New destinations"]
    for part in ("What moved", "Under most pressure"):
        assert "Tom Ashdown" in found[part] and PRESSURE in found[part]
        assert "[Invented Post, 5 December 2024](<https://invented.example/2>)" in found[part]
        assert "https://p.example/coach?coach=Tom+Ashdown&day=2024-12-05" in found[part]
    assert found["Departures"].strip() == found["New destinations"].strip() == "Nothing."


def test_a_week_tells_departures_and_new_destinations(digest, store):
    going = "Roma want Milan manager Mario Brenta as their next coach."
    store.add(frame(piece(3, "2024-12-03", SACKED), piece(4, "2024-12-04", going, "Other Post")))
    found = parts(digest("--as-of", "2024-12-06", "--period", "week"))
    assert "Tom Ashdown (Everton)**: dismissed" in found["Departures"] and SACKED in found["Departures"]
    assert "named for Roma" in found["New destinations"] and "Roma want Milan manager" in found["New destinations"]
    assert "Tom Ashdown" not in parts(digest("--as-of", "2024-12-20", "--period", "week"))["Departures"]


def test_a_departure_nobody_confirmed_is_said_to_be_so(digest, store):
    store.add(
        frame(piece(3, "2024-12-03", "Everton have reportedly sacked manager Tom Ashdown, according to reports."))
    )
    told = parts(digest("--as-of", "2024-12-05", "--period", "week"))["Departures"]
    assert "Tom Ashdown" not in told or "unconfirmed" in told


def test_it_speaks_italian(digest):
    words = digest("--as-of", "2024-12-05", "--language", "it")
    assert "# Panchina: La giornata del 5 dicembre 2024" in words and "Che cosa si è mosso" in words
    assert '<html lang="it">' in digest("--as-of", "2024-12-05", "--language", "it", "--format", "html")


def test_without_articles_it_shows_the_demonstration_and_says_so(tmp_path, capsys):
    assert main(["digest", "--store", str(tmp_path / "none"), "--period", "week"]) == 0
    assert "Demonstration" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_file_is_there_whole_or_not_at_all(digest, tmp_path, form):
    path = tmp_path / "digest"
    assert digest("--as-of", "2024-12-05", "--format", form, "--output", str(path)) == ""
    assert "Tom Ashdown" in path.read_text("utf-8")
    assert [found.name for found in tmp_path.iterdir() if "digest" in found.name] == ["digest"]


def test_a_place_that_cannot_be_written_is_named(store, tmp_path, capsys):
    assert main(["digest", "--store", str(store.folder), "--output", str(tmp_path / "no" / "x.md")]) == 2
    assert "cannot write" in capsys.readouterr().err


def sly(alert, hostile) -> Digest:
    line = Line(hostile.coach, hostile.club, hostile.coach, hostile.evidence, alert.link)
    return Digest("Panchina: invented", "", {"What moved": [line]}, "en")


class Tags(HTMLParser):
    """Tags and addresses of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.links = set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.links += [value for name, value in attributes if name in ("href", "src")]
        assert not [name for name, _ in attributes if name.startswith("on")]


def seen(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


def test_hostile_words_stay_words_in_markdown(alert, hostile):
    found = seen(READER.render(markdown(sly(alert, hostile), SAY)))
    assert found.tags == {"h1", "h2", "ul", "li", "p", "strong", "a", "blockquote"}
    assert set(found.links) == {alert.link}


def test_hostile_words_stay_words_in_html(alert, hostile):
    html = page(sly(alert, hostile), SAY)
    assert not seen(html).tags & {"script", "img", "b", "iframe"}
    assert seen(html).links == [alert.link]
    assert "default-src 'none'" in html


SLY = ["# head", "- item", "+ item", "1. item", "1) item", "> quote", "```", "~~~", "    code", "***", "---", "===",
       "| a | b |\n|---|---|", "[a]: http://e.example", "[^1]: note", "![x](http://e.example/p.png)", "<b>", "&lt;b>",
       "http://e.example", "www.e.example", "e.example", "me@e.example", "mailto:me@e.example", "<http://e.example>",
       "a\\", "\\[a](http://e.example)", "`a", "*a*", "__a__", "~~a~~", "$a$", "<!-- a", "a  \nb", ATTACK]  # fmt: skip


@pytest.mark.parametrize("words", SLY)
def test_no_words_do_anything_in_markdown(words):
    html = READER.render(f"- x: {in_markdown(words)}\n\n  > {in_markdown(words)}\n")
    assert seen(html).tags == {"ul", "li", "p", "blockquote"}
    assert READER.render(in_markdown(words)).startswith("<p>")


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x?y=1&z=%20", "https://a.example/x?y=1&z=%20"),
        ("https://a.example/(x) y>z\"'", "https://a.example/%28x%29%20y%3Ez%22%27"),
        ("https://a.example/\n[x](javascript:1)", "https://a.example/%20%5Bx%5D%28javascript:1%29"),
        ("HTTP://a.example", "http://a.example"),
        ("javascript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        ("http:///x", ""),
        ("", ""),
    ],
)
def test_links_are_http_or_none(url, link):
    assert address(url) == link
