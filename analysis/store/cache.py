"""Readings brought up to date: those on the disk are taken, what is missing is read and kept."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.frames import Frames
from analysis.store.parts import Parts, Problem, among
from analysis.store.readings import ARROW, Progress, batches, reading_parts, to_frames
from analysis.store.version import reader_version


class Readings:
    """The readings of a store under the reader's version. Where its folder cannot be written they stay in memory.

    `problems` names the files that could not be read, `unwritten` says why new readings were not kept.
    """

    def __init__(self, store: Path):
        self.version = reader_version()
        self.parts: Parts = reading_parts(store, self.version)
        self.problems: list[Problem] = []
        self.unwritten: list[Problem] = []
        self._unkept: list[pa.Table] = []

    def missing(self, digests: pd.Series) -> np.ndarray:
        """Which of `digests` have not been read, as a mask."""
        tables = [self.parts.read(["digest"]), *(table.select(["digest"]) for table in self._unkept)]
        return ~among(digests, pa.concat_tables(tables)["digest"])

    def read(self, articles: pd.DataFrame, progress: Progress | None = None) -> None:
        """Read `articles` (STORED columns and digest), batch by batch, and keep what was found."""
        for table in batches(articles, progress):
            self._keep(table)

    def _keep(self, table: pa.Table) -> None:
        try:
            self.parts.append(table)
        except OSError as error:
            self.unwritten = [Problem(self.parts.folder.name, f"readings are not kept ({error.strerror or error})")]
            self._unkept.append(table)

    def frames(self, identifiers: pd.Series) -> Frames:
        """Frames of the articles whose digests are the index of `identifiers`, under the ids that it gives."""
        kept = self.parts.read(ARROW.names)
        self.problems += [problem for problem in self.parts.problems if problem not in self.problems]
        return to_frames(pa.concat_tables([kept, *self._unkept]), identifiers)
