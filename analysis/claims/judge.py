"""Which of the stages claimed of a coach the article means, weighed over his whole case: a multinomial logistic score.

Rules (analysis.claims.verdicts) choose a stage from the claims that stand. They cannot say that three faint claims are
one strong case, or that talks with a successor are pressure where nothing else sounds like it. So their choice is one
feature of the case among others: what is claimed and how likely each claim is (analysis.claims.plausibility), the
features of the likeliest, what the words of all sentences about him hint (analysis.claims.hints), and who else is in
danger. The weights, a column a stage, are fitted on labelled articles (`python -m bench.verdicts --write`) and kept in
data/verdict_weights.csv. A stage that no claim asserts is never chosen, so every verdict has its words.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from analysis.claims.features import side
from analysis.claims.hints import STAGES as HINTED
from analysis.claims.plausibility import Weighed
from analysis.gazetteer import DATA
from analysis.schema import DIRECTION, Table, read_table

WEIGHTS = DATA / "verdict_weights.csv"
STAGES = tuple(DIRECTION)
TABLE = Table(("feature", *STAGES), {}, ())
LEAST_ALARM = 0.35
"""An alarm is chosen where all its stages together are at least so likely; bench/verdicts.py prints other values."""
MOST_CLAIMS, MOST_TOLD, MOST_COACHES, MOST_SENTENCES = 5, 6, 4, 8
"""Counts above these count as these."""
HINT_SCALE = 3.0
"""Hints of stages are logits; divided by this they are about as large as the other features."""


@lru_cache(maxsize=1)
def load_verdict_weights(path: Path = WEIGHTS) -> dict[str, np.ndarray]:
    """The weights of each feature, in the order of STAGES; those of "bias" are added to every sum."""
    return {row["feature"]: np.array([float(row[stage]) for stage in STAGES]) for row in read_table(path, TABLE)}


def case_features(
    weighed: Sequence[Weighed], sounds: Sequence[np.ndarray], by_rule: str, article: Mapping[str, float]
) -> dict[str, float]:
    """The features of one coach's case; `article` holds those that speak of the article around him.

    `sounds`: what each sentence about him hints, by analysis.claims.hints.SOUNDS; `by_rule`: the stage of the rules.
    """
    said = {**_claimed(weighed), **_likeliest(weighed), **_heard(sounds)}
    return {f"rule {by_rule}": 1.0, **said, **article}


def article_features(others: Sequence[Weighed], coaches: int, sentences: int) -> dict[str, float]:
    """What the article around a coach is like; `others` are the claims about the other coaches."""
    alarms = [claim.likelihood or 0.0 for claim, _ in others if side(claim.stage) == "alarm"]
    return {
        "other alarm": max(alarms, default=0.0),
        "coaches": min(coaches, MOST_COACHES) / MOST_COACHES,
        "sentences": min(sentences, MOST_SENTENCES) / MOST_SENTENCES,
    }


def _claimed(weighed: Sequence[Weighed]) -> dict[str, float]:
    """How many claims there are, each stage's share of all likelihood, and what the cues said by themselves."""
    found: dict[str, float] = {"claims": min(len(weighed), MOST_CLAIMS) / MOST_CLAIMS}
    total = sum(claim.likelihood or 0.0 for claim, _ in weighed)
    for claim, _ in weighed:
        likely = claim.likelihood or 0.0
        cue, share = f"cue {claim.cue.stage} {claim.decided_by}".rstrip(), f"share {claim.stage}"
        found[cue] = max(found.get(cue, 0.0), likely)
        found[share] = found.get(share, 0.0) + likely / total
    return found


def _likeliest(weighed: Sequence[Weighed]) -> dict[str, float]:
    claim, features = max(weighed, key=lambda one: one[0].likelihood or 0.0)
    return {f"likeliest {claim.stage}": claim.likelihood or 0.0} | {f"its {k}": v for k, v in features.items()}


def _heard(sounds: Sequence[np.ndarray]) -> dict[str, float]:
    """The loudest and the last hint, and those of each stage, louder sentences counting more."""
    if not sounds:
        return {}
    heard = np.array(sounds)
    loudness = 1 / (1 + np.exp(-heard[:, 0]))
    of_stages = (loudness / loudness.sum()) @ heard[:, 1:] / HINT_SCALE
    return {
        "hint": float(heard[:, 0].max()),
        "last hint": float(heard[-1, 0]),
        "sentences of him": min(len(sounds), MOST_TOLD) / MOST_TOLD,
        **{f"hint {stage}": float(value) for stage, value in zip(HINTED, of_stages, strict=True)},
    }


def likelihoods(features: Mapping[str, float], weights: Mapping[str, np.ndarray]) -> dict[str, float]:
    """How likely each stage is: the softmax of the weighed sums of `features`. Features without weights count 0."""
    total = weights["bias"] + sum(weights[name] * value for name, value in features.items() if name in weights)
    powers = np.exp(total - total.max())
    return dict(zip(STAGES, (powers / powers.sum()).tolist(), strict=True))


def chosen(of_stages: Mapping[str, float], claimed: frozenset[str], least_alarm: float = LEAST_ALARM) -> str:
    """The likeliest stage of those claimed, an alarm where alarms together are likely enough; else "none"."""
    alarms = [stage for stage in claimed if side(stage) == "alarm"]
    if alarms and alarm(of_stages) >= least_alarm:
        return max(alarms, key=of_stages.__getitem__)
    rest = [stage for stage in claimed if side(stage) != "alarm"] + ["none"]
    return max(rest, key=of_stages.__getitem__)


def alarm(of_stages: Mapping[str, float]) -> float:
    """How likely it is that the coach is in danger or gone."""
    return sum(value for stage, value in of_stages.items() if side(stage) == "alarm")
