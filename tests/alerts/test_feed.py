"""The feed is valid Atom, the same for the same alerts, and what articles smuggle stays text."""

from dataclasses import replace
from datetime import datetime

import feedparser
import pytest
from defusedxml import ElementTree

from analysis.alerts.feed import ATOM, feed_bytes, write_feed
from analysis.alerts.words import Words

SAY = Words("en")


def parsed(alerts, url: str = "https://p.example"):
    data = feed_bytes(alerts, "Invented alerts", url, SAY)
    return ElementTree.fromstring(data), feedparser.parse(data)


@pytest.mark.parametrize("url", ["https://p.example", ""])
def test_it_has_what_rfc_4287_asks_of_feed_and_entry(alert, url):
    root, feed = parsed([alert], url)
    assert not feed.bozo and feed.version == "atom10"
    assert root.tag == f"{{{ATOM}}}feed"
    for part in (root, root.find(f"{{{ATOM}}}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{{{ATOM}}}{name}")) == 1, name
        assert datetime.fromisoformat(part.findtext(f"{{{ATOM}}}updated")).tzinfo
    assert root.find(f"{{{ATOM}}}author/{{{ATOM}}}name").text


def test_an_entry_carries_sentence_source_day_and_deep_link(alert):
    entry = parsed([alert])[1].entries[0]
    assert entry.id == f"urn:uuid:{alert.id}"
    assert entry.title == "Tom Ashdown (Everton): ultimatum"
    assert entry.link == "https://p.example/coach?coach=Tom+Ashdown&day=2024-12-05"
    words = entry.content[0].value
    for part in ("Ashdown has one game to save his job.", "Invented Post, 4 December 2024", "Index 70 (52 to 76)"):
        assert part in words


def test_the_newest_comes_first_and_ids_do_not_change(alert):
    later = replace(alert, id="11111111-2222-5333-8444-555555555555", made="2024-12-06T10:00:00+00:00")
    _, feed = parsed([alert, later])
    assert [entry.id[9:] for entry in feed.entries] == [later.id, alert.id]
    assert feed.feed.updated == later.made
    assert feed_bytes([alert], "T", "", SAY) == feed_bytes([alert], "T", "", SAY)


def test_what_an_article_smuggles_is_text_in_the_feed(hostile):
    data = feed_bytes([hostile], hostile.coach, "https://p.example", SAY)
    root = ElementTree.fromstring(data, forbid_dtd=True)
    content = root.find(f"{{{ATOM}}}entry/{{{ATOM}}}content").text
    assert "<script" not in content and "<img" not in content and "&lt;script&gt;" in content
    assert "javascript:" not in " ".join(link.get("href") for link in root.iter(f"{{{ATOM}}}link"))
    assert "\x1b" not in content and "\u202e" not in content
    assert 'href="javascript' not in content


def test_a_feed_that_is_there_just_so_is_not_written_again(alert, tmp_path):
    path = tmp_path / "new" / "alerts.atom"
    assert write_feed(path, [alert], "T", "", SAY)
    assert not write_feed(path, [alert], "T", "", SAY)
    assert write_feed(path, [], "T", "", SAY)
