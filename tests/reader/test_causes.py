"""Reasons of a coach's trouble are told from what else an article reports. Texts are invented."""

import json
from pathlib import Path

import pytest

from analysis.claims.causes import LEAST, WEIGHTS
from analysis.claims.plausibility import likelihood, load_weights
from analysis.reader import read, reasons

TEXTS = Path(__file__).parents[1] / "data"
NEWS = "Derek Marlowe has been sacked as head coach of Stockport County, the club said in a statement on Monday."
QUIET = "The pitch was relaid in the summer and has held up well. Tickets went within a day, the secretary said."
REASON = "Six defeats in a row had left them bottom of the table."
HISTORY = "Back in 1998 Alan Thorpe was shown the door by Harbour Town after a row with the owner."


def causes(*sentences: str) -> list[str]:
    return read({"text": "\n\n".join(sentences), "lang": "en", "date": "2024-03-05"})["causes"]


def test_a_reason_is_read_in_the_sentence_after_the_news():
    assert causes(f"{NEWS} {REASON}") == ["results", "standings"]


def test_a_reason_is_read_a_paragraph_away():
    assert causes(NEWS, QUIET, REASON, QUIET) == ["results", "standings"]


def test_what_stands_out_of_reach_of_the_news_is_no_reason():
    assert causes(NEWS, QUIET, QUIET, REASON, QUIET) == []


def test_a_row_of_long_ago_is_no_reason_of_today():
    assert "board" not in causes(f"{NEWS} {REASON}", QUIET, QUIET, QUIET, HISTORY)


def test_a_coach_of_whom_nothing_is_claimed_has_no_causes():
    assert causes("Derek Marlowe is the head coach of Stockport County.", REASON) == []


@pytest.mark.parametrize("feature", ["depth", "history"])
def test_what_speaks_for_another_report_lowers_the_likelihood(feature):
    weights = load_weights(WEIGHTS)
    assert likelihood({feature: 1.0}, weights) < likelihood({}, weights)


@pytest.mark.parametrize("feature", ["named", "next_sentence", "reason", "again"])
def test_what_speaks_for_a_reason_raises_it(feature):
    weights = load_weights(WEIGHTS)
    assert likelihood({feature: 1.0}, weights) > likelihood({}, weights)


def test_every_feature_has_a_weight_and_every_weight_a_feature():
    met = {name for file in TEXTS.glob("[tl]*ng_*.jsonl") for line in file.read_text("utf-8").splitlines()
           for _, _, features in reasons(json.loads(line)) for name in features}  # fmt: skip
    assert met | {"bias"} == set(load_weights(WEIGHTS))


def test_features_lie_between_0_and_1():
    lines = (TEXTS / "long_de.jsonl").read_text("utf-8").splitlines()
    values = [v for line in lines for _, _, features in reasons(json.loads(line)) for v in features.values()]
    assert values and all(0 < value <= 1 for value in values)
    assert 0 < LEAST < 1
