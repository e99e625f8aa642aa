"""The review file: proposed rows of the gazetteer, in its own columns, with what speaks for each of them.

A person reads it, mends cells, writes "yes" in the column `accept`, and hands it to `gazetteer accept`.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from analysis.load.decode import without_surrogates
from analysis.output import formula_safe
from analysis.schema import GAZETTEER_TABLES, SchemaError

TABLES = ("coaches.csv", "clubs.csv", "coach_aliases.csv", "club_aliases.csv")
"""Files of data/gazetteer that rows are proposed for, in the order in which they are taken over."""
CELLS = ("alias", "coach", "club", "nationality", "country", "lang", "kind", "gender", "use", "origin", "note")
"""Columns of those files; a row fills those of its own."""
REASONS = ("articles", "sources", "source_names", "first_day", "last_day", "clubs", "near", "sentence_1", "sentence_2",
           "sentence_3")  # fmt: skip
"""What speaks for a row: counts of articles and sources, up to five sources, first and last day (ISO 8601), clubs he is
tied to, listed names that it resembles with their likeness (0-100), and up to three sentences."""
COLUMNS = ("accept", "table", *CELLS, *REASONS)
SENTENCES = 3
LONGEST_SENTENCE = 300
"""Characters shown of a sentence."""
_APOSTROPHE_BEFORE = ("=", "+", "-", "@")
YES = frozenset(("yes", "y", "x", "1", "si", "sì", "sí", "oui", "ja", "sim"))


def write_review(rows: Iterable[dict], stream: TextIO) -> int:
    """Write `rows` (dicts of some of COLUMNS) as CSV, header first; how many they were.

    No cell can start a formula in a spreadsheet.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([formula_safe(one_line(row.get(column, ""))) for column in COLUMNS])
        count += 1
    return count


def read_review(path: Path) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Accepted rows of a review file: line number, table, and the cells of that table.

    Raises SchemaError, naming line and mend, where the header or a row is not that of a review file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path.name}: {error}; save it as CSV in UTF-8") from error
    yield from _accepted_rows(path.name, csv.DictReader(io.StringIO(text, newline="")))


def _accepted_rows(name: str, reader: csv.DictReader) -> Iterator[tuple[int, str, dict[str, str]]]:
    missing = {"accept", "table"} - set(reader.fieldnames or ())
    if missing:
        raise SchemaError(f"{name}: no column {' and '.join(sorted(missing))}; is this a review file?")
    for row in reader:
        if (row["accept"] or "").strip().lower() in YES:
            yield _accepted(row, f"{name}, line {reader.line_num}", reader.line_num)


def _accepted(row: dict, where: str, line: int) -> tuple[int, str, dict[str, str]]:
    table = (row["table"] or "").strip()
    if table not in TABLES:
        raise SchemaError(f"{where}: table is {table!r}, expected one of {', '.join(TABLES)}")
    return line, table, {column: _as_written(row.get(column) or "") for column in GAZETTEER_TABLES[table].columns}


def _as_written(cell: str) -> str:
    """A cell without the apostrophe that `formula_safe` put before it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_APOSTROPHE_BEFORE) else text


def one_line(value: object) -> str:
    """`value` as text of one line without anything that cannot be printed."""
    text = " ".join(without_surrogates(str(value)).split())
    return "".join(character for character in text if character.isprintable())


def shortened(sentence: str, start: int = 0) -> str:
    """A sentence on one line, no longer than LONGEST_SENTENCE, with the place `start` in what is left of it."""
    begin = max(0, min(start - LONGEST_SENTENCE // 3, len(sentence) - LONGEST_SENTENCE))
    part = one_line(sentence[begin : begin + LONGEST_SENTENCE])
    return f"{'…' if begin else ''}{part}{'…' if begin + LONGEST_SENTENCE < len(sentence) else ''}"
