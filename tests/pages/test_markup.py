"""Nothing from outside becomes markup or Markdown."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.downloads import safe_csv
from pages.marked import marked_text, segments
from pages.markup import Html, join, link, tag, text, web_address
from pages.wording import plain

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</div></q><iframe src=//evil.example>",
    '"><svg/onload=alert(1)>',
    "' style='position:fixed;inset:0",
    "&lt;b&gt;&#60;script&#62;",
    "<!-- --><style>*{display:none}</style>",
    "javascript:alert(1)",
    "\u202e<b>\x00",
]


class Parsed(HTMLParser):
    """Tags, attributes and text as a browser would see them."""

    def __init__(self, markup: str):
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_stays_text_between_tags_and_inside_attributes(attack):
    parsed = Parsed(tag("p", attack, title=attack, lang=attack))
    assert [name for name, _ in parsed.tags] == ["p"]
    assert set(parsed.tags[0][1]) == {"title", "lang"}
    assert parsed.tags[0][1]["title"] == attack


@given(st.text(alphabet=st.characters(exclude_characters="\x00\r"), max_size=200))
def test_any_text_is_shown_as_it_is(value):
    parsed = Parsed(tag("q", value))
    assert [name for name, _ in parsed.tags] == ["q"]
    assert parsed.text == value


def test_markup_made_here_is_not_escaped_twice():
    assert join(tag("b", "x"), " & ") == "<b>x</b> &amp; "
    assert text(Html("<b>")) == "<b>"


def test_an_absent_attribute_is_left_out():
    assert tag("p", lang=None) == "<p></p>"


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://example.org"])
def test_a_web_address_becomes_a_link(url):
    assert Parsed(link("word", url)).tags == [("a", {"href": url, "target": "_blank", "rel": "noopener noreferrer"})]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "file:///etc/passwd",
        "",
        None,
        "https://",
        "http://[",
        "JAVASCRIPT:alert(1)//http://x",
        "vbscript:x",
    ],
)
def test_anything_else_stays_text(url):
    assert web_address(url) == ""
    assert link("word", url) == "word"


MARKDOWN = [
    "**bold**",
    "[a](https://evil.example)",
    ":red[x]",
    ":material/home:",
    "$x^2$",
    "`code`",
    "# h",
    "1. x",
    "> q",
    "| a |",
    "https://evil.example",
    "www.evil.example",
    "a@b.example",
    ":smile:",
    "<b>x</b>",
    "~~s~~",
    "--",
    "->",
    "a\n\n# b",
    "![i](https://evil.example/x.png)",
    "\\[a\\](b)",
]


@pytest.mark.parametrize("words", MARKDOWN)
def test_markdown_is_disarmed(words):
    disarmed = plain(words)
    assert "\n" not in disarmed
    for position, character in enumerate(disarmed):
        if character in "*_[]()<>#`|~$:!&=^{}":
            backslashes = len(disarmed[:position]) - len(disarmed[:position].rstrip("\\"))
            assert backslashes % 2 == 1


@pytest.mark.parametrize("words", ["Sá Pinto", "Ole Gunnar Solskjær", "Çağdaş Atan"])
def test_plain_names_stay_as_they_are(words):
    assert plain(words) == words


def mark(start: int, end: int, stage: str = "pressure") -> dict:
    return {"start": start, "end": end, "stage": stage, "coach": ATTACKS[0], "reason": ATTACKS[1]}


def test_the_gravest_of_overlapping_marks_shows():
    pieces = segments("abcdef", [mark(0, 4, "speculation"), mark(2, 5, "ultimatum")])
    assert [(piece, found and found["stage"]) for piece, found in pieces] == [
        ("ab", None),
        ("cde", "ultimatum"),
        ("f", None),
    ]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8))
def test_segments_are_the_whole_text_whatever_the_marks(words, spans):
    assert "".join(piece for piece, _ in segments(words, [mark(*span) for span in spans])) == words


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_marked_article_holds_no_other_tags_than_ours(attack):
    words = f"{attack} his job {attack}"
    start = words.index("his job")
    parsed = Parsed(marked_text(words, [mark(start, start + 7), mark(0, 3)], "en"))
    assert [name for name, _ in parsed.tags] == ["div", "mark", "mark"]
    assert parsed.text.replace("\x00", "") == words.replace("\x00", "")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_in_a_table_is_only_text_in_a_spreadsheet(cell):
    import pandas as pd

    lines = safe_csv(pd.DataFrame({"a": [cell, "plain"], "b": [-1, 2]})).decode("utf-8-sig")
    assert f"'{cell[0]}".replace("\r", "\n") in lines
    assert "plain" in lines and "-1" in lines
