"""Votes and volume added up once for all days, so that any spell on any day is one look-up and one decay.

Rows of one spell and day are found by their key, which puts both into one number that sorts by spell and day.
"""

from dataclasses import dataclass

import numpy as np

from analysis.index.parameters import Parameters
from analysis.index.placing import FAR
from analysis.index.pressure import decay
from analysis.index.votes import CHANNELS, LAYERS, Votes


@dataclass(frozen=True)
class Running:
    """Decayed sums as they stood at the end of each day on which they changed; arrays sorted by key, see `keys`.

    `sums` (days x layers x channels) of the votes, at the keys `voted`; `quiet`, the decayed count of stories that say
    nothing about the job, at the keys `quieted`.
    """

    voted: np.ndarray
    sums: np.ndarray
    quieted: np.ndarray
    quiet: np.ndarray


def keys(spells: np.ndarray, days: np.ndarray | int) -> np.ndarray:
    """One number for spell and day, which sorts by both."""
    return spells * np.int64(FAR) + days


def running_sums(votes: Votes, backings: np.ndarray, neutral: np.ndarray, parameters: Parameters) -> Running:
    """Add up `votes` and neutral stories, of analysis.index.ledger, day by day."""
    cast, backed = keys(votes.spell, votes.day), keys(backings[:, 0], backings[:, 1])
    voted = np.union1d(cast, backed).astype(np.int64)
    added = np.zeros((len(voted), LAYERS, len(CHANNELS)))
    if len(cast):
        at, starts = np.unique(np.searchsorted(voted, cast), return_index=True)
        added[at] = np.add.reduceat(votes.weight, starts)
    emptied = np.zeros((len(voted), LAYERS), dtype=bool)
    for layer in range(LAYERS):
        emptied[np.searchsorted(voted, backed[backings[:, 2] <= layer]), layer] = True
    quieted, count = np.unique(keys(neutral[:, 0], neutral[:, 1]), return_counts=True)
    sums = _added_up(voted, added, emptied, parameters.half_life_days)
    nothing = np.zeros((len(quieted), 1, 1), dtype=bool)
    quiet = _added_up(quieted, count.astype(float)[:, None, None], nothing[..., 0], parameters.volume_half_life_days)
    return Running(voted, sums, quieted.astype(np.int64), quiet[:, 0, 0])


def _added_up(at: np.ndarray, added: np.ndarray, emptied: np.ndarray, half_life: float) -> np.ndarray:
    """Sums at the end of each day; where `emptied` (days x layers) is true a layer starts anew after that day.

    The first days of all spells are worked out at once, then all second days, and so on.
    """
    sums = added
    sums[emptied] = 0
    spell = at // FAR
    starts = np.flatnonzero(np.diff(spell, prepend=-1))
    lengths = np.diff(np.append(starts, len(at)))
    kept, gaps = ~emptied[..., None], decay(np.diff(at, prepend=at[:1]) % FAR, half_life)[:, None, None]
    for step in range(1, int(lengths.max(initial=0))):
        rows = starts[lengths > step] + step
        sums[rows] += sums[rows - 1] * gaps[rows] * kept[rows]
    return sums


def sums_at(running: Running, spells: np.ndarray, days: np.ndarray | int, half_life: float) -> np.ndarray:
    """Decayed sums of votes (rows x layers x channels) of each spell on its day."""
    return _standing(running.voted, running.sums, keys(spells, days), half_life)


def quiet_at(running: Running, spells: np.ndarray, days: np.ndarray | int, half_life: float) -> np.ndarray:
    """Decayed count of stories that say nothing about the job of each spell on its day."""
    return _standing(running.quieted, running.quiet[:, None, None], keys(spells, days), half_life)[:, 0, 0]


def _standing(at: np.ndarray, sums: np.ndarray, asked: np.ndarray, half_life: float) -> np.ndarray:
    if not len(at):
        return np.zeros((len(asked), *sums.shape[1:]))
    row = np.searchsorted(at, asked, side="right") - 1
    known = (row >= 0) & (at[row] // FAR == asked // FAR)
    left = np.where(known, decay(np.where(known, asked - at[row], 0), half_life), 0)
    return sums[row] * left[:, None, None]


def told_of(key: np.ndarray, spells: np.ndarray, first: np.ndarray | int, last: np.ndarray | int) -> np.ndarray:
    """Rows, sorted by `key`, of each spell from day `first` to `last`, in the order of `spells`."""
    starts = np.searchsorted(key, keys(spells, first))
    counts = np.maximum(np.searchsorted(key, keys(spells, last), side="right") - starts, 0)
    return np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
