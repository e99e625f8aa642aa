"""What each rule finds in the book, and which of it is new. Nothing here is sent, kept or timed.

An alert comes once and stays raised until what it asked no longer holds: for the index until it falls below the lower
line (hysteresis), for a rise until half of it is gone, for a stage until another is shown, for a destination until
nobody has named it for a month. A few days are looked back on, for articles come late and a scheduler may rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.alerts.book import Book
from analysis.alerts.rules import Rule

LOOK_BACK = 3
"""Days up to today on which something may still be new: newspapers of the weekend are met on Monday."""
MOST_BACK = 14
"""Days looked back on where the last run is that long ago."""
DESTINATION_BACK = 7
DESTINATION_SILENT = 30
"""Days without a word after which a club named again is news again."""
MEMORY = 60
"""Days that something no longer raised is remembered, longer than is ever looked back."""
_HALF = 0.5


@dataclass(frozen=True)
class Sighting:
    """What a rule asks, met by one coach: `days` (numbers) on which, and whether it is `over` on the last day."""

    coach: str
    club: str
    about: str
    days: tuple[int, ...]
    is_over: bool


@dataclass(frozen=True)
class Found:
    """Something new: what rule, of whom, which destination ("" for other kinds), and since what day."""

    rule: Rule
    coach: str
    club: str
    about: str
    day: int


Raised = dict[str, dict[str, int | bool]]
"""By subject (`subject`): `until`, the last day on which it was seen, and whether it is still `open`."""


def subject(rule: Rule, sighting: Sighting) -> str:
    """The name under which an alert stays raised."""
    return "\n".join((rule.name, sighting.coach, sighting.club, sighting.about))


def look(rules: Iterable[Rule], book: Book, raised: Raised, back: int = LOOK_BACK) -> tuple[list[Found], Raised]:
    """What is new in the last `back` days of `book` beside what is `raised`; and what is raised after it."""
    found: list[Found] = []
    after: Raised = {}
    for rule in rules:
        closed = {name: {**state, "open": False} for name, state in raised.items() if name.startswith(f"{rule.name}\n")}
        after |= {name: state for name, state in closed.items() if book.last - state["until"] <= MEMORY}
        for sighting in sightings(rule, book, back):
            name = subject(rule, sighting)
            day, state = _judged(sighting, raised.get(name), book.last)
            if day is not None:
                found.append(Found(rule, sighting.coach, sighting.club, sighting.about, day))
            after |= {name: state} if state else {}
    return sorted(found, key=lambda one: (one.day, one.rule.name, one.coach, one.about)), after


def _judged(sighting: Sighting, state: dict | None, last: int) -> tuple[int | None, dict | None]:
    """The day on which a sighting is new, None where it is not; and its state after that (None: it never was)."""
    was_open = bool(state and state["open"])
    covered = last if was_open else state["until"] if state else -1
    new = [day for day in sighting.days if day > covered]
    if not (was_open or new):
        return None, state
    # One that ends today is covered up to today: nothing comes twice on a day.
    until = last if was_open else max(new)
    return (new[0] if new else None), {"open": not sighting.is_over, "until": until}


def sightings(rule: Rule, book: Book, back: int) -> list[Sighting]:
    """All that meets what `rule` asks in the last `back` days of `book`, or still did before and is not over."""
    if rule.kind == "destination":
        return _destinations(rule, book, max(back, DESTINATION_BACK))
    by_day = {day: _meets(rule, book, day) for day in range(book.last - back + 1, book.last + 1)}
    holding = _meets(rule, book, book.last, is_leaving=True)
    pairs = sorted(set(holding).union(*by_day.values()))
    return [
        Sighting(coach, club, "", tuple(day for day, met in by_day.items() if (coach, club) in met),
                 (coach, club) not in holding)
        for coach, club in pairs if rule.takes(coach, club)
    ]  # fmt: skip


def _meets(rule: Rule, book: Book, day: int, is_leaving: bool = False) -> set[tuple[str, str]]:
    """Coaches and clubs that meet the rule on a day; with `is_leaving`, those that have not yet fallen below it."""
    if rule.kind == "risen_by":
        seats = book.seats_with_change(day, rule.days)
        met = seats[f"change_{rule.days}"] >= rule.points * (_HALF if is_leaving else 1)
    else:
        seats = book.seats(day)
        met = seats["stage"].isin(rule.stages) if rule.kind == "stage" else (
            seats["index"] >= (rule.clear if is_leaving else rule.over))  # fmt: skip
    chosen = seats[met.to_numpy(dtype=bool, na_value=False)]
    return set(zip(chosen["coach"], chosen["club"], strict=True))


def _destinations(rule: Rule, book: Book, back: int) -> list[Sighting]:
    rows = book.destinations
    rows = rows[rows["day"] > book.last - DESTINATION_SILENT * 2 - back]
    found = []
    for (coach, about), named in rows.groupby(["coach", "club"], sort=True):
        days = named["day"].drop_duplicates()
        if days.iloc[-1] <= book.last - DESTINATION_SILENT or (rule.destinations and about not in rule.destinations):
            continue
        gaps = days.diff().fillna(DESTINATION_SILENT + 1) > DESTINATION_SILENT
        begun = int(days[gaps].iloc[-1])
        club = book.club_of(coach, begun)
        if rule.takes(coach, club):
            # Who is named keeps the club he had then: the subject must not change while he moves.
            found.append(Sighting(coach, "", about, (begun,) if begun > book.last - back else (), False))
    return found


def recent_destinations(book: Book, days: int) -> pd.DataFrame:
    """The first rows of each coach and club named in the last `days` days and not in the month before."""
    every = Rule("", "destination")
    new = {(one.coach, one.about): one.days[0] for one in _destinations(every, book, days) if one.days}
    rows = book.destinations
    is_new = [
        new.get((coach, club)) == day for coach, club, day in zip(rows["coach"], rows["club"], rows["day"], strict=True)
    ]
    return rows[is_new].drop_duplicates(["coach", "club"])
