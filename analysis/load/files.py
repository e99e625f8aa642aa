"""Files of every kind that articles come in, each read as a stream of rows.

Every reader is bounded in memory and gives a row with an `error` where something cannot be read, then goes on with
what follows.
"""

import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from analysis.load.decode import MAX_BYTES, SAMPLE, TOO_LARGE, buffered, decode, is_binary
from analysis.load.html_text import read_page
from analysis.load.json import read_json, read_jsonl
from analysis.load.parquet import MARK, read_parquet
from analysis.load.rows import EMPTY, NOT_TEXT, Row
from analysis.load.tables import read_csv, read_tsv

_DATE_LINE = re.compile(r"\s*date:?[ \t]+([0-9]{4}(?:-[0-9]{2}){0,2})(?![0-9-])", re.IGNORECASE)
_HEADING = re.compile(r"\s*#[ \t]+([^\n\r]+)")


def rows(name: str, stream: BinaryIO) -> Iterator[Row]:
    """Rows of the open file `stream`; the suffix of `name` tells its format, or its beginning does."""
    source = buffered(stream)
    start = source.peek(SAMPLE)
    if start:
        yield from _reader(name, start)(source)
    else:
        yield Row(None, None, EMPTY)


def read_txt(stream: io.BufferedReader) -> Iterator[Row]:
    """The one article of a text file: the whole of it is the text, with the date that it may begin with."""
    text, warnings, error = _whole(stream)
    date = _DATE_LINE.match(text)
    yield Row(None, None if error else {"text": text, "date": date[1] if date else None}, error, warnings)


def read_markdown(stream: io.BufferedReader) -> Iterator[Row]:
    """As `read_txt`, with the heading of level 1 that it begins with as its title."""
    for row in read_txt(stream):
        heading = _HEADING.match(row.values["text"]) if row.values else None
        yield row._replace(values={**row.values, "title": heading[1].strip()}) if heading else row


def read_html(stream: io.BufferedReader) -> Iterator[Row]:
    """The one article of a page: its readable text, and title, date, language and address where it states them."""
    markup, warnings, error = _whole(stream)
    page = read_page(markup)
    if not error and not (page.text or page.facts.get("title")):
        error = "no text in the page (scripts may write it); save what you see of it as txt"
    yield Row(None, None if error else {**page.facts, "text": page.text}, error, warnings)


def _whole(stream: io.BufferedReader) -> tuple[str, tuple[str, ...], str]:
    """Text of a whole file, warnings, and an error ("" if none)."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return "", (), TOO_LARGE
    text, warning = decode(data)
    # Bytes that are no UTF-8 with zeros among them are a picture or a program more often than damaged text.
    if warning and b"\0" in data and "utf-" not in warning:
        return "", (), NOT_TEXT
    return text, (warning,) if warning else (), "" if text.strip() else EMPTY


def _refuse(stream: io.BufferedReader) -> Iterator[Row]:
    yield Row(None, None, NOT_TEXT)


_Reader = Callable[[io.BufferedReader], Iterator[Row]]
_READERS: dict[str, _Reader] = {
    ".txt": read_txt, ".md": read_markdown, ".html": read_html, ".htm": read_html, ".jsonl": read_jsonl,
    ".ndjson": read_jsonl, ".json": read_json, ".csv": read_csv, ".tsv": read_tsv, ".parquet": read_parquet,
}  # fmt: skip
SUFFIXES = tuple(_READERS)
"""Kinds of files that hold articles; a folder's other files are passed over."""


def _reader(name: str, start: bytes) -> _Reader:
    if start.startswith(MARK):
        return read_parquet
    reader = _READERS.get("." + name.lower().rpartition(".")[2]) or _guess(start)
    return _refuse if reader is not read_parquet and is_binary(start) else reader


def _guess(start: bytes) -> _Reader:
    text = decode(start)[0].lstrip("\ufeff \t\r\n").lower()
    if text.startswith(("{", "[")):
        return read_json
    return read_html if text.startswith(("<!doctype html", "<html")) else read_txt
