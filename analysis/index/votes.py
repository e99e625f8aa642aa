"""One vote a story: what each story says of a coach's job, how much it weighs, and what votes of confidence take off.

A vote counts in four channels: rumour (speculation and pressure), pressure, act (ultimatum, succession, departure) and
end (succession, departure). The index adds them up to levels, see analysis.index.parameters.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.index.parameters import Parameters
from analysis.index.placing import FAR, hashes, sorted_by
from analysis.schema import STAGES

CHANNELS = ("rumour", "pressure", "act", "end")
_COUNTS_IN = {"speculation": (1, 0, 0, 0), "pressure": (1, 1, 0, 0), "ultimatum": (0, 0, 1, 0)}
_END = (0, 0, 1, 1)
RENEWED, BACKED, GUARDED = 1, 2, 3
"""Layers of the index: layer 0 sees every story, each further one only those since such a statement or a stronger."""
LAYERS = 4


_COUNTS = np.array([_COUNTS_IN.get(stage, _END) for stage in STAGES], dtype=bool)


@dataclass(frozen=True)
class Votes:
    """Votes of stories, sorted by spell and day, as arrays of one length.

    `row` is the position of the claim that is the vote, `story` the hash of its story, `value` the vote alone,
    `weight` (votes x layers x channels) what it adds beside the same source's others.
    """

    spell: np.ndarray
    day: np.ndarray
    row: np.ndarray
    story: np.ndarray
    value: np.ndarray
    weight: np.ndarray


def claim_values(claims: pd.DataFrame, parameters: Parameters) -> np.ndarray:
    """Weight of every claim as a vote, in units of shrinkage; 0 without risk.

    Needs columns stage (position in STAGES), risk (0-4), official, confidence, source (hash), is_month.
    """
    weights = [[[parameters.stage_weight(stage, risk, official) for official in (False, True)] for risk in range(5)]
               for stage in STAGES]  # fmt: skip
    value = np.array(weights)[claims["stage"], claims["risk"], claims["official"].astype(int)]
    value = value * np.clip(claims["confidence"].to_numpy() / parameters.full_confidence, 0, 1)
    for source, weight in parameters.source_weights:
        value = np.where(claims["source"] == hashes(np.array([source]))[0], value * weight, value)
    return np.where(claims["is_month"], value * parameters.month_weight, value)


def cast_votes(claims: pd.DataFrame, backings: np.ndarray, parameters: Parameters) -> Votes:
    """One vote for every story and spell, from claims with columns spell, row, day, story, source, stage and value.

    A story votes on the first day on which it carries risk, by its strongest claim of that day; its repeats add
    nothing, whatever they say. `backings` are those of `cast_backings`.
    """
    risky = sorted_by(claims[claims["value"] > 0], "spell", "story", "day", "-value", "source", "row")
    votes = sorted_by(risky.drop_duplicates(["spell", "story"]), "spell", "day", "story")
    weight = _weights(votes, backings, parameters)
    return Votes(*(votes[name].to_numpy() for name in ("spell", "day", "row", "story", "value")), weight)


def _weights(votes: pd.DataFrame, backings: np.ndarray, parameters: Parameters) -> np.ndarray:
    weight = np.zeros((len(votes), LAYERS, len(CHANNELS)))
    counts = _COUNTS[votes["stage"]]
    for layer in range(LAYERS):
        if layer and not (backings[:, 2] == layer).any():
            weight[:, layer] = weight[:, layer - 1]
            continue
        segment = _backings_before(backings[backings[:, 2] <= layer], votes)
        for channel in range(len(CHANNELS)):
            rows = np.flatnonzero(counts[:, channel])
            weight[rows, layer, channel] = _beside_own(votes.iloc[rows], segment[rows], parameters)
    return weight


def _beside_own(votes: pd.DataFrame, segment: np.ndarray, parameters: Parameters) -> np.ndarray:
    """What each vote adds, within its source and segment, to (1 - share) x strongest + share x sum.

    All votes decay alike, so the strongest stays the strongest: in log2(value) + day / half-life it is a running
    maximum, and every vote adds what it lifts that maximum by.
    """
    group = [votes["spell"].to_numpy(), votes["source"].to_numpy(), segment]
    value = votes["value"].to_numpy()
    height = pd.Series(np.log2(value) + votes["day"].to_numpy() / parameters.half_life_days)
    before = height.groupby(group).cummax().groupby(group).shift().fillna(-np.inf).to_numpy()
    lift = value * (1 - np.exp2(np.minimum(before - height.to_numpy(), 0)))
    return parameters.same_source_share * value + (1 - parameters.same_source_share) * lift


def _backings_before(backings: np.ndarray, votes: pd.DataFrame) -> np.ndarray:
    """How many of the `backings` come before each vote's day in its spell (all those of earlier spells counted)."""
    keys = np.sort(backings[:, 0] * FAR + backings[:, 1])
    return np.searchsorted(keys, votes["spell"].to_numpy() * FAR + votes["day"].to_numpy(), side="left")


def cast_backings(claims: pd.DataFrame, parameters: Parameters) -> np.ndarray:
    """Votes of confidence, rows (spell, day, layer) sorted so; a story backs once, on its first such day, at its best.

    A renewal counts as such; a club's backing in full where it is unconditional (risk below 2) and a statement stands
    behind it or the reading is sure; else it is guarded. Columns of `claims` as for `cast_votes`.
    """
    backs = claims[claims["stage"].isin([STAGES.index("reassured"), STAGES.index("renewed")])]
    sure = backs["official"] | (backs["confidence"] >= parameters.full_confidence)
    plain = np.where(sure & (backs["risk"] < 2), BACKED, GUARDED)
    layer = np.where(backs["stage"] == STAGES.index("renewed"), RENEWED, plain)
    backs = sorted_by(backs.assign(layer=layer), "spell", "story", "day", "layer").drop_duplicates(["spell", "story"])
    return sorted_by(backs, "spell", "day", "layer")[["spell", "day", "layer"]].to_numpy()
