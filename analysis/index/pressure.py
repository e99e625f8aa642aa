"""The arithmetic of the index: decayed sums of votes to a number between 0 and 100, and what decays."""

import numpy as np

from analysis.index.bootstrap import PRIOR, draw_counts
from analysis.index.parameters import Parameters


def decay(days: np.ndarray, half_life: float) -> np.ndarray:
    """What is left after so many days."""
    return np.exp2(-np.asarray(days, dtype=float) / half_life)


def decayed_sums(at: np.ndarray, added: np.ndarray, emptied: np.ndarray, days: np.ndarray,
                 half_life: float) -> np.ndarray:  # fmt: skip
    """Sums on each of `days` of what was `added` on the rising days `at` (days x layers x ...), decayed since.

    Where `emptied` (days x layers) is true, a layer starts from nothing after that day's additions.
    """
    before = np.zeros((1, *added.shape[1:]), dtype=added.dtype)
    states = np.concatenate([before, added])
    gaps = decay(np.diff(at, prepend=at[:1]), half_life).astype(added.dtype)
    for row in range(len(at)):
        states[row + 1] += states[row] * gaps[row]
        states[row + 1][emptied[row]] = 0
    latest = np.searchsorted(at, days, side="right")
    since = days - np.concatenate([[0], at])[latest]
    faded = decay(np.where(latest > 0, since, 0), half_life).astype(added.dtype)
    return states[latest] * faded.reshape(-1, *[1] * (added.ndim - 1))


def dampening(weekly: np.ndarray, parameters: Parameters) -> np.ndarray:
    """Factor on rumour and pressure where so many stories a week say nothing about the job."""
    return (1 + weekly / parameters.neutral_stories_a_week) ** -parameters.volume_exponent


def weekly_rate(decayed_count: np.ndarray, parameters: Parameters) -> np.ndarray:
    """Stories a week from their decayed count: a steady rate r a day sums up to r / (1 - 2 ** (-1 / half-life))."""
    return 7 * decayed_count * (1 - 2 ** (-1 / parameters.volume_half_life_days))


def index_values(sums: np.ndarray, weekly: np.ndarray, parameters: Parameters) -> np.ndarray:
    """Index of every row and draw from `sums` (rows x layers x channels x draws) and neutral stories a week (rows).

    One layer is enough where there was no vote of confidence.
    """
    calm = dampening(weekly, parameters).astype(sums.dtype)[:, None]
    prior = parameters.prior_weight * draw_counts(PRIOR, parameters)[0, : sums.shape[3]].astype(sums.dtype)
    prior[0] = 0
    shares = parameters.backing_layers if sums.shape[1] > 1 else np.ones(1)
    values = np.zeros((sums.shape[0], sums.shape[3]), dtype=sums.dtype)
    for layer, share in enumerate(shares):
        rumour, pressure, act, end = (sums[:, layer, channel] for channel in range(4))
        levels = (calm * (rumour + prior) + act, calm * pressure + act, act, end)
        for step, level in zip(parameters.steps, levels, strict=True):
            values += share * step * (level / (level + parameters.shrinkage))
    return values
