"""When a coach's spell is open: from the record, from the articles, until a departure is confirmed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.index.parameters import Parameters
from analysis.index.placing import FAR, sorted_by
from analysis.schema import DIRECTION, STAGES

ENDINGS = ("", "statement", "sources", "record", "silence")
"""How a spell ended: still open, a club or coach statement, independent sources, the gazetteer's record, no article
naming the club any more."""


class Leaving(NamedTuple):
    """A claim that the coach has left; day, source and story as numbers, source 0 where it is unknown."""

    day: int
    source: int
    story: int
    is_official: bool


class Open(NamedTuple):
    """An open spell: first and last day (the day of leaving included) and one of ENDINGS."""

    start: int
    end: int
    ended_by: str


@dataclass
class Signs:
    """All that is known of one coach at one club: days that name them together, departures, what takes them back.

    `opening` are the days, sorted like the others, on which the articles are reason enough to open a spell;
    `recorded` holds (start, day he left or None, last day trusted), joined where one follows the other.
    """

    named: list[int] = field(default_factory=list)
    opening: list[int] = field(default_factory=list)
    leavings: list[Leaving] = field(default_factory=list)
    backings: list[int] = field(default_factory=list)
    recorded: list[tuple[int, int | None, int]] = field(default_factory=list)


def open_spells(signs: Signs, parameters: Parameters, last: int) -> Iterator[Open]:
    """Spells of one coach at one club up to the day number `last`, by the departure rule.

    A spell opens with the record, or with the first article that names coach and club together; for a coach whom the
    record knows, with the second story within `silent_days`, for the first may be about a former or a future club. It
    ends on the day that the record says, that a club or coach statement tells of his leaving, or that a second
    independent source (another source and another story) does within `departure_window_days`; or silently. After a
    departure it opens anew only by a later record, a club statement that takes it back, or articles after
    `return_days`.
    """
    after, ended_by = None, ""
    while True:
        start = _opening(signs, after, ended_by, parameters)
        if start is None or start > last:
            return
        end, ended_by = _closing(signs, start, parameters)
        yield Open(start, min(end, last), ended_by if end <= last else "")
        after = end


def _opening(signs: Signs, after: int | None, ended_by: str, parameters: Parameters) -> int | None:
    if after is None:
        first = [start for start, _, _ in signs.recorded] + signs.opening[:1]
        return min(first, default=None)
    # The day of leaving belongs to the spell that ended, so the next begins a day later at the earliest.
    quiet = 1 if ended_by == "silence" else max(1, parameters.return_days)
    later = [start for start, _, _ in signs.recorded if start > after]
    later += signs.opening[bisect_left(signs.opening, after + quiet) :][:1]
    later += [day for day in signs.backings if day > after][:1]
    return min(later, default=None)


def _closing(signs: Signs, start: int, parameters: Parameters) -> tuple[int, str]:
    end, ended_by = _coverage(signs, start, parameters)
    confirmed = confirmation([left for left in signs.leavings if start <= left.day <= end], parameters)
    return confirmed or (end, ended_by)


def _coverage(signs: Signs, start: int, parameters: Parameters) -> tuple[int, str]:
    """The day to which the spell lasts if nobody reports his leaving, and what ends it then."""
    end = start + parameters.silent_days if start in signs.named or start in signs.backings else start
    while True:
        reached = end
        for begin, left, trusted in signs.recorded:
            if begin > end or (left if left is not None else trusted) < start:
                continue
            if left is not None:
                return left, "record"
            end = max(end, trusted)
        last_named = signs.named[max(0, bisect_right(signs.named, end) - 1) :][:1]
        end = max([end, *(day + parameters.silent_days for day in last_named if start <= day <= end)])
        if end == reached:
            return end, "silence"


def confirmation(leavings: list[Leaving], parameters: Parameters) -> tuple[int, str] | None:
    """Day and kind of the first confirmation of a departure among claims sorted by day; None while unconfirmed."""
    for position, left in enumerate(leavings):
        if left.is_official:
            return left.day, "statement"
        earlier = leavings[:position]
        if any(_is_independent(left, other, parameters.departure_window_days) for other in earlier):
            return left.day, "sources"
    return None


def _is_independent(left: Leaving, other: Leaving, window: int) -> bool:
    if left.day - other.day > window or 0 in (left.source, other.source):
        return False
    return left.source != other.source and left.story != other.story


def spell_table(placed: pd.DataFrame, recorded: dict[tuple[int, int], list], parameters: Parameters,
                last: int) -> pd.DataFrame:  # fmt: skip
    """Open spells of every coach and club: columns coach, club (codes), start, end, ended_by; sorted by coach, start.

    `placed` has columns coach, club (codes), day, stage (position in STAGES), official, source, story (hashes);
    `recorded` the record by (coach, club) as Signs has it.
    """
    known_since: dict[int, int] = {}
    for (coach, _), spells in recorded.items():
        known_since[coach] = min(spells[0][0], known_since.get(coach, FAR))
    signs = _signs(placed, known_since, parameters)
    for pair, spells in recorded.items():
        signs.setdefault(pair, Signs()).recorded = spells
    rows = [(*pair, *spell) for pair in signs for spell in open_spells(signs[pair], parameters, last)]
    rows.sort(key=lambda row: (row[0], row[2], row[1]))
    table = pd.DataFrame(rows, columns=["coach", "club", "start", "end", "ended_by"])
    return table.astype({"coach": "int64", "club": "int64", "start": "int64", "end": "int64"})


def _signs(placed: pd.DataFrame, known_since: dict[int, int], parameters: Parameters) -> dict[tuple[int, int], Signs]:
    """Signs of every pair. A claim without any club opens a spell only where it speaks of danger."""
    opens = placed[(placed["club"] > 0) | placed["stage"].isin(stages_of("risk", "left"))]
    days = sorted_by(opens[["coach", "club", "day"]].drop_duplicates(), "coach", "club", "day").to_numpy()
    told = sorted_by(opens, "coach", "club", "story", "day").drop_duplicates(["coach", "club", "story"])
    told = sorted_by(told[["coach", "club", "day"]], "coach", "club", "day").to_numpy()
    signs = {pair: Signs(named, named) for pair, named in _by_pair(days)}
    for pair, firsts in _by_pair(told):
        if since := known_since.get(pair[0]):
            again = [day for before, day in pairwise(firsts) if day - before <= parameters.silent_days]
            doubted = [day for day in again if day >= since]
            signs[pair].opening = [day for day in signs[pair].named if day < since] + doubted
    for row in sorted_by(placed[placed["stage"].isin(stages_of("left"))], "day", "story", "source").itertuples():
        signs[row.coach, row.club].leavings.append(Leaving(row.day, row.source, row.story, row.official))
    takes_back = placed[placed["stage"].isin(stages_of("reassurance")) & placed["official"]]
    for row in sorted_by(takes_back, "day").itertuples():
        signs.setdefault((row.coach, row.club), Signs()).backings.append(row.day)
    return signs


def _by_pair(days: np.ndarray) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """Days by (coach, club) from rows (coach, club, day) sorted so."""
    starts = np.flatnonzero(np.any(np.diff(days[:, :2], axis=0, prepend=-1), axis=1))
    for start, end in pairwise([*starts, len(days)]):
        yield (int(days[start, 0]), int(days[start, 1])), days[start:end, 2].tolist()


def stages_of(*directions: str) -> list[int]:
    """Positions in STAGES of the stages of these directions."""
    return [code for code, stage in enumerate(STAGES) if DIRECTION[stage] in directions]


def join_record(spells: list[tuple[int, int | None, int]]) -> list[tuple[int, int | None, int]]:
    """Spells at one club, sorted by start, joined where the next begins by the day after the last ended."""
    joined: list[tuple[int, int | None, int]] = []
    for start, left, trusted in spells:
        last = joined[-1] if joined else None
        if last and start <= (last[1] if last[1] is not None else last[2]) + 1:
            joined[-1] = (last[0], left, max(trusted, last[2]))
        else:
            joined.append((start, left, trusted))
    return joined
