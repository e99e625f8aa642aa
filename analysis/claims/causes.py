"""Why a coach is or was in doubt: phrases from the closed set of causes, weighed by where they stand.

Long articles tell of many defeats, boos and injuries; only some of them are the reason of this coach's trouble. How
near a phrase stands to what is claimed of him, who else is named around it and what else the article gives as a reason
tell them apart (analysis.claims.cause_features). The weights are fitted on labelled articles
(`python -m bench.causes --write`) and kept in data/cause_weights.csv, a row a feature.
"""

from dataclasses import dataclass

from analysis.claims.cause_features import CauseFeatures
from analysis.claims.plausibility import likelihood, load_weights
from analysis.gazetteer import DATA
from analysis.mentions.people import Person

WEIGHTS = DATA / "cause_weights.csv"
LEAST = 0.3
"""Phrases less likely to be a reason are none; bench/causes.py prints other values."""


@dataclass(frozen=True)
class Cause:
    """A reason the text gives, with the words that give it."""

    person: Person
    cause: str
    field: str
    start: int
    end: int


def read_causes(features: CauseFeatures) -> list[Cause]:
    """Causes for every coach with a signal, each cause and span once."""
    weights = load_weights(WEIGHTS)
    causes: dict[tuple, Cause] = {}
    for verdict, phrase, values in features.of_coaches():
        if likelihood(values, weights) >= LEAST:
            cause = Cause(verdict.person, phrase.cause, phrase.field, phrase.start, phrase.end)
            causes.setdefault((id(cause.person), cause.cause, cause.field, cause.start), cause)
    return list(causes.values())
