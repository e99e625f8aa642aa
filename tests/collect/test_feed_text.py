"""Feeds are read in every format and encoding, and never expanded."""

import time

import pytest

from analysis.collect.errors import Unreadable
from analysis.collect.feed_text import MOST_ENTRIES, read_feed
from tests.collect import feed_samples as samples

URL = "https://paper.example/rss.xml"


def entries(body, content_type="application/rss+xml"):
    return read_feed(body.encode() if isinstance(body, str) else body, content_type, URL).entries


@pytest.mark.parametrize("name", samples.ALL)
def test_every_format_says_the_same(name):
    first, second = entries(samples.ALL[name])
    assert (first.title, first.address) == (samples.TITLE, samples.ADDRESS)
    assert (second.title, second.address) == ("Altra notizia", "https://paper.example/2")
    if name not in samples.WITHOUT_DATE:
        assert first.date.published_at.isoformat() == "2024-12-06T17:30:00+00:00"
        assert first.text == samples.TEXT


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "iso-8859-15", "windows-1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_is_declared(encoding):
    body = samples.RSS2.replace("UTF-8", encoding).encode(encoding)
    assert entries(body)[0].title == samples.TITLE


@pytest.mark.parametrize(
    "declared", ["iso-8859-1", "us-ascii", "utf-7", "rot13", "hex", "unicode_escape", "x" * 39, "utf-16"]
)
def test_utf_8_is_known_whatever_is_declared(declared):
    assert entries(samples.RSS2.replace("UTF-8", declared))[0].title == samples.TITLE


@pytest.mark.parametrize("declared", ["UTF-8", "windows-1252", "no-such-encoding"])
@pytest.mark.parametrize("content_type", ["text/xml", "application/rss+xml; charset=utf-8", "text/xml; charset=latin1"])
def test_latin_is_known_though_utf_8_is_promised(declared, content_type):
    body = samples.RSS2.replace("UTF-8", declared).encode("cp1252")
    assert entries(body, content_type)[0].title == samples.TITLE


def test_the_server_may_tell_the_encoding():
    body = samples.RSS2.replace(' encoding="UTF-8"', "").replace("perché è", "Żuk").encode("iso-8859-2")
    assert "Żuk" in entries(body, "text/xml; charset=iso-8859-2")[0].title


@pytest.mark.parametrize(
    "broken",
    [samples.RSS2.replace("Niente", "Milan & Inter &nbsp;"), samples.RSS2[:-30], "\n\n " + samples.RSS2,
     samples.RSS2.replace("perché", "perch\x0bé\x00"), samples.RSS2.replace("<b>", "<b"),
     samples.RSS2.replace("<channel>", "<channel><atom:link href='x'/>")],
    ids=["ampersand", "cut", "space before", "control characters", "open tag", "unbound prefix"],
)  # fmt: skip
def test_a_feed_that_is_not_well_formed_is_read_all_the_same(broken):
    first = entries(broken)[0]
    assert first.address == samples.ADDRESS
    assert first.title.startswith("Rossi, perch")


def test_markup_becomes_words_and_scripts_go():
    assert entries(samples.RSS2)[0].text == samples.TEXT
    title = "A &lt;b&gt;bold&lt;/b&gt; one &amp;amp; more"
    assert entries(samples.rss(samples.item(title, "https://p.example/1")))[0].title == "A bold one & more"


@pytest.mark.parametrize(
    "body",
    [samples.entity_bomb(), samples.entity_bomb().encode("utf-16"), " \n<!-- x -->" + samples.entity_bomb(),
     '<!DOCTYPE rss SYSTEM "http://evil.example/x.dtd">' + samples.rss(),
     '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title>',
     samples.entity_bomb().replace("DOCTYPE", "doctype"), samples.entity_bomb().replace("?>", "?>" + "<?a b?>" * 99),
     samples.entity_bomb().replace('version="1.0"', 'version="1.0" encoding="utf-7"').encode("utf-7")],
    ids=["bomb", "utf-16", "comment before", "outer DTD", "file", "small letters", "instructions", "utf-7"],
)  # fmt: skip
def test_document_types_are_refused(body):
    start = time.monotonic()
    try:
        found = entries(body)
    except Unreadable as error:
        assert "DTD" in str(error) or "no feed" in str(error)
    else:
        pytest.fail(f"was read: {found}")
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("body", [b"", b"   ", b"hello", b"{}", b"\x00\xff\xfe", b"<a/>", b"\x89PNG\r\n", b"<rdf"])
def test_what_is_no_feed_is_named(body):
    with pytest.raises(Unreadable, match="no feed"):
        entries(body)


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><html><body>Not found</body></html>", b"<HTML><p>x"])
def test_a_page_in_place_of_a_feed_is_named(body):
    with pytest.raises(Unreadable, match="web page"):
        entries(body)


def test_a_feed_without_entries_is_one():
    assert entries(samples.rss()) == []


def test_what_is_never_read_is_counted():
    many = samples.rss(*(samples.item(f"t{n}", f"https://p.example/{n}") for n in range(MOST_ENTRIES + 7)), "<item/>")
    feed = read_feed(many.encode(), "", URL)
    assert len(feed.entries) == MOST_ENTRIES
    assert feed.problems == ("8 entries beyond the first 1000 were left out",)
    assert read_feed(samples.rss("<item/>").encode(), "", URL).problems == ("1 entries have neither title nor text",)


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.c", "http://[", "ftp://x.example/"],
)
def test_a_link_that_is_none_of_the_web_goes_and_its_words_stay(link):
    (entry,) = entries(samples.rss(samples.item("t", link)))
    assert (entry.title, entry.address) == ("t", "")


@pytest.mark.parametrize(
    ("link", "address"), [("/x", "https://paper.example/x"), ("//p.example/y", "https://p.example/y")]
)
def test_a_link_may_be_relative(link, address):
    assert entries(samples.rss(samples.item("t", link)))[0].address == address


def test_a_body_that_is_a_name_of_a_file_is_no_file(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text(samples.RSS2)
    with pytest.raises(Unreadable):
        entries(str(secret))


HOSTILE = {
    "tags": "<item>" * 130_000,
    "names": "".join(f"<x{n}:a xmlns:x{n}='u{n}'>" for n in range(4_000)),
    "depth": "<a>" * 300,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_take_for_ever_is_not_read(name):
    with pytest.raises(Unreadable, match="than any feed"):
        entries(f'<rss version="2.0"><channel>{HOSTILE[name]}')


@pytest.mark.parametrize(
    "junk",
    ["&none;" + "<item><b>" * 9_000, "&" * 200_000, "<!-- " * 50_000, "<item a='" * 20_000, "<![CDATA[" * 9_000],
    ids=["open tags", "ampersands", "comments", "quotes", "sections"],
)
def test_hostile_feeds_end(junk):
    assert len(entries(f'<rss version="2.0"><channel>{junk}')) <= MOST_ENTRIES
