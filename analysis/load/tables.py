"""Articles in tables: CSV and TSV, one row an article, read as streams."""

import csv
import io
from collections import deque
from collections.abc import Iterator

from analysis.load.decode import MAX_BYTES, SAMPLE, TOO_LARGE, decode, lines
from analysis.load.rows import EMPTY, FIELDS, Row

_DELIMITERS = ",;\t|"
_MOST_LINES = 20_000
"""Lines of one record: beyond that an unclosed quote is far likelier than an article."""
_MOST_REREAD = 4 * MAX_BYTES
"""Characters read twice because of unclosed quotes, after which the rest of a file is given up."""


def read_csv(stream: io.BufferedReader) -> Iterator[Row]:
    """Rows under a header line that names title or text; commas, semicolons, tabs or bars between the cells."""
    header = decode(stream.peek(SAMPLE))[0].lstrip("\r\n").partition("\n")[0]
    best = max(_DELIMITERS, key=lambda delimiter: (_known(header.split(delimiter)), header.count(delimiter)))
    return _table(stream, best)


def read_tsv(stream: io.BufferedReader) -> Iterator[Row]:
    """As `read_csv`, with tabs."""
    return _table(stream, "\t")


def _known(cells: list[str]) -> int:
    return len({_column(cell) for cell in cells} & set(FIELDS))


def _column(cell: str) -> str:
    return cell.strip('\ufeff \t\r\n"').lower()


def _table(stream: io.BufferedReader, delimiter: str) -> Iterator[Row]:
    records = _Records(stream, delimiter)
    columns: list[str] = []
    number = 0
    for cells, error, warnings in records:
        if not error and not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [_column(cell) for cell in cells]
            problem = error or missing_columns(columns)
            if problem:
                yield Row(None, None, f"header: {problem}")
                return
            continue
        number += 1
        yield Row(number, None, error) if error else _cells_row(number, columns, cells, warnings)
    if not number:
        yield Row(None, None, EMPTY)


def missing_columns(columns: list[str]) -> str:
    """What is wrong with a table of these columns; "" if it has a title or a text."""
    if "title" in columns or "text" in columns:
        return ""
    shown = ", ".join(columns[:8]) + (", …" if len(columns) > 8 else "")
    return f"no column title or text (it has {shown}); name the columns {', '.join(FIELDS)} in the first line"


def _cells_row(number: int, columns: list[str], cells: list[str], warnings: tuple[str, ...]) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Row(
            number, None, f"{len(cells)} cells under {len(columns)} columns; put quotes around a text with commas"
        )
    values: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        # Of two columns with one name the first counts.
        values.setdefault(column, cell)
    return Row(number, values, "", warnings)


class _Records:
    """Records of a delimited file as (cells, error, warnings).

    Where a quote is opened and not closed as it should be, only its own line is lost: the lines behind it are read
    again, each as the beginning of a record.
    """

    def __init__(self, stream: io.BufferedReader, delimiter: str) -> None:
        csv.field_size_limit(MAX_BYTES)
        self._lines = lines(stream)
        self._delimiter = delimiter
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._warnings: list[str] = []
        self._reread = 0

    def __iter__(self) -> Iterator[tuple[list[str], str, tuple[str, ...]]]:
        while self._reread <= _MOST_REREAD:
            self._taken, self._warnings = [], []
            cells, error = self._record()
            if cells is None:
                return
            yield cells, error, tuple(dict.fromkeys(self._warnings))
        yield [], "too many quotes opened and not closed; mend them. What follows was not read", ()

    def _record(self) -> tuple[list[str] | None, str]:
        """Cells of the next record (None at the end), or no cells and what is wrong with it."""
        try:
            return next(csv.reader(self._feed(), delimiter=self._delimiter, strict=True), None), ""
        except _OverlongLineError:
            return [], TOO_LARGE
        except csv.Error:
            return self._mended()

    def _mended(self) -> tuple[list[str], str]:
        if len(self._taken) == 1:
            self._warnings.append("quotes do not match; put quotes around a text and double those inside")
            return self._lenient(self._taken[0])
        self._again.extendleft(reversed(self._taken[1:]))
        self._reread += sum(map(len, self._taken))
        return [], "a quote is opened here and not closed; close it, and double the quotes inside a text"

    def _lenient(self, line: str) -> tuple[list[str], str]:
        try:
            return next(csv.reader([line], delimiter=self._delimiter), []), ""
        except csv.Error as error:
            return [], f"not CSV ({error}); write it again with quotes around the texts"

    def _feed(self) -> Iterator[str]:
        """Lines for one record, noted so that they can be read again."""
        size = 0
        while (text := self._next_line()) is not None:
            self._taken.append(text)
            size += len(text)
            if size > MAX_BYTES or len(self._taken) > _MOST_LINES:
                raise csv.Error("a record beyond all bounds")
            yield text

    def _next_line(self) -> str | None:
        if self._again:
            return self._again.popleft()
        line = next(self._lines, None)
        if line is None:
            return None
        if line.text is None:
            raise _OverlongLineError
        if line.warning:
            self._warnings.append(line.warning)
        return line.text.removeprefix("\ufeff") if line.number == 1 else line.text


class _OverlongLineError(Exception):
    """A line too long to be held."""
