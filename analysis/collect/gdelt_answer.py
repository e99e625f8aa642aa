"""What GDELT's DOC 2.0 interface answers, read into rows or told by name what is wrong with it.

It answers with status 200 whatever happens: JSON, JSON with escapes that are none, a line of plain text that refuses
the query or asks to slow down, a web page, or nothing at all. Seen in practice and listed in docs/COLLECT.md.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.collect.errors import CollectError

_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')
_TAG = re.compile(r"<[^>]{0,2000}>")
_PAGE_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_SLOWER = re.compile(r"limit requests|rate limit|too many requests", re.IGNORECASE)
_PASSING = re.compile(r"try again|time[d ]?-?out|timeout|temporar|internal|unknown error|unavailable|overload"
                      r"|query was too short or too long", re.IGNORECASE)  # fmt: skip
"""Texts that the same query may not get a second time; the last one comes under load too."""
_TOO_SHORT_A_TIME = re.compile(r"time\s?span is too short|too short a time", re.IGNORECASE)
_LONGEST = 200
MOST_BYTES = 2_000_000
"""Of an answer; 250 articles have a tenth of it."""
_MOST_ROWS, _MOST_MISSES = 1000, 10_000
"""Whole objects looked for in broken JSON, and braces that begin none, before the rest is given up: each costs time."""


class Limited(CollectError):
    """GDELT asks for fewer requests."""

    passing = True


class QueryRefused(CollectError):
    """GDELT does not take the query; the message is its own."""


class WindowTooShort(CollectError):
    """GDELT takes no window as short as this one."""


class NoJson(CollectError):
    """A web page or a line of text that says that GDELT is in trouble."""

    passing = True


class Empty(CollectError):
    """Nothing at all; a query without results is answered {}."""

    passing = True


class BrokenJson(CollectError):
    """JSON that cannot be read as a whole; `rows` are the articles in it that can."""

    passing = True

    def __init__(self, reason: str, rows: list[dict]):
        super().__init__(reason)
        self.rows = rows


class Row(NamedTuple):
    """An article of GDELT's list, as it gives it: text cells, "" where it gives none."""

    url: str
    title: str
    seen: str
    language: str
    domain: str


def read_answer(body: bytes) -> list[Row]:
    """The articles of an answer. Fails with Limited, QueryRefused, WindowTooShort, NoJson, Empty or BrokenJson."""
    text = body.decode("utf-8-sig", "replace").strip()
    if not text:
        raise Empty("GDELT sent an empty answer")
    if text[0] not in "{[":
        raise _said(text)
    return rows_of(_document(text))


def _said(text: str) -> CollectError:
    """The error that a text or a web page stands for."""
    is_page = text.startswith("<")
    title = _PAGE_TITLE.search(text)
    words = title[1] if is_page and title else _TAG.sub(" ", text[:20_000])
    told = " ".join(html.unescape(words).split())[:_LONGEST]
    if _SLOWER.search(told):
        return Limited(f"GDELT asks to slow down: {told}")
    if _TOO_SHORT_A_TIME.search(told):
        return WindowTooShort(f"GDELT says: {told}")
    if is_page:
        return NoJson(f"GDELT sent a web page in place of JSON: {told or 'without words'}")
    return NoJson(f"GDELT says: {told}") if _PASSING.search(told) else QueryRefused(f"GDELT refuses the query: {told}")


def _document(text: str) -> dict:
    """The JSON object of `text`, with backslashes that escape nothing taken for themselves."""
    mended = _ESCAPE.sub(lambda match: match[0] if match[1] else r"\\", text)
    try:
        document = json.loads(mended, strict=False)
    except (ValueError, RecursionError) as error:
        rows = list(_whole_objects(mended))
        reason = (
            f"GDELT sent JSON that breaks off or cannot be read ({str(error)[:80]}); {len(rows)} articles in it can"
        )
        raise BrokenJson(reason, rows_of({"articles": rows})) from None
    if not isinstance(document, dict):
        raise BrokenJson("GDELT sent JSON that is no list of articles", [])
    return document


def _whole_objects(text: str) -> Iterator[dict]:
    """The objects within broken JSON that are whole."""
    decoder = json.JSONDecoder(strict=False)
    rows = misses = 0
    place = text.find("{", 1)
    while place >= 0 and rows < _MOST_ROWS and misses < _MOST_MISSES:
        try:
            found, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            misses, end = misses + 1, place + 1
        else:
            rows += 1
            yield found
        place = text.find("{", end)


def rows_of(document: dict) -> list[Row]:
    """The rows of a list of articles; what is no object is passed over, and none is a list without articles."""
    articles = document.get("articles") or []
    given = [article for article in articles if isinstance(article, dict)] if isinstance(articles, list) else []
    return [Row(*(_cell(article.get(key)) for key in ("url", "title", "seendate", "language", "domain")))
            for article in given]  # fmt: skip


def _cell(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
