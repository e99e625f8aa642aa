"""Feeds in RSS and Atom read into entries, whatever their encoding and however well they are formed.

A feed is decoded first, looked through for document types (DTDs, whose entities can swell without bound) and only then
read, as the very characters that were looked through.
"""

import codecs
import io
import re
import sys
import xml.sax
from typing import NamedTuple
from urllib.parse import urljoin

import defusedxml
import defusedxml.sax
import feedparser

from analysis.collect.dates import read_given
from analysis.collect.errors import Unreadable, shown
from analysis.load.dates import ArticleDate
from analysis.load.decode import decode, wide_encoding
from analysis.load.html_text import read_page
from analysis.store.addresses import safe_url

MOST_BYTES = 5_000_000
MOST_ENTRIES = 1000
MOST_TAGS, MOST_NAMES, MOST_DEPTH = 120_000, 3_000, 200
"""Tags, declared namespaces and nesting beyond which a feed is not read; 1,000 entries have a third of that. The time
of reading grows with the square of the last two."""
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_ENCODING = re.compile(
    r"(?:us-?)?ascii|utf-?(?:8|16|32)(?:-?[bl]e)?|iso[-_]?8859[-_]\d+|latin-?\d+|(?:windows-?|cp)\d+|koi8-\w|mac\w{3,20}"
    r"|gb\w+|big5|shift_jis|euc-\w+",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_CHARACTER = re.compile(r"&#(?:x([0-9a-f]{1,9000})|([0-9]{1,9000}));?", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]{1,9};")


class Entry(NamedTuple):
    """An entry of a feed; `address` is where it says its article is, `source` the outlet where it names one."""

    guid: str
    address: str
    title: str
    text: str
    date: ArticleDate
    source: str


class Feed(NamedTuple):
    """A feed's entries in its order, its language code or "", and what was left out."""

    entries: list[Entry]
    lang: str
    problems: tuple[str, ...]


def read_feed(body: bytes, content_type: str, url: str) -> Feed:
    """The feed `body`, sent as `content_type` from `url`. Raises Unreadable where it is none, or has a DTD."""
    text = _CHARACTER.sub(_known_character, _CONTROLS.sub(" ", feed_text(body, content_type)))
    text = _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1)
    if text.count("<") > MOST_TAGS or text.count("xmlns") > MOST_NAMES:
        raise Unreadable(f"{shown(url)} has more tags than any feed")
    _refuse_document_type(text, url)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    # Never as bytes alone: feedparser would try whether a file is named so.
    parsed = feedparser.parse(io.BytesIO(text.encode()), response_headers=headers, sanitize_html=False,
                              resolve_relative_uris=False)  # fmt: skip
    if not parsed.get("version") and not parsed.entries:
        raise Unreadable(f"{shown(url)} is no feed in RSS or Atom")
    kept, rest = parsed.entries[:MOST_ENTRIES], parsed.entries[MOST_ENTRIES:]
    entries = [_entry(entry, url, parsed.version.startswith("atom")) for entry in kept]
    problems = [f"{len(rest)} entries beyond the first {MOST_ENTRIES} were left out"] if rest else []
    empty = sum(not (entry.title or entry.text) for entry in entries)
    if empty:
        problems.append(f"{empty} entries have neither title nor text")
    lang = str(parsed.feed.get("language") or "")[:2].lower()
    return Feed([entry for entry in entries if entry.title or entry.text], lang, tuple(problems))


def _known_character(found: re.Match) -> str:
    """A numbered character as it is written; a number that is none (feedparser fails on it) as the sign for that."""
    number = found[1] or found[2]
    code = int(number, 16 if found[1] else 10) if len(number) < 12 else sys.maxunicode + 1
    return found[0] if code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def feed_text(body: bytes, content_type: str) -> str:
    """`body` decoded: as a byte-order mark says, as UTF-8 if it can be, as it declares, as the server says, at last as
    Windows-1252. Feeds of other encodings are seldom UTF-8 by chance; feeds that declare another one often are."""
    if wide := wide_encoding(body):
        return body.decode(wide, "replace")
    declared = _DECLARED.search(body[:400])
    told = _CHARSET.search(content_type)
    names = ["utf-8", declared[1].decode() if declared else "", told[1] if told else ""]
    for name in names:
        try:
            if _ENCODING.fullmatch(name):
                return body.decode(codecs.lookup(name).name)
        except (LookupError, UnicodeError):
            continue
    return decode(body)[0]


def _refuse_document_type(text: str, url: str) -> None:
    """Raise Unreadable where `text` has a document type, which no feed needs."""
    first = re.search(r"<\w", text)
    head = text[: first.start() if first else len(text)].lower()
    if "<!doctype html" in head or (first and text[first.start() :][:5].lower() == "<html"):
        raise Unreadable(f"{shown(url)} is a web page, not a feed")
    if "<!doctype" in head or "<!entity" in head:
        raise Unreadable(f"{shown(url)} declares a document type (DTD), which is never read")
    parser = defusedxml.sax.make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(_Depth(url))
    try:
        parser.parse(io.BytesIO(text.encode()))
    except defusedxml.DefusedXmlException as error:
        raise Unreadable(f"{shown(url)} declares a document type (DTD), which is never read") from error
    except xml.sax.SAXException:
        # Not well formed, as many are: feedparser reads those another way, which knows no document types.
        return


class _Depth(xml.sax.ContentHandler):
    """Looks on while a feed is looked through, and ends it where it is nested too deep."""

    def __init__(self, url: str):
        super().__init__()
        self._url, self._depth = url, 0

    def startElement(self, name: str, attrs: object) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise Unreadable(f"{shown(self._url)} is nested deeper than any feed")

    def endElement(self, name: str) -> None:
        self._depth -= 1


def _entry(entry: feedparser.FeedParserDict, url: str, is_atom: bool) -> Entry:
    title = _plain(entry.get("title_detail") or entry, "title", is_atom)
    texts = [_plain(content, "value", is_atom) for content in entry.get("content", [])]
    texts.append(_plain(entry.get("summary_detail") or entry, "summary", is_atom))
    address = safe_url(_joined(url, str(entry.get("link") or "")))
    dates = (read_given(entry.get(field)) for field in ("published", "created", "updated"))
    date = next((date for date in dates if date.published_at is not None), ArticleDate())
    source = entry.get("source") or {}
    outlet = _plain(source.get("title_detail") or source, "title", is_atom)
    return Entry(str(entry.get("id") or "")[:500], address, title, max(texts, key=len), date, outlet)


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip()) if link.strip() else ""
    except ValueError:
        return ""


def _plain(detail: dict, field: str, is_atom: bool) -> str:
    """The words of a text of an entry, which may be plain or HTML."""
    value = str(detail.get("value") or detail.get(field) or "")
    is_plain = is_atom and detail.get("type") == "text/plain"
    if is_plain or not _MARKUP.search(value):
        return "\n".join(line for line in (" ".join(line.split()) for line in value.splitlines()) if line)
    page = read_page(value)
    heading = page.facts.get("title", "")
    return page.text if not heading or heading in page.text else f"{heading}\n{page.text}".strip()
