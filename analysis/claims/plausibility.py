"""How likely a claim is news of its coach, and not background, talk or a slip of attribution: a logistic score.

Long articles recall old sackings, other coaches and other clubs in the very words of news. Where a claim stands, who
holds it and how often the article comes back to him tell them apart (analysis.claims.features). The weights are fitted
on labelled articles (`python -m bench.plausibility --write`) and kept in data/plausibility.csv, a row a feature.
"""

import math
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


@lru_cache(maxsize=3)
def load_weights(path: Path = DATA / "plausibility.csv") -> dict[str, float]:
    """The weight of each feature, and that of `bias`, which is added to every sum."""
    return {row["feature"]: float(row["weight"]) for row in read_table(path, TABLE)}


def likelihood(features: dict[str, float], weights: dict[str, float]) -> float:
    """Between 0 and 1: the logistic function of the weighted sum of `features`."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))


def set_aside_unlikely(claims: list[Claim], features: Features) -> None:
    """Give each claim its likelihood; unlikely ones that no likely one bears out assert nothing, by "background"."""
    weights = load_weights()
    is_brief = features.sentences <= BRIEF
    weighed = [
        (claim, values) for claim, values in features.of_claims(claims) if not is_brief or claim.decided_by == "hint"
    ]
    borne_out: set[tuple[int, str]] = set()
    for claim, values in weighed:
        claim.likelihood = likelihood(values, weights)
        if claim.likelihood >= _least(claim, values):
            borne_out.add(_case(claim))
    unlikely = [claim for claim, _ in weighed if _case(claim) not in borne_out]
    for claim in unlikely:
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
