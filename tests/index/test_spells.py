"""When a spell opens and when it ends: the record, the articles, and the rule of departures."""

import pytest

from analysis.index.parameters import Parameters
from analysis.index.spells import Leaving, Open, Signs, confirmation, join_record, open_spells

USUAL = Parameters()
A, B, UNKNOWN = 1, 2, 0


def spells(signs, last=500):
    signs.opening = signs.named
    return list(open_spells(signs, USUAL, last))


def left(day, source=A, story=None, official=False):
    return Leaving(day, source, story if story is not None else 100 * source + day, official)


@pytest.mark.parametrize(
    ("leavings", "expected"),
    [
        ([], None),
        ([left(5)], None),
        ([left(5), left(6), left(7)], None),
        ([left(5, official=True)], (5, "statement")),
        ([left(5), left(6, B)], (6, "sources")),
        ([left(5), left(5, B)], (5, "sources")),
        ([left(5, A, story=1), left(6, B, story=1)], None),
        ([left(5, UNKNOWN), left(6, B)], None),
        ([left(5), left(19, B)], (19, "sources")),
        ([left(5), left(20, B)], None),
        ([left(5), left(6, B), left(6, official=True)], (6, "sources")),
    ],
)
def test_a_departure_is_confirmed_by_a_statement_or_two_independent_sources(leavings, expected):
    assert confirmation(leavings, USUAL) == expected


def test_the_record_opens_and_ends_a_spell():
    assert spells(Signs(recorded=[(10, 40, 40)])) == [Open(10, 40, "record")]


def test_what_the_record_will_say_later_is_not_known_yet():
    assert spells(Signs(recorded=[(10, 40, 40)]), last=30) == [Open(10, 30, "")]


def test_articles_alone_open_a_spell_that_ends_silently():
    assert spells(Signs(named=[10, 30])) == [Open(10, 90, "silence")]


def test_articles_carry_a_running_record_on_beyond_its_trust():
    assert spells(Signs(named=[95], recorded=[(10, None, 100)])) == [Open(10, 155, "silence")]


def test_articles_after_a_silence_open_a_new_spell():
    assert spells(Signs(named=[10, 71])) == [Open(10, 70, "silence"), Open(71, 131, "silence")]


def test_a_departure_outweighs_a_record_not_yet_ended():
    signs = Signs(named=[20], leavings=[left(20, official=True)], recorded=[(10, None, 400)])
    assert spells(signs) == [Open(10, 20, "statement")]


def test_the_record_outweighs_reports_that_nobody_confirmed():
    signs = Signs(named=[20], leavings=[left(20)], recorded=[(10, 40, 40)])
    assert spells(signs) == [Open(10, 40, "record")]


def test_articles_that_still_name_the_old_club_open_no_new_spell():
    signs = Signs(named=[10, 20, 21, 50], leavings=[left(20, official=True)])
    assert spells(signs) == [Open(10, 20, "statement")]


@pytest.mark.parametrize(("quiet", "opened"), [(0, 11), (1, 11), (2, 12)])
def test_a_spell_opens_anew_on_the_day_after_a_departure_at_the_earliest(quiet, opened):
    signs = Signs(named=[10, 11, 12], opening=[10, 11, 12], leavings=[left(10, official=True)])
    found = list(open_spells(signs, Parameters(return_days=quiet), 500))
    assert [(spell.start, spell.ended_by) for spell in found] == [(10, "statement"), (opened, "silence")]


def test_a_coach_may_come_back_after_a_while():
    signs = Signs(named=[10, 20, 80], leavings=[left(20, official=True)])
    assert spells(signs)[1] == Open(80, 140, "silence")


def test_a_club_statement_takes_a_departure_back():
    signs = Signs(named=[10, 20, 22], leavings=[left(20), left(20, B)], backings=[22])
    assert spells(signs) == [Open(10, 20, "sources"), Open(22, 82, "silence")]


def test_a_departure_taken_back_does_not_confirm_the_next():
    signs = Signs(named=[10, 20, 22, 24], leavings=[left(20, official=True), left(24, B)], backings=[22])
    assert spells(signs)[1] == Open(22, 84, "silence")


def test_a_new_record_opens_a_spell_at_the_old_club():
    signs = Signs(named=[20], leavings=[left(20, official=True)], recorded=[(10, 20, 20), (30, 60, 60)])
    assert spells(signs) == [Open(10, 20, "statement"), Open(30, 60, "record")]


def test_articles_from_before_a_spell_do_not_carry_it_on():
    signs = Signs(named=[20], leavings=[left(20, official=True)], recorded=[(30, None, 35)])
    assert spells(signs) == [Open(20, 20, "statement"), Open(30, 35, "silence")]


def test_the_first_articles_and_the_record_they_lead_to_are_one_spell():
    assert spells(Signs(named=[5, 7], recorded=[(10, 40, 40)])) == [Open(5, 40, "record")]


def test_without_signs_there_is_no_spell():
    assert spells(Signs()) == [] and spells(Signs(backings=[3])) == []


@pytest.mark.parametrize(
    ("recorded", "joined"),
    [
        ([(1, 5, 5), (6, 9, 9)], [(1, 9, 9)]),
        ([(1, 5, 5), (5, None, 90)], [(1, None, 90)]),
        ([(1, 5, 5), (7, 9, 9)], [(1, 5, 5), (7, 9, 9)]),
        ([], []),
    ],
)
def test_an_interim_spell_made_permanent_is_one(recorded, joined):
    assert join_record(recorded) == joined
