"""Pages give their words: no script, no menu, and no page that hangs the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.load.html_text import read_page

PAGE = """<!DOCTYPE html><html lang="it-IT"><head><title>Ancelotti rischia | Il Sito</title>
<meta property="article:published_time" content="2024-12-06T10:00:00Z"><meta property="og:site_name" content="Il Sito">
<link rel="canonical" href="https://example.org/a?b=1&amp;c=2"><style>p { color: red }</style>
<script>document.write("<p>esonerato dallo script</p>")</script></head>
<body onload="alert('sacked')"><nav><a href="/">Menu</a></nav>
<article><h1>Ancelotti rischia</h1><p>Uno &egrave; <b>due</b>
tre.</p><p>Quattro <img alt="a > b" src=x onerror="alert(1)">cinque</p><aside>Pubblicit&agrave;</aside>
<!-- esonerato nel commento --><ul><li>sei<li>sette</ul><noscript>niente</noscript></article>
<footer>Piede</footer><SCRIPT>alert("otto")</SCRIPT ></body></html>"""


def test_a_page_gives_its_article_one_paragraph_a_line():
    assert read_page(PAGE).text == "Uno è due tre.\nQuattro cinque\nsei\nsette"


def test_a_page_states_its_facts():
    assert read_page(PAGE).facts == {
        "title": "Ancelotti rischia", "date": "2024-12-06T10:00:00Z", "lang": "it-IT", "source": "Il Sito",
        "url": "https://example.org/a?b=1&c=2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Da sola</title><p>x", "Da sola"),
        ("<h1>Solo <i>questa</i></h1><p>x", "Solo questa"),
        ("<title>Altro &amp; diverso</title><h1>Testa</h1>", "Altro & diverso"),
        ('<meta property="og:title" content="Condiviso"><p>x', "Condiviso"),
    ],
)
def test_the_title_is_the_heads_without_the_sites_name_or_the_first_heading(markup, title):
    assert read_page(markup).facts["title"] == title


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("just < text & <b>bold</b>", "just < text & bold"),
        ("<nav>only a menu", "only a menu"),
        ("<p>one<br>two", "one\ntwo"),
        ("<p>5 &lt; 6 &lt;script&gt;", "5 < 6 <script>"),
        ("<script>never closed <p>text", ""),
        ("<style/><p>text", "text"),
        ("<div><p>text", "text"),
        ("</p></article></nav>text", "text"),
        ("<p>one<!-- never closed <p>two", "one"),
        ("", ""),
    ],
)
def test_odd_markup_gives_what_can_be_seen_of_it(markup, text):
    assert read_page(markup).text == text


@given(st.text(st.sampled_from("<>/!-\"'= apscriptSCRIPTitle&#;\n")))
def test_reading_a_page_never_raises(markup):
    page = read_page(markup)
    assert isinstance(page.text, str)


@given(st.text(st.characters(exclude_characters="<")))
def test_the_inside_of_scripts_never_shows(inside):
    assert read_page(f"<p>a</p><script>{inside}</script><p>b</p>").text == "a\nb"


@pytest.mark.parametrize(
    "unit",
    ["<!--", "<a ", "<", "</", "<!d", "<![CDATA[", "<?", "<script>", "<a b='", '<a b="', '<a b=">', "&#1", "<title>",
     "<div>", "<script></scrip", '<meta a="'],
)  # fmt: skip
def test_hostile_markup_is_read_to_its_end(unit):
    # A parser that goes back over what it has read would stand here for minutes.
    read_page(unit * (400_000 // len(unit)))
