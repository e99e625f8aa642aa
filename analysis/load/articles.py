"""Articles from files: the one door through which text comes in.

`load` reads files, folders and standard input as a stream, in input order, and gives for each article either the
article or a problem; it never raises for what a file holds. Limits: decode.MAX_TEXT characters an article,
decode.MAX_BYTES a line or single-article file.
"""

import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from analysis.load.dates import read_date
from analysis.load.decode import MAX_TEXT, SAMPLE, TOO_LARGE, printable, without_surrogates
from analysis.load.files import SUFFIXES, rows
from analysis.load.rows import FIELDS, Row
from analysis.schema import ARTICLES

STANDARD_INPUT = "-"
_REMEMBERED = 200_000
"""Ids held to tell repeated ones; past that many a repeat goes unnoticed, and memory stays flat."""
_LANGUAGE_NAMES = {
    "ita": "it", "italian": "it", "italiano": "it", "spa": "es", "spanish": "es", "espanol": "es", "español": "es",
    "eng": "en", "english": "en", "fra": "fr", "fre": "fr", "french": "fr", "français": "fr", "deu": "de",
    "ger": "de", "german": "de", "deutsch": "de", "por": "pt", "portuguese": "pt", "português": "pt",
}  # fmt: skip
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9_-]+)?", re.IGNORECASE)


def load(paths: Iterable[str | Path], standard_input: BinaryIO | None = None) -> Iterator[dict]:
    """Articles and problems of `paths`, in input order.

    A path is a file (txt, md, html, jsonl, ndjson, json, csv, tsv, parquet), a folder of such files (read in order of
    their names, with its folders), or "-" for JSONL on `standard_input`.

    An article is a dict of id, date (as given, or in ISO 8601; None if there is none that can be read), published_at
    (its beginning in UTC, or None), date_precision (schema.PRECISIONS), lang (a hint, or None), source, url, title and
    text (as given, offset for offset), place (its file and row, for messages), and where something had to be guessed
    or left out, warnings. A problem is a dict of id and error, which names file and row, and says how to mend it.
    """
    seen: set[int] = set()
    for path in paths:
        if str(path) == STANDARD_INPUT:
            stream = standard_input or sys.stdin.buffer
            yield from _guarded("stdin", _results("stdin", "stdin.jsonl", stream, seen))
        else:
            yield from _path_results(Path(path), seen)


def load_bytes(name: str, data: bytes) -> Iterator[dict]:
    """Articles and problems, as `load` gives them, of one file that is already in memory, such as an upload."""
    return _results(printable(name), name, io.BytesIO(data), set())


def to_frame(articles: Iterable[dict]) -> pd.DataFrame:
    """ARTICLES frame of the articles among `articles`; problems are passed over.

    published_at is the beginning of the day, month or year that date_precision names, in UTC. A repeated id gets a
    number behind it, so that article_id is unique.
    """
    counts: Counter[str] = Counter()
    rows_kept = []
    for article in articles:
        if "error" in article:
            continue
        counts[article["id"]] += 1
        count = counts[article["id"]]
        unique = article["id"] if count == 1 else f"{article['id']}#{count}"
        rows_kept.append({**article, "article_id": unique, "lang": article["lang"] or ""})
    return ARTICLES.frame(rows_kept)


def _path_results(path: Path, seen: set[int]) -> Iterator[dict]:
    name = _name(path)
    if "\0" in str(path):
        yield _problem(name, None, "no path has a zero byte in it; check the path")
        return
    files = _articles_in(path) if os.path.isdir(path) else [path]
    if not files:
        yield _problem(name, None, f"no articles in this folder; it may hold {', '.join(SUFFIXES)}")
    for file in files:
        yield from _guarded(_name(file), _file_results(file, seen))


def _articles_in(folder: Path) -> list[Path]:
    """Files of known kinds in `folder` and below, in the order of their names; hidden ones are passed over."""
    files = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [Path(parent, name) for name in sorted(names) if _is_article_file(name)]
    return [file for file in files if file.is_file()]


def _is_article_file(name: str) -> bool:
    return not name.startswith(".") and name.lower().endswith(SUFFIXES)


def _name(path: Path) -> str:
    return printable(path.name or str(path))


def _file_results(path: Path, seen: set[int]) -> Iterator[dict]:
    with open(path, "rb", buffering=SAMPLE) as stream:
        yield from _results(_name(path), path.name, stream, seen)


def _guarded(name: str, results: Iterator[dict]) -> Iterator[dict]:
    try:
        yield from results
    except OSError as error:
        reason = error.strerror or str(error)
        yield _problem(name, None, f"cannot be read ({reason}); check that it is there and may be read")


def _results(name: str, format_name: str, stream: BinaryIO, seen: set[int]) -> Iterator[dict]:
    for row in rows(format_name, stream):
        yield _problem(name, row, row.error) if row.values is None else _article(name, row, seen)


def _problem(name: str, row: Row | None, error: str, identifier: str = "") -> dict:
    return {"id": identifier or _place(name, row, ":"), "error": f"{_place(name, row, ', row ')}: {error}"}


def _place(name: str, row: Row | None, between: str) -> str:
    return f"{name}{between}{row.number}" if row and row.number else name


def _article(name: str, row: Row, seen: set[int]) -> dict:
    values, notes = row.values, list(row.warnings)
    own_id = _short_text(values, "id", notes)
    error = _content_error(values)
    if error:
        return _problem(name, row, error, own_id)
    title, text = (_content(values, field, notes) for field in ("title", "text"))
    date = read_date(values.get("date"))
    article = {
        "id": own_id or _place(name, row, ":"), "date": date.text, "published_at": date.published_at,
        "date_precision": date.precision, "lang": _language(_short_text(values, "lang", notes)),
        "source": _short_text(values, "source", notes), "url": _short_text(values, "url", notes),
        "title": title, "text": text, "place": _place(name, row, ", row "),
    }  # fmt: skip
    notes += [date.note] if date.note else []
    notes += _repetition(article["id"], seen)
    return {**article, "warnings": [f"{article['place']}: {note}" for note in notes]} if notes else article


def _content_error(values: dict) -> str:
    """What keeps a row from being an article; "" if nothing does."""
    length = 0
    for field in ("title", "text"):
        value = values.get(field)
        if _is_missing(value):
            continue
        if not isinstance(value, str):
            return f"{field} is of type {type(value).__name__}; write it as text in quotes"
        length += len(value)
    if length > MAX_TEXT:
        return TOO_LARGE
    has_words = any(isinstance(values.get(field), str) and values[field].strip() for field in ("title", "text"))
    return "" if has_words else f"neither title nor text; give at least one (fields are {', '.join(FIELDS)})"


def _is_missing(value: object) -> bool:
    # NaN, the missing value of tables, is the only one unequal to itself.
    return value is None or (isinstance(value, float) and value != value)


def _content(values: dict, field: str, notes: list[str]) -> str:
    """Title or text exactly as long as given, so that offsets hold."""
    given = "" if _is_missing(values.get(field)) else values[field]
    clean = without_surrogates(given)
    if clean != given:
        notes.append(f"{field} has halves of characters (lone surrogates), which were replaced; save it as UTF-8")
    return clean


def _short_text(values: dict, field: str, notes: list[str]) -> str:
    """A field that is a word or a line; numbers are written out, anything else is left out with a note."""
    value = values.get(field)
    if _is_missing(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        notes.append(f"{field} is of type {type(value).__name__} and was left out; write it as text in quotes")
        return ""
    return without_surrogates(str(value)).strip()


def _language(hint: str) -> str | None:
    """Two-letter code of a language hint such as "it", "it-IT" or "Italian"; None where it names none."""
    match = _LANGUAGE.fullmatch(hint)
    return match[1].lower() if match else _LANGUAGE_NAMES.get(hint.lower())


def _repetition(identifier: str, seen: set[int]) -> list[str]:
    key = hash(identifier)
    if key in seen:
        return [f"the id {printable(identifier)!r} came before; give each article its own"]
    if len(seen) < _REMEMBERED:
        seen.add(key)
    return []
