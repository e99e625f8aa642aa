"""Which articles resemble which earlier ones: MinHash finds likely pairs, their shingles decide."""

from collections.abc import Iterator

import numpy as np
from rensa import RMinHash

from analysis.index.bootstrap import mixed
from analysis.index.parameters import Parameters

_PERMUTATIONS, _BANDS, _SEED = 252, 84, 1
"""84 bands of 3 rows miss one pair in 75,000 at similarity 0.5."""
_DEVIATIONS = 5
"""A pair whose similarity, estimated from all permutations, lies so many standard deviations below the threshold is
none: of pairs at the threshold that drops less than one in a million."""


class Recent:
    """Articles of one language of the last `story_days`, found by similarity."""

    def __init__(self, parameters: Parameters):
        self._parameters = parameters
        self._rows, self._days = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._shingles: list[np.ndarray] = []
        self._digests = np.zeros((0, _PERMUTATIONS), np.uint32)

    def joined(self, rows: np.ndarray, days: np.ndarray, shingles: list[np.ndarray],
               is_sought: np.ndarray) -> np.ndarray:  # fmt: skip
        """For each of new articles, in order of day, the row of the earliest similar one before it; -1 where none is.

        Only those of the mask `is_sought` are looked for; all are kept for those to come. Each has some `shingles`.
        """
        self._forget(days[0] - self._parameters.story_days)
        old = len(self._rows)
        self._rows, self._days = np.concatenate([self._rows, rows]), np.concatenate([self._days, days])
        self._shingles += shingles
        self._digests = np.concatenate([self._digests, _digests(shingles)])
        found = self._earliest(np.concatenate([np.zeros(old, dtype=bool), is_sought]))[old:]
        return np.where(found < len(self._rows), self._rows[np.minimum(found, len(self._rows) - 1)], -1)

    def _forget(self, before: int) -> None:
        here = int(np.searchsorted(self._days, before))
        self._rows, self._days, self._digests = self._rows[here:], self._days[here:], self._digests[here:]
        del self._shingles[:here]

    def _earliest(self, is_sought: np.ndarray) -> np.ndarray:
        """Position of the earliest similar article before each that is sought; past the last where there is none."""
        best = np.full(len(self._rows), len(self._rows))
        for keys in _bands(self._digests):
            for left, right in _alike(keys, self._days, self._parameters.story_days):
                sought = is_sought[right] & (left < best[right])
                if sought.any():
                    self._confirm(left[sought], right[sought], best)
        return best

    def _confirm(self, left: np.ndarray, right: np.ndarray, best: np.ndarray) -> None:
        """Write those of the pairs into `best` that are similar indeed."""
        threshold = self._parameters.story_similarity
        least = threshold - _DEVIATIONS * np.sqrt(threshold * (1 - threshold) / _PERMUTATIONS)
        likely = np.flatnonzero((self._digests[left] == self._digests[right]).mean(axis=1) >= least)
        for earlier, later in zip(left[likely].tolist(), right[likely].tolist(), strict=True):
            if earlier < best[later] and jaccard(self._shingles[earlier], self._shingles[later]) >= threshold:
                best[later] = earlier


def jaccard(left: np.ndarray, right: np.ndarray) -> float:
    """Jaccard similarity of two sets of numbers, given with repeats; 0 where both are empty."""
    left, right = np.unique(left), np.unique(right)
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (len(left) + len(right) - common) if common else 0.0


def _digests(shingles: list[np.ndarray]) -> np.ndarray:
    starts = np.cumsum([0, *(len(each) for each in shingles)])
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(shingles), starts, _PERMUTATIONS, _SEED)
    return np.array(matrix.to_rows(), dtype=np.uint32)


def _bands(digests: np.ndarray) -> Iterator[np.ndarray]:
    """A number for each article of what its digest has in each band."""
    for first, second, third in digests.T.reshape(_BANDS, _PERMUTATIONS // _BANDS, -1).astype(np.uint64):
        yield mixed((first << np.uint64(32)) + second) + third


def _alike(keys: np.ndarray, days: np.ndarray, most: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of positions, the earlier one first, that have the same key and lie at most `most` days apart.

    `days` rise, so that a pair too far apart ends the search among those still farther.
    """
    order = np.argsort(keys, kind="stable")
    told, when = keys[order], days[order]
    at, apart = np.arange(len(keys) - 1), 1
    while len(at):
        at = at[(told[at] == told[at + apart]) & (when[at + apart] - when[at] <= most)]
        yield order[at], order[at + apart]
        apart += 1
        at = at[at + apart < len(told)]
