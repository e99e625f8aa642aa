"""Articles in a Parquet file, one row an article.

Such a file says in its footer, and again before each of its pages, how much it holds and where; a file that lies can
make the library that reads it take all memory, run for ever or abort the program. What the footer says is held against
the size of the file, and the whole is read once in a process of its own (analysis.load.trial) before it is read here.
"""

import io
from collections.abc import Iterator
from typing import Any

from analysis.load.decode import MAX_BYTES, MAX_TEXT, decode
from analysis.load.rows import EMPTY, FIELDS, Row
from analysis.load.tables import missing_columns
from analysis.load.trial import tried

_BATCH = 64
"""Rows held at a time."""
_MOST_UNPACKED, _MOST_TIMES = 4 * MAX_BYTES, 50
"""A file that unpacks to more bytes than the first, and to so many times its size, is no text but a bomb."""
_FEWEST_ROWS = 10_000
"""So many rows may stand in any file; beyond that no more than it has bytes."""
BOUNDS = {"thrift_string_size_limit": 10_000_000, "thrift_container_size_limit": 100_000}
"""Of one text and one list in a footer, which are made room for before they are read."""
MARK = b"PAR1"


def read_parquet(stream: io.BufferedReader) -> Iterator[Row]:
    """Rows of a Parquet file, some at a time; columns other than FIELDS are not read."""
    if not stream.seekable():
        yield Row(None, None, "a Parquet file cannot be read from a pipe; give its name")
        return
    # Many files end before their footer; that needs no process to tell.
    fault = tried(stream) if _has_footer(stream) else ""
    if fault:
        yield Row(None, None, f"not a Parquet file that can be read ({fault}); write it again")
        return
    yield from parquet_rows(stream)


def parquet_rows(stream: io.BufferedReader) -> Iterator[Row]:
    """As `read_parquet`, in this process, whatever the file may do to it. Raises MemoryError."""
    # Imported on first use: it costs more than all the rest, and most files are no tables.
    import pyarrow
    from pyarrow import parquet

    number = 0
    try:
        table = parquet.ParquetFile(stream, pre_buffer=False, **BOUNDS)
        names = {name.strip().lower(): name for name in reversed(table.schema_arrow.names)}
        problem = missing_columns(list(names)).replace("in the first line", "in the table")
        if problem := problem or _lie(table.metadata, _size(stream)):
            yield Row(None, None, problem)
            return
        wanted = {field: names[field] for field in FIELDS if field in names}
        if _unpacked(table.metadata) <= _MOST_UNPACKED:
            # A value that many rows share is then held once, however long it is.
            table = parquet.ParquetFile(stream, pre_buffer=False, read_dictionary=list(wanted.values()), **BOUNDS)
        for batch in table.iter_batches(batch_size=_BATCH, columns=list(wanted.values())):
            for index in range(batch.num_rows):
                number += 1
                yield _row(number, batch, wanted, index)
    except MemoryError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        reason = str(error).partition("\n")[0][:200]
        yield Row(number + 1 if number else None, None, f"not a whole Parquet file ({reason}); write it again")
        return
    if not number:
        yield Row(None, None, EMPTY)


def _size(stream: io.BufferedReader) -> int:
    return stream.seek(0, io.SEEK_END)


def _has_footer(stream: io.BufferedReader) -> bool:
    size = _size(stream)
    stream.seek(max(0, size - 8))
    end = stream.read(8)
    return size >= 12 and end[4:] == MARK and int.from_bytes(end[:4], "little") <= size - 12


def row_lie(metadata: Any, size: int) -> str:
    """What a footer tells of rows that cannot be in a file of `size` bytes; "" if nothing.

    Room is made for as many rows as it tells before any is read. What it tells of single columns is not looked at: the
    library ends the program over some of it.
    """
    rows = [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]
    if any(count < 0 for count in rows) or sum(rows) != metadata.num_rows:
        return "its numbers of rows contradict one another"
    return f"it tells of {sum(rows):,} rows in {size:,} bytes" if sum(rows) > max(_FEWEST_ROWS, size) else ""


def _lie(metadata: Any, size: int) -> str:
    """What a footer tells that cannot be so; "" if nothing."""
    if lie := row_lie(metadata, size):
        return f"not a whole Parquet file ({lie}); write it again"
    if _unpacked(metadata) > max(_MOST_UNPACKED, _MOST_TIMES * size):
        return f"unpacks to more than {_MOST_TIMES} times its size; write it again without filling"
    return ""


def _unpacked(metadata: Any) -> int:
    """Bytes of all columns, unpacked, as the footer has it."""
    return sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))


def _row(number: int, batch, wanted: dict[str, str], index: int) -> Row:
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
