"""Parquet parts of one kind in one folder: written whole, read while others write and compact."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from analysis.load.decode import printable
from analysis.load.parquet import BOUNDS, row_lie
from analysis.store.files import part_name, parts, write_whole

KIND = b"panchina"
"""Key of the Parquet metadata under which a part says what it is: its kind and the version of its columns."""
_ATTEMPTS = 50
"""Readings begun anew because a part was merged away meanwhile."""
_FORM = {"compression": "zstd", "write_page_checksum": True, "write_statistics": False}
"""Statistics would repeat the longest texts."""
Result = TypeVar("Result")


class Problem(NamedTuple):
    """A file of the folder that could not be read, and why."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{printable(self.name)}: {printable(self.reason)}"


class Parts:
    """The parts of one kind in a folder. `problems` names the files that the last reading had to pass over."""

    def __init__(self, folder: Path, kind: str, schema: pa.Schema):
        self.folder = folder
        self.schema = schema.with_metadata({KIND: kind.encode()})
        self.problems: list[Problem] = []

    def listing(self) -> tuple[str, ...]:
        """Names of the parts that are there now."""
        return parts(self.folder)

    def append(self, table: pa.Table) -> str:
        """Write `table` as a new part and return its name. Raises OSError where it cannot be written."""
        name = part_name()
        write_whole(self.folder / name, lambda stream: self.write(stream, [table]))
        return name

    def write(self, stream, tables: list[pa.Table] | Iterator[pa.Table]) -> None:
        """Write tables of this kind into one Parquet file, one after the other."""
        with parquet.ParquetWriter(stream, self.schema, **_FORM) as writer:
            for table in tables:
                writer.write_table(table.select(self.schema.names).cast(self.schema))

    def read(self, columns: list[str]) -> pa.Table:
        """`columns` of all parts that can be read."""
        return self.steadily(lambda names: self._of(names, columns))

    def _of(self, names: tuple[str, ...], columns: list[str]) -> pa.Table:
        return pa.concat_tables([self.empty(columns), *(table for _, table in self.each(names, columns))])

    def steadily(self, work: Callable[[tuple[str, ...]], Result]) -> Result:
        """`work` of the listing, begun anew where a part is merged away meanwhile, so that no article is missed."""
        for _ in range(_ATTEMPTS):
            self.problems = []
            try:
                return work(self.listing())
            except FileNotFoundError:
                continue
        raise OSError(f"the store in {self.folder} is changed faster than it can be read; try again")

    def empty(self, columns: list[str]) -> pa.Table:
        """A table of `columns` without rows."""
        return self.schema.empty_table().select(columns).replace_schema_metadata(None)

    def each(self, names: tuple[str, ...], columns: list[str]) -> Iterator[tuple[int, pa.Table]]:
        """Number and `columns` of each part of a listing; one that cannot be read becomes a problem.

        Raises FileNotFoundError where one is gone.
        """
        for number, name in enumerate(names):
            table = self._part(name, columns)
            if table is not None:
                yield number, table

    def _part(self, name: str, columns: list[str]) -> pa.Table | None:
        try:
            with open(self.folder / name, "rb") as stream:
                return self._columns(stream, columns)
        except FileNotFoundError:
            raise
        except (pa.ArrowException, OSError, ValueError, KeyError) as error:
            problem = Problem(name, str(error).partition("\n")[0][:200] or type(error).__name__)
            self.problems += [problem] if problem.name not in {known.name for known in self.problems} else []
            return None

    def _columns(self, stream, columns: list[str]) -> pa.Table:
        size = os.fstat(stream.fileno()).st_size
        file = parquet.ParquetFile(stream, page_checksum_verification=True, **BOUNDS)
        told = (file.schema_arrow.metadata or {}).get(KIND)
        if told != self.schema.metadata[KIND]:
            raise ValueError(f"not a part of this kind and version (it says {told!r})")
        if not file.schema_arrow.remove_metadata().equals(self.schema.remove_metadata()):
            raise ValueError("columns of another kind than its version has")
        if lie := row_lie(file.metadata, size):
            raise ValueError(lie)
        return file.read(columns, use_threads=False).replace_schema_metadata(None)


def to_frame(table: pa.Table) -> pd.DataFrame:
    """`table` as a frame with pandas' text type."""
    return table.to_pandas(types_mapper=lambda kind: pd.StringDtype() if pa.types.is_string(kind) else None)


def among(values: pd.Series, known: pd.Series | pa.ChunkedArray) -> np.ndarray:
    """Which of `values` are in `known`, as a mask. Both are text; pandas' own isin makes Python strings of all."""
    text = pa.large_string()
    held = known.cast(text) if isinstance(known, pa.ChunkedArray) else pa.array(known, text)
    return np.asarray(pc.is_in(pa.array(values, text), held))
