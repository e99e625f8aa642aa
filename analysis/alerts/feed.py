"""Alerts as an Atom feed (RFC 4287) in a file that any web server or feed reader takes."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from analysis.alerts.message import Alert, headline, html_body
from analysis.alerts.neutral import address, one_line
from analysis.alerts.words import Words
from analysis.store.files import write_whole

ATOM = "http://www.w3.org/2005/Atom"
ID = "urn:uuid:5f0c1c3e-7a3b-5d0e-9a53-1c6a6c1f0b6e"
"""The id of a feed whose address is not known."""


def write_feed(path: Path, alerts: Sequence[Alert], title: str, public_url: str, say: Words) -> bool:
    """Write the feed unless it is there just so; whether it was written. Raises OSError where it cannot be."""
    data = feed_bytes(alerts, title, public_url, say)
    if path.exists() and path.read_bytes() == data:
        return False
    write_whole(path, lambda stream: stream.write(data))
    return True


def feed_bytes(alerts: Sequence[Alert], title: str, public_url: str, say: Words) -> bytes:
    """The feed of `alerts`, oldest first as given, newest first as written; the same alerts give the same bytes."""
    ElementTree.register_namespace("", ATOM)
    feed = Element(f"{{{ATOM}}}feed")
    newest = max((alert.made for alert in alerts), default="1970-01-01T00:00:00+00:00")
    # The dashboard's address does not change from run to run, so it is a good id (RFC 4287, 4.2.6).
    for name, words in (("id", public_url or ID), ("title", title), ("updated", newest)):
        _add(feed, name, words)
    _add(_add(feed, "author"), "name", "Panchina")
    if public_url:
        _add(feed, "link", href=public_url, rel="alternate")
    for alert in reversed(alerts):
        _add_entry(feed, alert, say)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _add_entry(feed: Element, alert: Alert, say: Words) -> None:
    entry = _add(feed, "entry")
    for name, words in (("id", f"urn:uuid:{alert.id}"), ("title", headline(alert, say)), ("updated", alert.made)):
        _add(entry, name, words)
    if alert.link:
        _add(entry, "link", href=alert.link, rel="alternate")
    if alert.evidence and (source := address(alert.evidence.url)):
        _add(entry, "link", href=source, rel="via")
    _add(entry, "category", term=alert.rule)
    _add(entry, "content", html_body(alert, say), type="html")


def _add(parent: Element, name: str, words: str | None = None, **attributes: str) -> Element:
    child = SubElement(parent, f"{{{ATOM}}}{name}", {key: one_line(value) for key, value in attributes.items()})
    child.text = None if words is None else one_line(words)
    return child
