"""The votes as they stand on one day: their sums for many spells at once, and what each story adds to the index."""

import numpy as np
import pandas as pd

from analysis.days import Day, day_number
from analysis.index.bootstrap import draw_counts
from analysis.index.ledger import Ledger
from analysis.index.placing import FAR
from analysis.index.pressure import decay, index_values, weekly_rate
from analysis.index.running import quiet_at, told_of
from analysis.index.votes import CHANNELS, LAYERS

_FORGOTTEN = 16
"""Half-lives after which a vote is left out of one day's sums: it then weighs less than 1/65000."""


def sums_on(ledger: Ledger, spells: np.ndarray, day: int, layers: int) -> np.ndarray:
    """Decayed sums (spells x layers x channels x draws) on `day` of the votes of `spells`, rows of the ledger."""
    rows = _votes_on(ledger, spells, day)
    counts = draw_counts(ledger.votes.story[rows], ledger.parameters)
    weights = _weights_on(ledger, rows, day, layers).astype(np.float32)
    sums = np.zeros((len(spells), layers, len(CHANNELS), counts.shape[1]), dtype=np.float32)
    at = np.searchsorted(spells, ledger.votes.spell[rows])
    for layer, channel in np.argwhere(weights.any(axis=0)):
        weighty = np.flatnonzero(weights[:, layer, channel])
        voting, starts = np.unique(at[weighty], return_index=True)
        each = weights[weighty, layer, channel, None] * counts[weighty]
        sums[voting, layer, channel] = np.add.reduceat(each, starts)
    return sums


def _votes_on(ledger: Ledger, spells: np.ndarray, day: int) -> np.ndarray:
    """Rows of the votes of `spells` (sorted) that still weigh something on `day`."""
    oldest = day - int(_FORGOTTEN * ledger.parameters.half_life_days)
    return told_of(ledger.voted_at, spells, oldest, day)


def _weights_on(ledger: Ledger, rows: np.ndarray, day: int, layers: int) -> np.ndarray:
    """Decayed weights (votes x layers x channels); 0 in the layers that a vote of confidence since has emptied."""
    votes, spell = ledger.votes, ledger.votes.spell[rows]
    left = decay(day - votes.day[rows], ledger.parameters.half_life_days)
    weights = votes.weight[rows, :layers] * left[:, None, None]
    voting, at = np.unique(spell, return_inverse=True)
    backings = ledger.backings[told_of(ledger.backed_at, voting, ledger.first, day)]
    for layer in range(1, layers):
        emptied = np.full(len(voting), -FAR)
        stronger = backings[backings[:, 2] <= layer]
        np.maximum.at(emptied, np.searchsorted(voting, stronger[:, 0]), stronger[:, 1])
        weights[votes.day[rows] <= emptied[at], layer] = 0
    return weights


def weekly_on(ledger: Ledger, spells: np.ndarray, days: np.ndarray | int) -> np.ndarray:
    """Volume of each spell on its day: stories a week that say nothing about the job."""
    quiet = quiet_at(ledger.running, spells, days, ledger.parameters.volume_half_life_days)
    return weekly_rate(quiet, ledger.parameters)


def contributions(ledger: Ledger, coach: str, as_of: Day, since: Day | None = None) -> pd.DataFrame:
    """Stories behind a coach's index on a day, the weightiest first; with `since`, those told from that day on.

    Columns date, coach, club, article_id (the claim that is the story's vote), story_id, source, stage, risk and
    points: how much lower the index would be without the story.
    """
    day = day_number(as_of)
    spells = np.intersect1d(ledger.open_on(day), ledger.spells_of(coach))
    first = -FAR if since is None else day_number(since)
    parts = [points_of(ledger, spell, day, first) for spell in spells]
    columns = ["date", "coach", "club", "article_id", "story_id", "source", "stage", "risk", "points"]
    whole = [ledger.described(numbers).assign(points=numbers["points"].array) for numbers in parts]
    whole = pd.concat(whole) if parts else pd.DataFrame(columns=columns)
    return whole[columns].sort_values(["points", "story_id"], ascending=[False, True], ignore_index=True)


def points_of(ledger: Ledger, spell: int, day: int, first: int) -> pd.DataFrame:
    """What the stories told from day number `first` on add to the index of `day`: columns row, spell, day, points."""
    rows = _votes_on(ledger, np.array([spell]), day)
    weights = _weights_on(ledger, rows, day, LAYERS)[..., None]
    weekly = weekly_on(ledger, np.array([spell]), day)
    plain = np.concatenate([weights.sum(axis=0, keepdims=True), weights.sum(axis=0, keepdims=True) - weights])
    # Rounding may leave less than nothing where a story was the only one.
    values = index_values(np.maximum(plain, 0), np.repeat(weekly, len(plain)), ledger.parameters)[:, 0]
    told = ledger.votes.day[rows] >= first
    rows, points = rows[told], (values[0] - values[1:])[told]
    return pd.DataFrame(
        {"row": ledger.votes.row[rows], "spell": spell, "day": ledger.votes.day[rows], "points": points}
    )
