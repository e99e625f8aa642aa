"""The pressure index: its anchors, what moves it and what must not."""

import numpy as np
import pandas as pd
import pytest
from index_cases import DAY, NO_DRAWS, claim, claims_frame, index, later, ledger_of, spell, value

from analysis.index import coach_series, ranking
from analysis.index.ledger import reported_gone
from analysis.index.parameters import Parameters
from analysis.index.placing import left_out
from analysis.index.standing import contributions
from analysis.schema import INDEX, STAGES, check


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
