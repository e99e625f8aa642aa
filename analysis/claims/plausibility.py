"""How likely a claim is news of its coach, and not background, talk or a slip of attribution: a logistic score.

Long articles recall old sackings, other coaches and other clubs in the very words of news. Where a claim stands, who
holds it and how often the article comes back to him tell them apart (analysis.claims.features). The weights are fitted
on labelled articles (`python -m bench.plausibility --write`) and kept in data/plausibility.csv, a row a feature.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from analysis.claims.claims import Claim
from analysis.claims.features import Features
from analysis.gazetteer import DATA
from analysis.schema import DIRECTION, Table, read_table

TABLE = Table(("feature", "weight", "meaning"), {}, ())
LEAST = 0.45
"""Claims of one direction are set aside whose likeliest is less likely; bench/plausibility.py prints other values."""
LEAST_OF_FACTS = 0.3
"""A flat "X has been sacked" stands from this likelihood on, where none of DOUBTS is near it."""
DOUBTS = frozenset(
    ("past", "after_history", "after_old_year", "elsewhere", "player_beside", "staff_beside", "contradicted", "courted")
)
LEAST_OF_HINTS = 0.5
"""A claim that no cue makes (analysis.claims.hinted) stands alone only from this likelihood on."""
BRIEF = 1
"""A single sentence has no room for background: all that its cues claim stands."""


Weighed = tuple[Claim, dict[str, float]]
"""A claim that asserts something, and its features."""


@lru_cache(maxsize=3)
def load_weights(path: Path = DATA / "plausibility.csv") -> dict[str, float]:
    """The weight of each feature, and that of `bias`, which is added to every sum."""
    return {row["feature"]: float(row["weight"]) for row in read_table(path, TABLE)}


def likelihood(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Between 0 and 1: the logistic function of the weighted sum of `features`."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))


def weigh(claims: list[Claim], features: Features, weights: Mapping[str, float]) -> list[Weighed]:
    """Give each claim its likelihood; the claims that were weighed, each with its features."""
    weighed = [
        (claim, values)
        for claim, values in features.of_claims(claims)
        if features.sentences > BRIEF or claim.decided_by == "hint"
    ]
    for claim, values in weighed:
        claim.likelihood = likelihood(values, weights)
    return weighed


def unlikely(weighed: list[Weighed]) -> list[Claim]:
    """Claims that are not likely enough and that no likely one bears out."""
    borne_out = {_case(claim) for claim, values in weighed if (claim.likelihood or 0.0) >= _least(claim, values)}
    return [claim for claim, _ in weighed if _case(claim) not in borne_out]


def set_aside(claims: list[Claim]) -> None:
    """Let `claims` assert nothing, by "background"."""
    for claim in claims:
        claim.stage, claim.risk, claim.decided_by = "none", 0, "background"


def _least(claim: Claim, values: dict[str, float]) -> float:
    """From which likelihood on a claim stands."""
    if claim.decided_by == "hint":
        return LEAST_OF_HINTS
    is_fact = "slot_of_left" in values and not claim.decided_by and values.keys().isdisjoint(DOUBTS)
    return LEAST_OF_FACTS if is_fact else LEAST


def _case(claim: Claim) -> tuple[int, str]:
    """What a claim bears out: that this coach goes, is in danger, or is backed."""
    return id(claim.person), DIRECTION[claim.stage]
