"""Resampling of stories: how the index would read had other stories of the same kind come in.

A Poisson bootstrap (Hanley and MacGibbon, Creating non-parametric bootstrap samples using Poisson frequencies,
Computer Methods and Programs in Biomedicine 83, 2006): in every draw each story counts 0, 1, 2 ... times. How often
follows from its id and the seed alone, so that neither order nor later stories change the draws of a story.
"""

import math
from functools import lru_cache

import numpy as np

from analysis.index.parameters import Parameters

PRIOR = np.array([0x5052494F52], dtype=np.uint64)
"""Hash of the pseudo-story that is resampled with the real ones."""


@lru_cache(maxsize=1)
def _poisson() -> np.ndarray:
    """Poisson(1) counts by the upper 16 bits of a uniform hash."""
    shares = np.cumsum([math.exp(-1) / math.factorial(count) for count in range(9)])
    return np.searchsorted(shares, (np.arange(65536) + 0.5) / 65536).astype(np.uint8)


def mixed(values: np.ndarray) -> np.ndarray:
    """Finaliser of splitmix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def draw_counts(stories: np.ndarray, parameters: Parameters) -> np.ndarray:
    """How often each story (a hash) counts: a first column of ones (the index itself), then one a draw; float32."""
    counts = np.ones((len(stories), 1 + parameters.draws), dtype=np.float32)
    numbers = np.arange(1, parameters.draws + 1, dtype=np.uint64) + (np.uint64(parameters.seed) << np.uint64(20))
    uniform = mixed(stories[:, None] + mixed(numbers)[None, :])
    counts[:, 1:] = _poisson()[uniform >> np.uint64(48)]
    return counts


def interval(values: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper end over the draws (columns from 1 on) of every row, the index (column 0) always inside.

    Both are NaN where there are no draws.
    """
    if not parameters.draws:
        nothing = np.full(len(values), np.nan)
        return nothing, nothing
    tail = (1 - parameters.interval) / 2
    lower, upper = np.quantile(values[:, 1:], [tail, 1 - tail], axis=1)
    return np.minimum(lower, values[:, 0]), np.maximum(upper, values[:, 0])
