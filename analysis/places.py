"""Where the rows of an article stand in a large frame, so that few are found without looking at all."""

import numpy as np
import pandas as pd

from analysis.picking import of_articles
from analysis.placing import hashes


class Places:
    """Rows of `frame` by article_id. The frame must not change."""

    def __init__(self, frame: pd.DataFrame):
        key = hashes(frame["article_id"])
        self._frame, self._order = frame, np.argsort(key, kind="stable").astype(np.int32)
        self._key = key[self._order]

    def of(self, articles: pd.Series) -> pd.DataFrame:
        """The rows whose article_id is among `articles`, as they are ordered in the frame."""
        asked = np.unique(hashes(articles))
        starts, ends = (np.searchsorted(self._key, asked, side=side) for side in ("left", "right"))
        rows = [self._order[start:end] for start, end in zip(starts, ends, strict=True)]
        # Numbers of two texts may be the same, so the texts themselves decide.
        return of_articles(self._frame.iloc[np.sort(np.concatenate([np.zeros(0, np.int32), *rows]))], articles)
