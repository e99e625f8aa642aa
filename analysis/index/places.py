"""Where the rows of an article stand in a large frame, so that few are found without looking at all."""

from functools import cached_property

import numpy as np
import pandas as pd

from analysis.index.placing import hashes
from analysis.picking import of_articles


class Places:
    """Rows of `frame` by article_id. The frame must not change; `by_key` may be given where it is known."""

    def __init__(self, frame: pd.DataFrame, by_key: tuple[np.ndarray, np.ndarray] | None = None):
        self._frame = frame
        if by_key is not None:
            vars(self)["by_key"] = by_key

    @cached_property
    def by_key(self) -> tuple[np.ndarray, np.ndarray]:
        """Sorted numbers of the ids, and the row of each."""
        key = hashes(self._frame["article_id"])
        order = np.argsort(key, kind="stable").astype(np.int32)
        return key[order], order

    def of(self, articles: pd.Series) -> pd.DataFrame:
        """The rows whose article_id is among `articles`, as they are ordered in the frame."""
        asked, (keys, order) = np.unique(hashes(articles)), self.by_key
        starts, ends = (np.searchsorted(keys, asked, side=side) for side in ("left", "right"))
        counts = ends - starts
        found = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        # Numbers of two texts may be the same, so the texts themselves decide.
        return of_articles(self._frame.iloc[np.sort(order[found])], articles)
