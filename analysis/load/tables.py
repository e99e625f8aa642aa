"""Articles in tables: CSV, TSV and Parquet, one row an article, read as streams."""

import csv
import io
from collections import deque
from collections.abc import Iterator

from analysis.load.decode import MAX_BYTES, MAX_TEXT, SAMPLE, TOO_LARGE, decode, lines
from analysis.load.rows import EMPTY, FIELDS, Row

_DELIMITERS = ",;\t|"
_BATCH = 64
"""Rows of a Parquet file held at a time."""
_MOST_LINES = 20_000
"""Lines of one record: beyond that an unclosed quote is far likelier than an article."""
_MOST_UNPACKED, _MOST_TIMES = 4 * MAX_BYTES, 50
"""Part of a column that unpacks to more bytes than the first, and to so many times its size, is no text but a bomb."""
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


def read_parquet(stream: io.BufferedReader) -> Iterator[Row]:
    """Rows of a Parquet file, some at a time; columns other than FIELDS are not read."""
    # Imported on first use: it costs more than all the rest, and most files are no tables.
    import pyarrow
    from pyarrow import parquet

    number = 0
    try:
        table = parquet.ParquetFile(stream, pre_buffer=False)
        names = {name.strip().lower(): name for name in reversed(table.schema_arrow.names)}
        problem = missing_columns(list(names))
        if problem:
            yield Row(None, None, problem.replace("in the first line", "in the table"))
            return
        wanted = {field: names[field] for field in FIELDS if field in names}
        sizes = list(_sizes(table.metadata, set(wanted.values())))
        if any(unpacked > max(_MOST_UNPACKED, _MOST_TIMES * packed) for packed, unpacked in sizes):
            yield Row(None, None, f"unpacks to more than {_MOST_TIMES} times its size; write it again without filling")
            return
        if sum(unpacked for _, unpacked in sizes) <= _MOST_UNPACKED:
            # A value that many rows share is then held once, however long it is.
            table = parquet.ParquetFile(stream, pre_buffer=False, read_dictionary=list(wanted.values()))
        for batch in table.iter_batches(batch_size=_BATCH, columns=list(wanted.values())):
            for index in range(batch.num_rows):
                number += 1
                yield _parquet_row(number, batch, wanted, index)
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        reason = str(error).partition("\n")[0][:200]
        yield Row(number + 1 if number else None, None, f"not a whole Parquet file ({reason}); write it again")
        return
    if not number:
        yield Row(None, None, EMPTY)


def _sizes(metadata, names: set[str]) -> Iterator[tuple[int, int]]:
    """Bytes, packed and unpacked, of each part of the columns `names` (or of the values within them)."""
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    for part in (group.column(number) for group in groups for number in range(group.num_columns)):
        if part.path_in_schema.partition(".")[0] in names:
            yield part.total_compressed_size, part.total_uncompressed_size


def _parquet_row(number: int, batch, wanted: dict[str, str], index: int) -> Row:
    values, warnings = {}, []
    for name, column in wanted.items():
        try:
            value = batch.column(column)[index].as_py()
        except (ValueError, OverflowError, KeyError):
            # A moment outside the calendar, or broken text: the other cells still count.
            warnings.append(f"{name} holds a value that cannot be read and was left out")
            continue
        values[name] = decode(value)[0] if isinstance(value, bytes) and len(value) <= 4 * MAX_TEXT else value
    return Row(number, values, "", tuple(warnings))
