"""`export`: everything in the store, in a form that others can open. docs/STORE.md tells the columns."""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from analysis.frames import Frames
from analysis.output import formula_safe, json_line, open_output
from analysis.store.files import write_whole
from analysis.store.messages import Messages, show_progress
from analysis.store.readings import ARROW as READINGS
from analysis.store.readings import LISTS
from analysis.store.store import Store

ARTICLE = ("id", "article_id", "date", "date_precision", "date_flag", "lang", "source", "url", "title", "text",
           "origin", "fetched")  # fmt: skip
COLUMNS = (*ARTICLE, *LISTS)
"""Columns of every format: the article, then lists of what was read in it."""
_REPEATED = ("article_id", "published_at", "date_precision", "source")
"""What the lists need not say again."""
_DATE_FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
_BATCH = 1000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `export`."""
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="form of the output (default: %(default)s)")
    parser.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write the store out; 0 if all went well, 1 if some file of it could not be read, 2 if nothing can be written."""
    store, messages = Store(arguments.store), Messages()
    try:
        store.read_new(show_progress)
        FORMATS[arguments.format](exported(store), arguments.output)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"cannot write {arguments.output or 'the output'} ({error.strerror or error})", file=sys.stderr)
        return 2
    messages.say_all("store", store.problems)
    return 1 if store.problems else 0


def exported(store: Store) -> Iterator[dict]:
    """Every article of the store by date, as a dict of COLUMNS."""
    articles, frames = store.whole()
    found = {name: _by_article(frames, name) for name in LISTS}
    for article in articles.to_dict("records"):
        lists = {name: found[name].get(article["article_id"], []) for name in LISTS}
        yield {**_article(article), **lists}


def _by_article(frames: Frames, name: str) -> dict[str, list[dict]]:
    frame = getattr(frames, name)
    rows = frame.drop(columns=[column for column in _REPEATED if column in frame]).to_dict("records")
    found: dict[str, list[dict]] = {}
    for identifier, row in zip(frame["article_id"], rows, strict=True):
        found.setdefault(identifier, []).append(row)
    return found


def _article(article: dict) -> dict:
    when = {"id": article["given_id"] or article["article_id"], "date": date_text(article),
            "fetched": article["fetched"].isoformat()}  # fmt: skip
    return {column: {**article, **when}[column] for column in ARTICLE}


def date_text(article: dict) -> str:
    """ISO 8601 date of an article as far as it is known, with the time where that is not midnight."""
    moment, precision = article["published_at"], article["date_precision"]
    if pd.isna(moment) or precision == "none":
        return ""
    has_time = precision == "day" and moment != moment.normalize()
    return moment.isoformat() if has_time else moment.strftime(_DATE_FORMS[precision])


def _write_lines(rows: Iterator[dict], path: str | None) -> None:
    with open_output(path) as stream:
        for row in rows:
            stream.write(json_line(row))


def _write_csv(rows: Iterator[dict], path: str | None) -> None:
    with open_output(path) as stream:
        write_csv(rows, stream)


def write_csv(rows: Iterator[dict], stream: TextIO) -> None:
    """Rows as CSV, header first, lists as JSON; no cell can start a formula in a spreadsheet."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = [json.dumps(row[name], ensure_ascii=False) if name in LISTS else row[name] for name in COLUMNS]
        writer.writerow([formula_safe(cell) for cell in cells])


def _write_parquet(rows: Iterator[dict], path: str | None) -> None:
    def fill(stream: BinaryIO) -> None:
        with parquet.ParquetWriter(stream, PARQUET, compression="zstd") as writer:
            while batch := list(islice(rows, _BATCH)):
                writer.write_table(pa.Table.from_pylist(batch, PARQUET))

    if path in (None, "-"):
        fill(sys.stdout.buffer)
    elif Path(path).exists() and not Path(path).is_file():
        # A device or pipe cannot be replaced, only written to.
        with open(path, "wb") as stream:
            fill(stream)
    else:
        write_whole(Path(path).resolve(), fill)


def _told(name: str) -> pa.DataType:
    return pa.list_(pa.struct([kind for kind in READINGS.field(name).type.value_type if kind.name not in _REPEATED]))


PARQUET = pa.schema([(column, pa.string()) for column in ARTICLE] + [(name, _told(name)) for name in LISTS])
FORMATS: dict[str, Callable[[Iterator[dict], str | None], None]] = {
    "jsonl": _write_lines, "csv": _write_csv, "parquet": _write_parquet,
}  # fmt: skip
