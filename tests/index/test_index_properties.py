"""The pressure index of any archive: the fast code against the slow, and what holds whatever is written."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_cases import (
    FEW_DRAWS,
    NO_DRAWS,
    archives,
    claim,
    index,
    later,
    ledger_of,
    spell,
)
from index_oracle import oracle_index

from analysis.days import day_number
from analysis.index import coach_series, index_rows, ranking, series_of, update_index
from analysis.schema import INDEX, check

SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(archives(), st.integers(30, 130), st.sets(st.integers(0, 130), min_size=1, max_size=6))
def test_the_index_agrees_with_the_slow_oracle(archive, as_of, days):
    claims, story_of, spells = archive
    days = {later(day) for day in days | {as_of}}
    expected = oracle_index(claims, story_of, spells, FEW_DRAWS, later(as_of), days)
    rows = index(claims, as_of, spells, FEW_DRAWS, story_of)
    rows = rows.rename(columns={"index": "value"})
    found = {(row.coach, row.club, row.date.date()): row for row in rows.itertuples()}
    assert set(found) == set(expected)
    for key, row in ((key, row) for key, row in expected.items() if row):
        got = found[key]
        assert got.value == pytest.approx(row["index"], abs=1e-3), key
        assert got.lower == pytest.approx(row["lower"], abs=1e-3), key
        assert got.upper == pytest.approx(row["upper"], abs=1e-3), key
        assert (got.stories, got.stage) == (row["stories"], row["stage"]), key
        assert got.volume == pytest.approx(row["volume"]), key


@SLOW
@given(archives(), st.integers(0, 120))
def test_nothing_after_the_day_is_used(archive, as_of):
    claims, story_of, spells = archive
    whole = index(claims, 130, spells, FEW_DRAWS, story_of)
    then = index(claims, as_of, spells, FEW_DRAWS, story_of)
    past = whole[whole["date"].dt.date <= later(as_of)]
    named = past[past["coach"].isin(set(then["coach"]))].reset_index(drop=True)
    pd.testing.assert_frame_equal(named, then)
    assert (past.loc[~past["coach"].isin(set(then["coach"])), "index"] == 0).all()


@SLOW
@given(archives(), st.randoms(use_true_random=False))
def test_the_order_of_claims_and_spells_does_not_matter(archive, random):
    claims, story_of, spells = archive
    shuffled = random.sample(claims, len(claims)), random.sample(spells, len(spells))
    one = index(claims, 130, spells, FEW_DRAWS, story_of)
    other = index(shuffled[0], 130, shuffled[1], FEW_DRAWS, story_of)
    # Two claims of one story, day and weight may swap places; they weigh the same.
    pd.testing.assert_frame_equal(one, other)


@SLOW
@given(archives())
def test_coaches_are_independent_of_each_other(archive):
    claims, story_of, spells = archive
    ledger = ledger_of(claims, 130, spells, FEW_DRAWS, story_of)
    coaches = sorted(set(ledger.spells["coach"]))
    each = [coach_series(ledger, coach) for coach in coaches]
    for one, (coach, of_several) in zip(each, series_of(ledger, [*coaches, "Nobody"]).items(), strict=False):
        assert (of_several["coach"] == coach).all()
        pd.testing.assert_frame_equal(one, of_several)
    whole = index(claims, 130, spells, FEW_DRAWS, story_of)
    pd.testing.assert_frame_equal(pd.concat([whole.head(0), *each], ignore_index=True), whole)


@pytest.mark.parametrize("day", range(6))
def test_the_ranking_sees_votes_of_confidence_as_the_series_does(day):
    claims = [claim("pressure"), claim("ultimatum", 1, "B"), claim("pressure", 2), claim("reassured", 2, official=True),
              claim("speculation", 3, "C"), claim("renewed", 4, "B"), claim("pressure", 4, "D")]  # fmt: skip
    ledger = ledger_of(claims, 5)
    series = coach_series(ledger, "Ancelotti", since=later(day), as_of=later(day))
    pd.testing.assert_frame_equal(ranking(ledger, later(day)), series, check_exact=False, rtol=1e-4)


@SLOW
@given(archives(), st.integers(0, 130))
def test_the_ranking_of_a_day_agrees_with_the_series(archive, day):
    claims, story_of, spells = archive
    ledger = ledger_of(claims, 130, spells, FEW_DRAWS, story_of)
    ranked = ranking(ledger, later(day))
    assert ranked["index"].is_monotonic_decreasing
    series = index_rows(ledger, range(len(ledger.spells)))
    named = {coach for coach, first in zip(ledger.spells["coach"], ledger.spells["named"], strict=True)
             if pd.Timestamp(first, unit="D").date() <= later(day)}  # fmt: skip
    expected = series[(series["date"].dt.date == later(day)) & series["coach"].isin(named)].reset_index(drop=True)
    found = ranked.sort_values(["coach", "club"], ignore_index=True)
    pd.testing.assert_frame_equal(found, expected, check_exact=False, atol=0.01, rtol=1e-4)


@SLOW
@given(archives(), st.sampled_from(["speculation", "pressure", "ultimatum", "succession"]), st.integers(0, 120),
       st.sampled_from("ABC"))  # fmt: skip
def test_adding_a_story_of_risk_never_lowers_the_index(archive, stage, day, source):
    claims, story_of, _ = archive
    # In one spell on record: a story may also open a spell, whose match reports then count as volume.
    own = [one | {"coach": "Ancelotti", "club": "Real Madrid"} for one in claims]
    added = claim(stage, day, source, article_id="added", number=99)
    before = index(own, 130, [spell(-9)], NO_DRAWS, story_of)
    after = index([*own, added], 130, [spell(-9)], NO_DRAWS, story_of)
    both = before.merge(after, on=["coach", "club", "date"], suffixes=("", "_after"))
    assert (both["index_after"] >= both["index"] - 1e-9).all()


@SLOW
@given(archives())
def test_a_vote_of_confidence_never_raises_the_index(archive):
    claims, story_of, spells = archive
    told = [one for one in claims if one["stage"] in ("speculation", "pressure", "ultimatum")]
    backing = claim("reassured", 60, "C", article_id="back", number=99, official=True)
    neutral = dict(backing, stage="none", direction="neutral", official=False)
    lower = index([*told, backing], 130, spells, NO_DRAWS, story_of)
    before = index([*told, neutral], 130, spells, NO_DRAWS, story_of)
    both = before.merge(lower, on=["coach", "club", "date"], suffixes=("", "_backed"))
    assert (both["index_backed"] >= 0.4 * both["index"] - 1e-9).all()
    day = both[both["date"].dt.date == later(60)]
    assert (day["index_backed"] <= day["index"] + 0.5).all()


@SLOW
@given(archives(), st.integers(0, 130))
def test_the_index_and_its_interval_stay_within_their_bounds(archive, as_of):
    claims, story_of, spells = archive
    rows = check(index(claims, as_of, spells, FEW_DRAWS, story_of), INDEX)
    assert ((rows["lower"] >= 0) & (rows["lower"] <= rows["index"]) & (rows["index"] <= rows["upper"])).all()
    assert (rows["upper"] < 100).all() and not rows.duplicated(["date", "coach", "club"]).any()


@SLOW
@given(archives(), st.integers(0, 24))
def test_an_update_equals_computing_anew(archive, cut):
    claims, story_of, spells = archive
    known = [one for one in claims if one["published_at"].date() <= later(100) and one["number"] <= cut]
    new = [one for one in claims if one not in known]
    previous = index(known, 100, spells, FEW_DRAWS, story_of)
    ledger = ledger_of(claims, 130, spells, FEW_DRAWS, story_of)
    updated = update_index(previous, ledger, {one["coach"] for one in new})
    pd.testing.assert_frame_equal(updated, index(claims, 130, spells, FEW_DRAWS, story_of))


def test_dropping_the_draws_changes_no_index():
    claims = [claim("pressure"), claim("ultimatum", 3, "B"), claim("reassured", 5, official=True), claim("none", 6)]
    with_draws = ledger_of(claims, 20)
    without = replace(with_draws, parameters=NO_DRAWS)
    one, other = (index_rows(ledger, [0])["index"] for ledger in (with_draws, without))
    pd.testing.assert_series_equal(one, other)


@SLOW
@given(archives(), st.integers(0, 130), st.sampled_from([1, 7]))
def test_the_points_gained_are_those_between_two_days_of_the_series(archive, day, back):
    claims, story_of, spells = archive
    ledger = ledger_of(claims, 130, spells, NO_DRAWS, story_of)
    series = index_rows(ledger, range(len(ledger.spells))).set_index(["coach", "club", "date"])["index"]
    for row in ranking(ledger, later(day), back=(back,)).to_dict("records"):
        then = series.get((row["coach"], row["club"], row["date"] - pd.Timedelta(days=back)))
        spell = ledger.spells[(ledger.spells["coach"] == row["coach"]) & (ledger.spells["club"] == row["club"])]
        is_old = (spell["start"] <= day_number(later(day - back))).to_numpy() & (spell["end"] >= day_number(later(day)))
        assert np.isnan(row[f"change_{back}"]) == (not is_old.any())
        assert not is_old.any() or row[f"change_{back}"] == pytest.approx(row["index"] - then)
