"""The stage shown beside the index: that of the last days, a later club statement winning."""

import numpy as np

RANKED = ("none", "reassured", "renewed", "speculation", "pressure", "ultimatum", "succession", "left_mutual",
          "resigned", "dismissed")  # fmt: skip
"""Stages by precedence (docs/GUIDE.md, section 3), the strongest last; the position is the rank."""
RANK = {stage: rank for rank, stage in enumerate(RANKED)}


def window_rank(said: np.ndarray, official: np.ndarray, days: int) -> np.ndarray:
    """Rank of the stage on each day, from the strongest rank said and said officially (rows x days, 0 for nothing).

    The first `days` - 1 columns only look back and have no column in the result. From the latest day with a club or
    coach statement, only that statement and what came later counts; what the press said on the same day does not.
    """
    width = said.shape[1] - days + 1
    rank = np.zeros((len(said), width), dtype=said.dtype)
    settled = np.zeros_like(rank, dtype=bool)
    for back in range(days):
        columns = slice(days - 1 - back, days - 1 - back + width)
        stated = official[:, columns]
        heard = np.where(stated > 0, stated, said[:, columns])
        rank = np.where(settled, rank, np.maximum(rank, heard))
        settled |= stated > 0
    return rank
