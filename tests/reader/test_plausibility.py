"""Claims of a long article that are background are set aside, each for reasons that can be read. Texts are invented."""

import json
from pathlib import Path

import pytest

from analysis.claims.plausibility import LEAST, likelihood, load_weights
from analysis.reader import asserted, read

TEXTS = Path(__file__).parents[1] / "data"
NEWS = "Derek Marlowe has been sacked as head coach of Stockport County, the club said in a statement on Monday."
BACKGROUND = " ".join((
    "Harbour Town go into the derby with a young side and a full house.",
    "Their captain has trained all week and will start on the left.",
    "The pitch was relaid in the summer and has held up well.",
    "Tickets went within a day, the secretary said.",
    "The visitors travel by train and stay near the station.",
    "The last coach to win there was a legend of the place, and few have come close.",
    "In 2011 the club was sold for a pound.",
    "Months after that Derek Marlowe was sacked as head coach.",
    "The bridge beside the ground will be closed to cars from noon.",
))  # fmt: skip


def coach(text: str, title: str = "Derby weekend") -> dict:
    reading = read({"title": title, "text": text, "lang": "en", "date": "2024-03-05"})
    return next(coach for coach in reading["coaches"] if coach["name"] == "Derek Marlowe")


def test_an_old_sacking_in_passing_is_background():
    found = coach(BACKGROUND)
    assert found["stage"] == "none"
    assert [link["why"] for link in found["chain"]] == ["background"]
    assert found["chain"][0]["likelihood"] < LEAST


def test_the_same_words_at_the_head_are_news():
    found = coach(f"{NEWS} {BACKGROUND}", "Stockport County sack Marlowe")
    assert found["stage"] == "dismissed"
    assert all(link["likelihood"] >= LEAST for link in found["chain"] if link["becomes"] == "dismissed")


def test_all_that_a_brief_claims_stands():
    found = coach(NEWS)
    assert found["stage"] == "dismissed"
    assert [link["likelihood"] for link in found["chain"]] == [None]


@pytest.mark.parametrize("feature", ["named_once", "after_history", "past", "carried"])
def test_what_speaks_for_background_lowers_the_likelihood(feature):
    weights = load_weights()
    assert likelihood({feature: 1.0}, weights) < likelihood({}, weights)


@pytest.mark.parametrize("feature", ["named_in_title", "present", "slot_of_left", "heard_official", "hint_loudest"])
def test_what_speaks_for_news_raises_it(feature):
    weights = load_weights()
    assert likelihood({feature: 1.0}, weights) > likelihood({}, weights)


def test_every_feature_has_a_weight_and_a_meaning_and_every_weight_a_feature():
    files = [TEXTS / f"{name}_{lang}.jsonl" for name in ("training", "long") for lang in ("en", "it")]
    articles = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    met = {name for article in articles for _, _, features in asserted(article) for name in features}
    assert met | {"bias"} == set(load_weights())


def test_features_lie_between_0_and_1():
    lines = (TEXTS / "long_de.jsonl").read_text("utf-8").splitlines()
    values = [v for line in lines for _, _, features in asserted(json.loads(line)) for v in features.values()]
    assert values and all(0 < value <= 1 for value in values)
