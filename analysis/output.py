"""Readings written out as they come: JSON lines, CSV safe for spreadsheets, or a table for the eye."""

import csv
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from analysis.load.decode import printable

COLUMNS = ("id", "date", "lang", "coach", "club", "stage", "risk", "direction", "confidence", "evidence", "error")
"""Columns of CSV: one row an article and coach, evidence joined by " | "; a problem has id and error only."""
_WIDTHS = {"id": 24, "date": 10, "lang": 4, "coach": 24, "club": 20, "stage": 11, "risk": 4, "direction": 11,
           "confidence": 10}  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_JSON_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}
"""What JSON lets stand as it is, and a terminal takes for an order or some programs for the end of a line."""
_TERMINAL = {code: "?" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}

Write = Callable[[dict], None]


@contextmanager
def open_output(path: str | None) -> Iterator[TextIO]:
    """A text stream to `path`, or to standard output for None or "-".

    A file is there whole or not at all: it is written under another name, and replaces an older one at the end.
    """
    if path in (None, "-"):
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        yield _Terminal(sys.stdout) if sys.stdout.isatty() else sys.stdout
        return
    target = Path(path).resolve()
    # A device or pipe cannot be replaced, only written to.
    partial = target if target.exists() and not target.is_file() else target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(partial, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        if partial != target:
            os.replace(partial, target)
    except BaseException:
        if partial != target:
            partial.unlink(missing_ok=True)
        raise


class _Terminal:
    """A terminal to which an article's words cannot give orders; files and pipes get them as they are."""

    def __init__(self, stream: TextIO):
        self._stream = stream

    def write(self, text: str) -> int:
        """Write `text`, its control characters shown as a question mark."""
        return self._stream.write(text.translate(_TERMINAL))

    def flush(self) -> None:
        """Bring to the screen what was written."""
        self._stream.flush()


def json_line(row: dict) -> str:
    """`row` as JSON on one line, whatever the reader of it takes for the end of a line."""
    return json.dumps(row, ensure_ascii=False).translate(_JSON_ESCAPES) + "\n"


def json_lines(stream: TextIO) -> Write:
    """A writer of one JSON object a line, problems included."""

    def write(result: dict) -> None:
        stream.write(json_line(result))
        stream.flush()

    return write


def csv_rows(stream: TextIO) -> Write:
    """A writer of COLUMNS, header first; no cell of it can start a formula in a spreadsheet."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)

    def write(result: dict) -> None:
        for row in _rows(result):
            writer.writerow([formula_safe(row.get(column, "")) for column in COLUMNS])
        stream.flush()

    return write


def table_rows(stream: TextIO) -> Write:
    """A writer of aligned columns, cut to fit; a problem takes its line."""
    stream.write(_line({column: column for column in _WIDTHS}))

    def write(result: dict) -> None:
        for row in _rows(result):
            stream.write(f"{_fit(row['id'], 24)}  {printable(row['error'])}\n" if "error" in row else _line(row))
        stream.flush()

    return write


FORMATS: dict[str, Callable[[TextIO], Write]] = {"jsonl": json_lines, "csv": csv_rows, "table": table_rows}


def formula_safe(value: object) -> object:
    """`value` as a cell that a spreadsheet takes for text: an apostrophe before what would start a formula.

    A lone return becomes a new line: Python puts no quotes around it, and spreadsheets begin a row behind it.
    """
    if not isinstance(value, str):
        return value
    text = _LONE_RETURN.sub("\n", value.replace("\0", " "))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def as_written(cell: str) -> str:
    """What `formula_safe` made `cell` of."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell


def _rows(result: dict) -> list[dict]:
    """One row for each coach of a reading, or the one row of a problem."""
    if "error" in result:
        return [result]
    article = {field: result.get(field) or "" for field in ("id", "date", "lang")}
    return [{**article, **_coach_cells(coach), "evidence": _evidence(result, coach)} for coach in result["coaches"]]


def _coach_cells(coach: dict) -> dict:
    cells = {field: coach[field] for field in ("stage", "risk", "direction", "confidence")}
    return {"coach": coach["name"], "club": coach["club"] or "", **cells}


def _evidence(result: dict, coach: dict) -> str:
    return " | ".join(row["text"] for row in result.get("evidence", ()) if row["coach"] == coach["name"])


def _line(row: dict) -> str:
    return "  ".join(_fit(row[column], width) for column, width in _WIDTHS.items()).rstrip() + "\n"


def _fit(value: object, width: int) -> str:
    """`value` in exactly `width` columns of a terminal, where some characters take two and some none."""
    kept, used = "", 0
    for character in printable(str(value)):
        wide = _columns(character)
        if used + wide > width:
            # Room for the mark that something is missing.
            while used > width - 1:
                used -= _columns(kept[-1])
                kept = kept[:-1]
            return f"{kept}…" + " " * (width - used - 1)
        kept, used = kept + character, used + wide
    return kept + " " * (width - used)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
