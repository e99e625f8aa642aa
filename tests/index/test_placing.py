"""Which club a claim speaks of, and which claims are about a job he surely does not have."""

import numpy as np
import pandas as pd
import pytest
from index_cases import claim, claims_frame, later, spell, stories_frame

from analysis.days import day_number, day_numbers, month_ends, timestamps
from analysis.index.ledger import build_ledger
from analysis.index.placing import hashes


def spells_of(claims, spells=(), as_of=200):
    ledger = build_ledger(claims_frame(claims), stories_frame(), spells, None, later(as_of))
    return {(row.club, row.start - day_number(later(0)), row.ended_by) for row in ledger.spells.itertuples()}, ledger


def test_a_claim_without_a_club_speaks_of_the_recorded_one():
    _, ledger = spells_of([claim("pressure", club="")], [spell(-50)])
    assert ledger.spells["club"].tolist() == ["Real Madrid"] and len(ledger.votes.day) == 1


def test_of_several_recorded_clubs_the_one_of_the_day_is_taken():
    record = [spell(-50, club="Milan"), spell(-300, -100, club="Roma")]
    _, ledger = spells_of([claim("none", -120, club=""), claim("pressure", club="")], record)
    assert ledger.spells["club"].iloc[ledger.votes.spell].tolist() == ["Milan"]


def test_a_claim_without_a_club_speaks_of_the_one_last_named():
    _, ledger = spells_of([claim("none", club="Milan"), claim("pressure", 9, club="")])
    assert ledger.spells["club"].tolist() == ["Milan"] and len(ledger.votes.day) == 1


def test_of_two_clubs_named_on_one_day_the_first_by_name_is_assumed():
    claims = [claim("none", club="Milan"), claim("none", source="B", club="Chelsea"), claim("ultimatum", 1, club="")]
    _, ledger = spells_of(claims)
    assert ledger.spells["club"].iloc[ledger.votes.spell].tolist() == ["Chelsea"]


def test_a_club_named_long_ago_is_not_assumed():
    found, _ = spells_of([claim("none", club="Milan"), claim("pressure", 61, club="")])
    assert {club for club, _, _ in found} == {"Milan", ""}


def test_a_coach_without_any_club_has_a_spell_only_where_danger_is_told():
    assert spells_of([claim("none", club="")])[0] == set()
    assert spells_of([claim("ultimatum", club="")])[0] == {("", 0, "silence")}


def test_a_claim_about_another_club_than_the_recorded_is_left_out():
    found, ledger = spells_of([claim("dismissed", club="Chelsea", official=True), claim("none", 1)], [spell(-50)])
    assert {club for club, _, _ in found} == {"Real Madrid"} and not len(ledger.votes.day)


@pytest.mark.parametrize("day", [-60, 30, 90])
def test_outside_what_the_record_surely_knows_the_article_wins(day):
    told = [claim("none", day, source, club="Chelsea") for source in "AB"]
    assert "Chelsea" in {club for club, _, _ in spells_of(told, [spell(-50, 20)])[0]}


def test_one_story_opens_no_spell_for_a_coach_whom_the_record_knows():
    record = [spell(-50, 20)]
    once, again = claim("none", 30, club="Chelsea"), claim("pressure", 33, "B", club="Chelsea")
    assert "Chelsea" not in {club for club, _, _ in spells_of([once], record)[0]}
    assert ("Chelsea", 33, "silence") in spells_of([once, again], record)[0]


def test_a_coach_of_a_club_and_a_national_team_keeps_both():
    claims = [claim("pressure", club="Austria"), claim("pressure", 1, "B", club="Leipzig")]
    spells = [spell(-50, club="Austria"), spell(-20, club="Leipzig")]
    found, ledger = spells_of(claims, spells)
    assert {club for club, _, _ in found} == {"Austria", "Leipzig"} and len(ledger.votes.day) == 2


def test_spells_of_coaches_never_named_are_left_out():
    assert spells_of([claim("none")], [spell(-50, coach="Conte", club="Napoli")])[1].spells_of("Conte").size == 0


def test_hashes_are_the_same_in_every_order_and_zero_for_nothing():
    one, other = hashes(np.array(["a", "", "b", "a"])), hashes(np.array(["b", "a"]))
    assert list(one) == [other[1], 0, other[0], other[1]] and other[0] != other[1]
    assert hashes(np.array([], dtype=object)).size == 0


@pytest.mark.parametrize("day", ["2024-12-06", later(0), pd.Timestamp("2024-12-06 23:59", tz="UTC"),
                                 pd.Timestamp("2024-12-07 00:30", tz="Europe/Rome")])  # fmt: skip
def test_days_are_counted_in_utc(day):
    assert day_number(day) == 20063
    assert timestamps([20063])[0] == pd.Timestamp("2024-12-06", tz="UTC")


def test_no_day_is_an_error():
    with pytest.raises(ValueError, match="expected one as 2024-12-06"):
        day_number(pd.NaT)


@pytest.mark.parametrize(("month", "last"), [("2024-02-01", 29), ("2025-02-11", 28), ("2024-12-31", 31)])
def test_a_month_ends_on_its_last_day(month, last):
    number = day_numbers(pd.Series([pd.Timestamp(month, tz="UTC")]))
    assert timestamps(month_ends(number))[0].day == last
