"""Change points and alarms: found on their day, explained by stories, and never known beforehand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_cases import claim, claims_frame, later, stories_frame

from analysis.index import index_rows
from analysis.index.changes import alarms, change_points, cusum, explained, hysteresis
from analysis.index.ledger import build_ledger
from analysis.schema import INDEX

USUAL = (12, 15)


def found(values, drift=12, threshold=15):
    return [(at, since) for at, since, _ in cusum(np.array(values, dtype=float), drift, threshold)]


def series(values, club="Real Madrid", first=0):
    return INDEX.frame(
        [{"date": pd.Timestamp(later(first + day), tz="UTC"), "coach": "Ancelotti", "club": club, "index": value,
          "lower": 0, "upper": 100, "stories": 1, "stage": "pressure"} for day, value in enumerate(values)]
    )  # fmt: skip


def of_claims(claims, as_of=20):
    ledger = build_ledger(claims_frame(claims), stories_frame(), [], None, later(as_of))
    return index_rows(ledger, range(len(ledger.spells))), ledger


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0] * 30, []),
        ([], []),
        ([0, 0, 0, 32, 32], [(3, 3)]),
        ([0, 0, 0, 15, 14, 14, 13, 12, 12, 11], []),
        ([0, 0, 0, 22, 22, 21], [(4, 3)]),
        ([60] * 5, [(0, 0)]),
        ([70] * 10 + [20] * 3, [(0, 0), (10, 10)]),
        ([0, 0, 40, 40, 80, 80], [(2, 2), (4, 4)]),
    ],
)
def test_a_change_is_found_when_it_is_certain(values, expected):
    assert found(values) == expected


def test_the_level_before_is_the_mean_since_the_last_change():
    (_, _, start), (_, _, before) = cusum(np.array([50, 50, 44, 46, 100.0]), *USUAL)
    assert start == 0 and before == pytest.approx((50 + 50 + 44 + 46) / 4)


@settings(deadline=None)
@given(st.lists(st.floats(0, 100), max_size=60), st.integers(0, 60))
def test_changes_and_alarms_of_the_past_stay_when_days_are_added(values, cut):
    assert found(values[:cut]) == [change for change in found(values) if change[0] < cut]
    begun = [first for first, _ in hysteresis(values, 50, 35)]
    assert [first for first, _ in hysteresis(values[:cut], 50, 35)] == [first for first in begun if first < cut]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10, 49, 49], []),
        ([10, 50, 45, 36, 50], [(1, 5)]),
        ([50, 34, 50], [(0, 1), (2, 3)]),
        ([50, 35, 34], [(0, 2)]),
        ([], []),
    ],
)
def test_an_alarm_lasts_until_the_index_is_well_below(values, expected):
    assert list(hysteresis(values, 50, 35)) == expected


def test_alarms_tell_their_day_peak_stage_and_end():
    rows = alarms(series([10, 55, 70, 30, 20]))
    row = rows.iloc[0]
    assert len(rows) == 1 and row["date"].date() == later(1) and row["cleared"].date() == later(3)
    assert (row["index"], row["peak"], row["stage"]) == (55, 70, "pressure") and row["ended"].date() == later(2)


def test_an_alarm_is_open_while_it_lasts_and_ends_with_the_spell():
    rows = alarms(pd.concat([series([60, 70]), series([60], "Brazil", 2)]))
    assert list(rows["club"]) == ["Real Madrid", "Brazil"] and rows["cleared"].isna().all()
    assert [day.date() for day in rows["ended"]] == [later(1), later(2)]


def test_spells_at_one_club_with_a_gap_between_are_apart():
    rows = change_points(pd.concat([series([60, 60]), series([60], first=9)]))
    assert [day.date() for day in rows["date"]] == [later(0), later(9)]


def test_without_rows_there_is_no_change_and_no_alarm():
    assert change_points(INDEX.empty()).empty and alarms(INDEX.empty()).empty
    assert str(alarms(INDEX.empty())["date"].dtype) == "datetime64[ns, UTC]"


def test_a_rise_is_explained_by_the_stories_that_caused_it():
    rows, ledger = of_claims([claim("speculation", -20), claim("none"), claim("ultimatum", 5, "B")])
    change = explained(change_points(rows), ledger).iloc[0]
    assert change["direction"] == "rise" and change["article_ids"] == ("ultimatum-5-B",)
    assert change["date"].date() == later(5)


def test_a_fall_is_explained_by_the_backing_or_by_nothing():
    crisis = [claim("ultimatum"), claim("pressure", source="B")]
    backed, ledger = of_claims([*crisis, claim("reassured", 3, official=True)], 4)
    fall = explained(change_points(backed), ledger).iloc[-1]
    assert fall["direction"] == "fall" and fall["article_ids"] == ("reassured-3-A",)
    faded, ledger = of_claims(crisis, 40)
    assert set(explained(change_points(faded), ledger).iloc[1:]["article_ids"]) == {()}


def test_an_alarm_is_explained_by_the_weightiest_stories_of_its_day():
    rows, ledger = of_claims([claim("pressure", day, source) for day, source in enumerate("ABCDE")])
    raised = explained(alarms(rows), ledger, count=2)
    assert list(raised["article_ids"]) == [("pressure-3-D", "pressure-2-C")]


def test_no_events_need_no_explanation():
    _, ledger = of_claims([claim("none")])
    assert list(explained(change_points(INDEX.empty()), ledger)["article_ids"]) == []
