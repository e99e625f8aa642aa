"""An alert comes once, stays raised while it holds, and comes again only after it was over."""

import pandas as pd
import pytest

from analysis.alerts.rules import Rule
from analysis.alerts.watch import look, recent_destinations

HOT = Rule("hot", "index_over", over=60, clear=45)
RISE = Rule("rise", "risen_by", points=20, days=2)
STAGE = Rule("stage", "stage", stages=("ultimatum", "dismissed"))
NEXT = Rule("next", "destination")


class DiaryBook:
    """A book of one invented coach whose index and stage are given day by day from day 100 on; None is no post."""

    def __init__(self, diary: list, last: int, destinations: list[tuple[int, str]] = ()):
        self._diary, self.last = diary, last
        rows = [(day, "Brenta", club) for day, club in sorted(destinations) if day <= last]
        self.destinations = pd.DataFrame(rows, columns=["day", "coach", "club"])

    def seats(self, day: int) -> pd.DataFrame:
        value = self._diary[day - 100] if 100 <= day < 100 + len(self._diary) else None
        index, stage = (value, "pressure") if isinstance(value, int | float) else (50, value)
        rows = [] if value is None else [("Brenta", "Milan", float(index), stage)]
        return pd.DataFrame(rows, columns=["coach", "club", "index", "stage"])

    def seats_with_change(self, day: int, days: int) -> pd.DataFrame:
        now, then = self.seats(day), self.seats(day - days)
        gained = now["index"] - then["index"].iloc[0] if len(then) else float("nan")
        return now.assign(**{f"change_{days}": gained})

    def club_of(self, coach: str, day: int) -> str:
        return "Milan" if len(self.seats(day)) else ""


def told(rule: Rule, diary: list, runs: list[int] | None = None, **more) -> list[tuple[int, int]]:
    """Day of run and day of alert of everything told, where the book is looked at on each day (or those of `runs`)."""
    raised, found, before = {}, [], None
    for last in runs or range(100, 100 + len(diary)):
        back = 3 if before is None else max(3, last - before + 1)
        new, raised = look([rule], DiaryBook(diary, last, **more), raised, back)
        found += [(last, one.day) for one in new]
        before = last
    return found


@pytest.mark.parametrize(
    ("diary", "days"),
    [
        ([10, 59, 60, 61, 59, 61, 50, 60, 46, 62], [102]),
        ([10, 61, 44, 61], [101, 103]),
        ([70, 70, 70], [100]),
        ([10, 59, 50, 59], []),
        ([70, None, None, None, 70], [100, 104]),
        ([46, 47, 48, 49, 50, 55, 60], [106]),
    ],
)
def test_an_index_rule_does_not_flap_between_its_two_lines(diary, days):
    assert [day for _, day in told(HOT, diary)] == days


def test_looking_ten_times_a_day_tells_once():
    assert told(HOT, [70] * 3, runs=[100] * 10) == [(100, 100)]


def test_an_index_that_goes_down_and_up_on_one_day_as_articles_come_is_told_once():
    raised: dict = {}
    counts = []
    for value in (70, 30, 70, 30, 70):
        new, raised = look([HOT], DiaryBook([10, value], 101), raised)
        counts.append(len(new))
    assert counts == [1, 0, 0, 0, 0]


def test_what_late_articles_move_to_the_day_before_is_not_told_again():
    new, raised = look([HOT], DiaryBook([10, 10, 70], 102), {})
    assert [one.day for one in new] == [102]
    assert look([HOT], DiaryBook([10, 70, 70], 102), raised)[0] == []


@pytest.mark.parametrize(
    ("diary", "days"),
    [
        ([10, 10, 30, 35, 36, 36, 36], [102]),
        ([10, 10, 30, 30, 30, 30, 55, 55], [102, 106]),
        ([10, 15, 20, 25], []),
        ([None, 50, 50, 50], []),
    ],
)
def test_a_rise_is_told_once_until_half_of_it_is_over(diary, days):
    assert [day for _, day in told(RISE, diary)] == days


@pytest.mark.parametrize(
    ("diary", "days"),
    [
        (["none", "ultimatum", "ultimatum", "dismissed"], [101]),
        (["none", "ultimatum", "reassured", "ultimatum"], [101, 103]),
        (["none", "pressure"], []),
    ],
)
def test_a_stage_is_told_when_it_is_reached(diary, days):
    assert [day for _, day in told(STAGE, diary)] == days


def test_a_departure_of_yesterday_that_is_met_today_is_told_though_the_coach_has_no_post_any_more():
    _, raised = look([STAGE], DiaryBook(["none", "none"], 101), {})
    new, _ = look([STAGE], DiaryBook(["none", "dismissed", None], 102), raised)
    assert [one.day for one in new] == [101]


def test_days_on_which_nobody_looked_are_looked_at_by_the_next_run():
    assert told(HOT, [10, 10, 70, 10, 10, 10, 10, 10], runs=[100, 107]) == [(107, 102)]


@pytest.mark.parametrize(
    ("named", "days"),
    [
        ([110], [110]),
        ([110, 112, 120, 138], [110]),
        ([110, 141], [110, 141]),
        ([110, 140], [110]),
        ([], []),
    ],
)
def test_a_destination_is_told_again_only_after_a_month_of_silence(named, days):
    book = [(day, "Roma") for day in named]
    assert [day for _, day in told(NEXT, [50] * 50, destinations=book)] == days


def test_only_the_destinations_a_rule_names_count():
    only = Rule("next", "destination", destinations=("Inter",))
    both = [(105, "Roma"), (106, "Inter")]
    found, _ = look([only], DiaryBook([50] * 20, 107, both), {})
    assert [(one.coach, one.about) for one in found] == [("Brenta", "Inter")]


def test_a_coach_who_moves_is_not_told_again_for_the_club_he_was_named_for():
    assert len(told(NEXT, [50, 50, None, None, 50, 50], destinations=[(101, "Roma")])) == 1


def test_a_rule_about_others_says_nothing():
    other = Rule("hot", "index_over", over=60, clear=45, coaches=("Somebody Else",))
    assert told(other, [70, 70]) == []


def test_new_destinations_are_those_first_named_in_the_period():
    book = DiaryBook([50] * 60, 150, [(120, "Roma"), (149, "Roma"), (148, "Inter"), (149, "Inter")])
    assert list(recent_destinations(book, 7)["day"]) == [148]
