"""The pressure index: its anchors, what moves it and what must not, and the fast code against the slow."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_cases import DAY, archives, claim, claims_frame, later, spell, stories_frame
from index_oracle import oracle_index

from analysis.days import day_number
from analysis.index import coach_series, index_rows, pressure_index, ranking, update_index
from analysis.ledger import build_ledger, reported_gone
from analysis.parameters import Parameters
from analysis.placing import left_out
from analysis.schema import INDEX, STAGES, check
from analysis.standing import contributions

FEW_DRAWS = Parameters(draws=9)
NO_DRAWS = Parameters(draws=0)
SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def index(claims, as_of=0, spells=(), parameters=None, story_of=None):
    """Rows of the index up to `as_of` days after 6 December 2024."""
    return pressure_index(claims_frame(claims), stories_frame(story_of), spells, parameters, later(as_of))


def value(claims, as_of=0, **other):
    """The index on the last day."""
    return float(index(claims, as_of, **other)["index"].iloc[-1])


def ledger_of(claims, as_of=0, spells=(), parameters=None, story_of=None):
    return build_ledger(claims_frame(claims), stories_frame(story_of), spells, parameters, later(as_of))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim("speculation")], 15),
        ([claim("speculation", risk=2)], 17),
        ([claim("pressure", source=source) for source in "ABC"], 50),
        ([claim("pressure", source=source, risk=2) for source in "ABC"], 47),
        ([claim("ultimatum")], 70),
        ([claim("succession", risk=3)], 80),
        ([claim("succession", risk=4)], 90),
        ([claim("dismissed")], 80),
        ([claim("dismissed", official=True)], 90),
    ],
)
def test_the_anchors_of_the_scale_hold(claims, expected):
    assert value(claims) == pytest.approx(expected, abs=1)


def test_a_coach_of_whom_only_matches_are_told_reads_zero():
    row = index([claim("none")]).iloc[-1]
    assert row["index"] == 0 and row["lower"] == 0 and 0 < row["upper"] < 10 and row["stage"] == "none"


def test_rumours_alone_never_read_as_pressure_nor_pressure_as_an_ultimatum():
    rumours = [claim("speculation", source=f"S{number}") for number in range(200)]
    pressed = [claim("pressure", source=f"S{number}") for number in range(200)]
    assert value(rumours) < value([claim("pressure", source=source) for source in "ABC"])
    assert value(pressed) < value([claim("ultimatum")])


def test_repeats_of_a_story_add_nothing_on_any_day():
    first = claim("pressure")
    repeats = [claim("pressure", day, source) for day, source in [(0, "B"), (1, "C"), (3, "D")]]
    story_of = {repeat["article_id"]: first["article_id"] for repeat in repeats}
    pd.testing.assert_frame_equal(index([first], 5), index([first, *repeats], 5, story_of=story_of))


def test_a_second_story_of_the_same_source_counts_less_than_one_of_another():
    alone = value([claim("pressure")])
    same = value([claim("pressure"), claim("pressure", article_id="more")])
    other = value([claim("pressure"), claim("pressure", source="B")])
    assert alone < same < other


def test_articles_without_a_source_count_as_one_source():
    nameless = [claim("pressure", source="", article_id=f"x{number}") for number in range(3)]
    assert value(nameless) < value([claim("pressure", source=source) for source in "ABC"])


def test_a_story_counts_half_after_the_half_life():
    rows = index([claim("speculation")], 7)
    left = 0.3 / 1.3 * 40
    assert rows["index"].iloc[-1] == pytest.approx(left)
    assert rows["index"].is_monotonic_decreasing


@pytest.mark.parametrize(("confidence", "same"), [(0.75, True), (0.9, True), (0.5, False), (0.1, False)])
def test_only_unsure_readings_weigh_less(confidence, same):
    assert (value([claim("pressure", confidence=confidence)]) == value([claim("pressure")])) is same


def test_a_clubs_backing_leaves_four_tenths_and_never_nothing():
    crisis = [claim("ultimatum"), claim("pressure", source="B")]
    backed = value([*crisis, claim("reassured", 1, official=True)], 1)
    assert backed == pytest.approx(0.4 * value(crisis, 1))


def test_backing_again_and_again_leaves_as_much_as_backing_once():
    crisis = [claim("ultimatum"), claim("reassured", 1, official=True)]
    again = [claim("reassured", day, "BCDEF"[day], official=True) for day in (1, 2)]
    assert value([*crisis, *again], 2) == pytest.approx(value(crisis, 2))


def test_conditional_backing_lowers_less_and_a_renewal_more():
    crisis = [claim("ultimatum")]
    guarded = value([*crisis, claim("reassured", 1, risk=2, official=True)], 1)
    backed = value([*crisis, claim("reassured", 1, official=True)], 1)
    renewed = value([*crisis, claim("renewed", 1, official=True)], 1)
    assert value(crisis, 1) > guarded > backed > renewed > 0


def test_what_is_told_after_a_backing_counts_in_full():
    backed = [claim("speculation"), claim("reassured", 1, official=True)]
    assert value([*backed, claim("ultimatum", 2)], 2) >= value([claim("ultimatum", 2)], 2)


def test_what_a_source_told_on_the_day_of_a_backing_does_not_lessen_what_it_tells_next():
    backed = [claim("pressure"), claim("reassured", official=True)]
    assert value([*backed, claim("pressure", 1)], 1) >= value([claim("pressure", 1)], 1)


def test_the_effect_of_a_backing_fades():
    crisis, backing = [claim("ultimatum")], [claim("reassured", 1, official=True)]
    effects = [value(crisis, day) - value(crisis + backing, day) for day in (1, 8, 15, 48)]
    assert effects == sorted(effects, reverse=True) and effects[-1] < 2


def test_much_written_dampens_rumour_and_pressure_but_not_acts():
    noise = [claim("none", day, article_id=f"n{day}-{number}") for day in range(20) for number in range(5)]
    for stage, dampened in [("speculation", True), ("pressure", True), ("ultimatum", False), ("succession", False)]:
        told = claim(stage, 19)
        assert (value([*noise, told], 19) < value([told], 19) - 1) is dampened, stage


def test_noise_alone_is_no_signal():
    assert value([claim("none", article_id=f"n{number}", source=f"S{number}") for number in range(50)]) == 0


def test_volume_is_shown_in_neutral_stories_a_week():
    daily = [claim("none", day, article_id=f"n{day}") for day in range(365)]
    assert index(daily, 364)["volume"].iloc[-1] == pytest.approx(7, rel=0.01)


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "none"])
def test_the_stage_shown_is_that_of_the_last_seven_days(stage):
    rows = index([claim("none", article_id="x"), claim(stage)], 8)
    assert list(rows["stage"].iloc[:7]) == [stage] * 7 and rows["stage"].iloc[7] == "none"


@pytest.mark.parametrize(
    ("claims", "stage"),
    [
        ([claim("ultimatum"), claim("pressure", 1)], "ultimatum"),
        ([claim("ultimatum"), claim("reassured", 1)], "ultimatum"),
        ([claim("ultimatum"), claim("reassured", 1, official=True)], "reassured"),
        ([claim("ultimatum", 1), claim("reassured", 1, official=True)], "reassured"),
        ([claim("reassured", official=True), claim("pressure", 1)], "pressure"),
        ([claim("dismissed"), claim("reassured", 1, official=True)], "reassured"),
        ([claim("dismissed"), claim("succession", 1)], "dismissed"),
        ([claim("ultimatum", -3, date_precision="month"), claim("speculation")], "speculation"),
    ],
)
def test_the_stage_follows_precedence_and_a_later_statement(claims, stage):
    assert index(claims, 1)["stage"].iloc[-1] == stage


def test_stories_count_those_of_the_last_seven_days_once():
    claims = [claim("pressure"), claim("pressure", 1, "B"), claim("none", 2), claim("none", 2, "B")]
    rows = index(claims, 9, story_of={claims[1]["article_id"]: claims[0]["article_id"]})
    assert list(rows["stories"]) == [1, 1, 3, 3, 3, 3, 3, 2, 2, 0]


def test_an_official_departure_ends_the_rows_on_its_day():
    rows = index([claim("ultimatum"), claim("dismissed", 2, official=True), claim("none", 3)], 10)
    assert rows["date"].max().date() == later(2) and rows["stage"].iloc[-1] == "dismissed"
    assert rows["index"].iloc[-1] > 85


def test_one_mistaken_word_closes_nothing_and_is_listed():
    claims = [claim("ultimatum"), claim("dismissed", 2, "B")]
    ledger = ledger_of(claims, 10)
    assert coach_series(ledger, "Ancelotti")["date"].max().date() == later(10)
    gone = reported_gone(ledger, later(10))
    assert list(gone["source"]) == ["B"] and list(gone["club"]) == ["Real Madrid"]


def test_nobody_is_reported_gone_whose_departure_is_confirmed_or_long_past():
    confirmed = ledger_of([claim("dismissed"), claim("dismissed", 1, "B")], 1)
    assert reported_gone(confirmed, later(0))["source"].tolist() == ["A"]
    assert reported_gone(confirmed, later(1)).empty
    assert reported_gone(ledger_of([claim("dismissed"), claim("none", 20)], 20), later(20)).empty


def test_a_new_spell_starts_from_zero():
    left = [claim("ultimatum"), claim("dismissed", 1, official=True)]
    arrived = claim("none", 5, club="Brazil")
    rows = index([*left, arrived], 6)
    assert list(rows.loc[rows["club"] == "Brazil", "index"]) == [0, 0]


def test_every_day_of_a_recorded_spell_inside_the_archive_has_a_row():
    rows = index([claim("none", -3, coach="Conte", club="Napoli"), claim("none", 4)], 9, [spell(-100, 7)])
    own = rows[rows["coach"] == "Ancelotti"]
    assert [day.date() for day in own["date"]] == [later(day) for day in range(-3, 8)]
    assert own["stories"].min() == 0


def test_a_month_is_placed_on_its_last_day_at_half_weight():
    rows = index([claim("reassured"), claim("speculation", date_precision="month")], 25)
    before, on = rows[rows["date"].dt.day < 31], rows[rows["date"].dt.day == 31]
    assert (before["index"] == 0).all()
    assert on["index"].item() == pytest.approx(40 * 0.3 / 1.3)


def test_what_has_no_day_and_no_month_is_left_out_and_counted():
    claims = [claim("pressure", date_precision="year"), claim("pressure", date_precision="none", source="B"),
              claim("pressure", date_precision="none", source="C", published_at=pd.NaT)]  # fmt: skip
    assert index(claims).empty
    assert left_out(claims_frame([*claims, claim("none")])) == {"year": 1, "none": 2}


def test_sources_can_be_given_weights():
    halved = Parameters(source_weights=(("A", 0.5),))
    assert value([claim("speculation")], parameters=halved) == pytest.approx(40 * 0.3 / 1.3)
    assert value([claim("speculation", source="B")], parameters=halved) == pytest.approx(15)


def test_an_empty_archive_gives_an_empty_index():
    rows = index([])
    assert rows.empty and check(rows, INDEX)["index"].dtype == "float64"
    assert ranking(ledger_of([]), DAY).empty and coach_series(ledger_of([]), "Ancelotti").empty


def test_a_day_outside_the_archive_has_no_ranking():
    ledger = ledger_of([claim("pressure")], 3)
    assert ranking(ledger, later(-1)).empty and ranking(ledger, later(4)).empty


def test_the_interval_narrows_with_stories_and_is_left_out_without_draws():
    one, many = (index([claim("pressure", source=f"S{i}") for i in range(count)]).iloc[-1] for count in (1, 30))
    assert one["upper"] - one["lower"] > 2 * (many["upper"] - many["lower"])
    bare = index([claim("pressure")], parameters=NO_DRAWS).iloc[-1]
    assert np.isnan(bare["lower"]) and np.isnan(bare["upper"]) and bare["index"] > 30


def test_the_interval_is_fixed_by_its_seed():
    claims = [claim("pressure", -day, source) for day, source in enumerate("ABCDE")]
    assert index(claims)["lower"].equals(index(claims)["lower"])
    assert not index(claims)["lower"].equals(index(claims, parameters=Parameters(seed=1))["lower"])


def test_contributions_name_the_stories_behind_a_day_by_weight():
    claims = [claim("speculation"), claim("ultimatum", 1, "B"), claim("ultimatum", 9, "C"), claim("none", 1)]
    behind = contributions(ledger_of(claims, 20), "Ancelotti", later(2))
    assert list(behind["article_id"]) == ["ultimatum-1-B", "speculation-0-A"]
    assert behind["points"].is_monotonic_decreasing and (behind["points"] > 0).all()
    assert list(contributions(ledger_of(claims, 20), "Ancelotti", later(2), since=later(1))["source"]) == ["B"]


def test_points_of_a_story_are_what_the_index_loses_without_it():
    claims = [claim("pressure"), claim("ultimatum", 1, "B"), claim("reassured", 2, official=True), claim("pressure", 3)]
    behind = contributions(ledger_of(claims, 4), "Ancelotti", later(4)).set_index("article_id")["points"]
    without = value([one for one in claims if one["article_id"] != "ultimatum-1-B"], 4)
    assert behind["ultimatum-1-B"] == pytest.approx(value(claims, 4) - without)


def test_of_an_unknown_coach_nothing_is_said():
    assert contributions(ledger_of([claim("pressure")]), "Nobody", DAY).empty


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
    each = [coach_series(ledger, coach) for coach in sorted(set(ledger.spells["coach"]))]
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
