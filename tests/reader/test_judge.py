"""The stage of a coach's case is weighed over all that is claimed of him. Texts are invented."""

import json
from pathlib import Path

import pytest

from analysis.claims.hints import load_hints
from analysis.claims.judge import LEAST_ALARM, STAGES, alarm, chosen, likelihoods, load_verdict_weights
from analysis.claims.plausibility import load_weights
from analysis.reader import cases, read

TEXTS = Path(__file__).parents[1] / "data"
TALKS = (
    "Stockport County have opened talks with Derek Marlowe's possible replacement, the Gazette reports. "
    "The coach has lost six matches in a row, and the board met on Monday to discuss his future."
)


def of(**likely: float) -> dict[str, float]:
    """Likelihoods of all stages, those not named 0."""
    return dict.fromkeys(STAGES, 0.0) | likely


@pytest.mark.parametrize(
    ("likely", "claimed", "stage"),
    [
        (of(pressure=0.3, speculation=0.2, none=0.5), {"pressure", "speculation"}, "pressure"),
        (of(pressure=0.2, speculation=0.1, none=0.7), {"pressure", "speculation"}, "none"),
        (of(dismissed=0.6, pressure=0.3, none=0.1), {"pressure"}, "pressure"),
        (of(dismissed=0.9, none=0.1), {"reassured"}, "none"),
        (of(reassured=0.5, pressure=0.3, none=0.2), {"pressure", "reassured"}, "reassured"),
    ],
)
def test_the_likeliest_of_the_claimed_stages_is_chosen_and_alarms_count_together(likely, claimed, stage):
    assert chosen(likely, frozenset(claimed)) == stage


def test_an_alarm_takes_the_least_likelihood():
    just = of(pressure=LEAST_ALARM, none=1 - LEAST_ALARM)
    assert chosen(just, frozenset({"pressure"})) == "pressure"
    assert chosen(of(pressure=LEAST_ALARM - 0.01, none=0.61), frozenset({"pressure"})) == "none"


def test_likelihoods_of_all_stages_sum_to_one():
    found = cases({"title": "", "text": TALKS, "lang": "en"}, load_hints(), load_weights())
    assert [coach for coach, *_ in found] == ["Derek Marlowe"]
    of_stages = likelihoods(found[0][2], load_verdict_weights())
    assert sum(of_stages.values()) == pytest.approx(1)
    assert 0 < alarm(of_stages) < 1


def test_the_confidence_of_a_verdict_is_the_likelihood_of_its_side():
    article = {"title": "", "text": TALKS, "lang": "en"}
    of_stages = likelihoods(cases(article, load_hints(), load_weights())[0][2], load_verdict_weights())
    coach = read(article)["coaches"][0]
    risky = sum(of_stages[stage] for stage in ("speculation", "pressure", "ultimatum", "succession"))
    assert coach["direction"] == "risk"
    assert coach["confidence"] == pytest.approx(min(0.95, max(0.3, risky)), abs=0.006)


@pytest.mark.parametrize("lang", ["de", "en", "es", "fr", "it", "pt"])
def test_every_verdict_has_its_words(lang):
    for line in (TEXTS / f"long_{lang}.jsonl").read_text("utf-8").splitlines():
        reading = read(json.loads(line))
        shown = {row["coach"] for row in reading["evidence"]}
        assert {coach["name"] for coach in reading["coaches"] if coach["stage"] != "none"} <= shown


def test_what_is_claimed_has_weights():
    assert {f"share {stage}" for stage in STAGES if stage != "none"} <= set(load_verdict_weights())
