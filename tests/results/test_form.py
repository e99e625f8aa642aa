"""A club's form: last matches, points a game, the next fixture, and nothing from the future."""

import pandas as pd
import pytest

from analysis.results.form import last_matches, matches_of, next_fixture, points_per_game
from analysis.schema import RESULTS


def match(day, home, away, goals=None, note="", competition="La Liga"):
    home_goals, away_goals = goals or (None, None)
    return {"date": pd.Timestamp(f"2024-12-{day:02}", tz="UTC"), "competition": competition, "home": home, "away": away,
            "home_goals": home_goals, "away_goals": away_goals, "note": note}  # fmt: skip


SEASON = RESULTS.frame([
    match(14, "Rayo", "Real Madrid", (3, 3)),
    match(1, "Real Madrid", "Getafe", (2, 0)),
    match(4, "Athletic Club", "Real Madrid", (2, 1)),
    match(7, "Girona", "Real Madrid", (0, 3)),
    match(7, "Barcelona", "Getafe", (1, 0)),
    match(18, "Pachuca", "Real Madrid", (0, 3), "neutral ground", "Intercontinental Cup"),
    match(22, "Real Madrid", "Sevilla"),
    match(20, "Real Madrid", "Valencia", note="postponed"),
])  # fmt: skip


def test_matches_are_told_from_the_clubs_side_by_date():
    rows = matches_of(SEASON, "Real Madrid", "2024-12-18")
    assert list(rows["outcome"]) == ["win", "defeat", "win", "draw", "win"]
    assert list(rows["venue"]) == ["home", "away", "away", "away", "neutral"]
    assert list(rows["opponent"])[:2] == ["Getafe", "Athletic Club"]
    assert list(rows["scored"]) == [2, 1, 3, 3, 3] and list(rows["conceded"]) == [0, 2, 0, 3, 0]


def test_no_match_after_the_day_nor_before_the_spell_is_told():
    assert list(matches_of(SEASON, "Real Madrid", "2024-12-06")["opponent"]) == ["Getafe", "Athletic Club"]
    assert list(matches_of(SEASON, "Real Madrid", "2024-12-06", since="2024-12-02")["opponent"]) == ["Athletic Club"]


def test_the_last_matches_are_the_latest_in_order():
    assert list(last_matches(SEASON, "Real Madrid", "2024-12-18", count=2)["opponent"]) == ["Rayo", "Pachuca"]


def test_points_a_game_count_three_one_and_none():
    assert points_per_game(SEASON, "Real Madrid", "2024-12-14") == pytest.approx((3 + 0 + 3 + 1) / 4)
    assert points_per_game(SEASON, "Milan", "2024-12-14") is None


@pytest.mark.parametrize(
    ("day", "opponent"),
    [("2024-12-06", "Girona"), ("2024-12-07", "Rayo"), ("2024-12-18", "Sevilla"), ("2024-12-22", None)],
)
def test_the_next_fixture_is_the_first_after_the_day(day, opponent):
    fixture = next_fixture(SEASON, "Real Madrid", day)
    assert (fixture and fixture["opponent"]) == opponent


def test_a_match_played_since_is_told_only_a_week_ahead():
    assert next_fixture(SEASON, "Barcelona", "2024-11-29") is None
    assert next_fixture(SEASON, "Barcelona", "2024-11-30")["opponent"] == "Getafe"


def test_a_fixture_tells_no_goals():
    assert set(next_fixture(SEASON, "Real Madrid", "2024-12-06")) == {"date", "competition", "opponent", "venue"}


def test_without_results_there_is_no_form():
    assert matches_of(RESULTS.empty(), "Milan", "2024-12-06").empty
    assert next_fixture(RESULTS.empty(), "Milan", "2024-12-06") is None
