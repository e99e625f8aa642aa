"""Every attack of tests/hostile, as names, sentences, sources and addresses of alerts and digests, stays words."""

import email
from dataclasses import replace
from email import policy
from html.parser import HTMLParser

import feedparser
import pytest
from defusedxml import ElementTree
from markdown_it import MarkdownIt

from analysis.alerts.digest_text import Digest, Line, markdown, page
from analysis.alerts.feed import feed_bytes
from analysis.alerts.mail import MailSettings, mail_message
from analysis.alerts.message import Evidence
from analysis.alerts.words import Words
from tests.hostile import attacks

SAY = Words("en")
SETTINGS = MailSettings("h.example", 587, "starttls", "a@b.example", ("c@d.example",))
KINDS = (attacks.HTML, attacks.ENTITIES, attacks.MARKDOWN, attacks.STREAMLIT, attacks.PLOTLY, attacks.FORMULAS,
         attacks.CHARACTERS, attacks.EXPRESSIONS, attacks.NAMES, attacks.URLS)  # fmt: skip
ATTACKS = [(name, words) for kind in KINDS for name, words in kind.items() if isinstance(words, str)]
READER = MarkdownIt("gfm-like", {"html": True, "linkify": True})
DIGEST_TAGS = {"h1", "h2", "ul", "li", "p", "strong", "a", "blockquote"}
PAGE_TAGS = DIGEST_TAGS | {"html", "head", "meta", "title", "style", "body"}


class Seen(HTMLParser):
    """Tags and addresses of a page, and its attributes that could do anything."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.links, self.live = set(), set(), []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.links |= {value for name, value in attributes if name in ("href", "src")}
        self.live += [name for name, _ in attributes if name.startswith("on") or name in ("style", "class", "srcdoc")]


def is_harmless(html: str, tags: set[str]) -> bool:
    seen = Seen(html)
    links_are_web = all(link.startswith(("http://", "https://", "HTTP")) for link in seen.links)
    return seen.tags <= tags and seen.live == [] and links_are_web


@pytest.fixture(params=[words for _, words in ATTACKS], ids=[name for name, _ in ATTACKS])
def sly(request, alert):
    words = request.param
    evidence = Evidence(words, words, words, "2024-12-04", words, words)
    return replace(alert, coach=words, club=words, evidence=evidence)


def test_there_are_a_hundred_attacks_and_more():
    assert len(ATTACKS) >= 100


def test_in_a_digest(sly):
    digest = Digest(
        "Panchina", "", {"What moved": [Line(sly.coach, sly.club, sly.coach, sly.evidence, sly.link)]}, "en"
    )
    assert is_harmless(READER.render(markdown(digest, SAY)), DIGEST_TAGS)
    assert is_harmless(page(digest, SAY), PAGE_TAGS)


def test_in_a_feed(sly):
    data = feed_bytes([sly], sly.coach, "https://p.example", SAY)
    assert not ElementTree.fromstring(data, forbid_dtd=True).findall("script")
    feed = feedparser.parse(data, sanitize_html=False)
    assert not feed.bozo and len(feed.entries) == 1
    assert is_harmless(feed.entries[0].content[0].value, {"p", "strong", "blockquote", "a", "small"})
    assert all(link.href.lower().startswith("http") for link in feed.entries[0].links)


def test_in_a_mail(sly):
    message = email.message_from_bytes(
        mail_message(sly, SETTINGS, SAY).as_bytes(policy=policy.SMTP), policy=policy.default
    )
    assert sorted(message.keys()) == ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID",
                                      "Subject", "To"]  # fmt: skip
    assert (message["From"], message["To"]) == ("a@b.example", "c@d.example")
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert is_harmless(message.get_body(("html",)).get_content(), {"p", "strong", "blockquote", "a", "small"})
