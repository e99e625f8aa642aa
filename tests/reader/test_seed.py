"""The article that the project began with, read as a good reader reads it."""

import json
from pathlib import Path

import pytest

from analysis.load import load
from analysis.reader import read

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed article is not part of the project")


@pytest.fixture(scope="module")
def gold() -> dict:
    return json.loads((SEED / "seed_gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def article() -> dict:
    return next(iter(load([str(next(SEED.glob("*.txt")))])))


@pytest.fixture(scope="module")
def reading(article) -> dict:
    return read(article)


def overlaps(one: dict, other: dict) -> bool:
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return shared > 0 and shared / max(one["end"] - one["start"], other["end"] - other["start"]) >= 0.4


def test_ancelotti_is_under_pressure_at_real_madrid_and_nobody_else_is_named(reading):
    found = [(c["name"], c["club"], c["stage"], c["risk"], c["direction"]) for c in reading["coaches"]]
    assert found == [("Carlo Ancelotti", "Real Madrid", "pressure", 3, "risk")]


def test_most_of_the_evidence_is_found(reading, gold):
    found = [span for span in gold["evidence"] if any(overlaps(span, row) for row in reading["evidence"])]
    assert len(found) >= 14


def test_evidence_is_the_text_at_its_offsets(reading, article):
    assert all(row["text"] == article[row["field"]][row["start"] : row["end"]] for row in reading["evidence"])


def edge(row: dict) -> tuple:
    club = row["club"] if row["relation"] != "national_team" else None
    return club, row["relation"], row.get("detail")


def test_the_clubs_are_tied_to_him_as_the_text_says(reading, gold):
    expected = {edge(row) for row in gold["relations"]}
    assert len(expected & {edge(row) for row in reading["relations"]}) >= 8


def test_no_national_team_is_a_destination(reading):
    details = {row.get("detail") for row in reading["relations"] if row["relation"] == "national_team"}
    assert details <= {"denied"}


def test_barcelona_is_a_rival_and_no_opponent(reading):
    assert ("Barcelona", "opponent", None) not in {edge(row) for row in reading["relations"]}


def test_the_player_is_no_coach_and_his_mistakes_are_no_evidence(reading, article):
    flop = article["text"].index("si sta rivelando un vero flop")
    assert not [row for row in reading["evidence"] if row["start"] < flop + 20 and row["end"] > flop]


def test_a_qualification_at_risk_is_a_cause_and_no_threat(reading, article):
    start = article["text"].index("rischia seriamente la qualificazione")
    links = [link for coach in reading["coaches"] for link in coach["chain"] if start <= link["start"] < start + 36]
    assert not [link for link in links if link["becomes"] != "none"]
    assert "qualification" in reading["causes"]
