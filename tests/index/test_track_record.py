"""An outlet's record is counted from spells, tells nothing of what is not known yet, and no share of too few."""

import pytest
from index_cases import claim, claims_frame, later, stories_frame

from analysis.index.ledger import build_ledger
from analysis.index.track_record import COLUMNS, LEAST_CLAIMS, track_record


def record(claims, as_of, story_of=None):
    ledger = build_ledger(claims_frame(claims), stories_frame(story_of), (), as_of=later(as_of))
    return track_record(ledger, later(as_of)).set_index("source")


WARNED = [claim("pressure", day, "A") for day in (0, 5, 9)]
LEFT = claim("dismissed", 20, "Club", official=True)


def test_claims_are_counted_by_stage_and_the_lead_runs_from_the_first():
    row = record([*WARNED, claim("speculation", 12, "B"), LEFT], 200).loc["A"]
    assert (row["claims"], row["pressure"], row["judged"], row["followed"], row["median_days"]) == (3, 3, 3, 3, 20)


def test_a_departure_long_after_or_without_an_end_is_none_that_followed():
    late = [*WARNED, *(claim("none", day, "A") for day in (40, 80)), claim("dismissed", 95, "Club", official=True)]
    assert record(late, 300).loc["A", "followed"] == 0
    assert record(WARNED, 300).loc["A", "followed"] == 0


def test_what_is_not_known_yet_is_not_judged():
    row = record([*WARNED, LEFT], 30).loc["A"]
    assert row["judged"] == 0 and row["claims"] == 3


@pytest.mark.parametrize("count", [LEAST_CLAIMS - 1, LEAST_CLAIMS])
def test_few_claims_have_no_share(count):
    row = record([*(claim("pressure", day, "A") for day in range(count)), LEFT], 200).loc["A"]
    assert (row["share"] == 1) if count == LEAST_CLAIMS else row.isna()["share"]


def test_a_story_told_again_by_the_same_outlet_counts_once():
    again = {"pressure-5-A": "pressure-0-A"}
    assert record([*WARNED, LEFT], 200, again).loc["A", "claims"] == 2


def test_no_claim_no_row():
    assert list(record([claim("none")], 100).reset_index().columns) == list(COLUMNS)
