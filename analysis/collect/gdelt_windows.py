"""Windows of time, split in halves until GDELT's cap no longer cuts what is in them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pandas as pd

from analysis.collect.errors import CollectError
from analysis.collect.gdelt_answer import BrokenJson, Limited, QueryRefused, Row, WindowTooShort

CAP = 250
"""Articles that GDELT lists at most, whatever the query finds."""
SMALLEST = pd.Timedelta(minutes=15)
"""GDELT dates articles by quarters of an hour, so that a smaller window holds no fewer of them."""
FIRST = pd.Timedelta(days=7)
"""Windows begin with this length; quiet queries then need few requests."""

SMALLEST_BROKEN = pd.Timedelta(days=1)
"""A window whose answer is broken is split no further than this, for all answers may be."""
MOST_FAILURES = 5
"""Windows that may fail one after the other before no more is asked for."""
_MAY_BE_MORE = "there may be more, which a narrower query would find"


class GaveUp(CollectError):
    """Too many windows failed one after the other."""


class Span(NamedTuple):
    """A window of time, [start, end), in UTC."""

    start: pd.Timestamp
    end: pd.Timestamp

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M} UTC"

    def halves(self) -> tuple["Span", "Span"] | None:
        """Both halves, cut at a quarter of an hour; None where it is no longer than SMALLEST."""
        middle = (self.start + (self.end - self.start) / 2).floor(SMALLEST)
        if middle <= self.start:
            middle = self.start.floor(SMALLEST) + SMALLEST
        return (Span(self.start, middle), Span(middle, self.end)) if middle < self.end else None


class Found(NamedTuple):
    """What a window gave: its articles, what is to be said about it, and whether it is to be asked for again."""

    span: Span
    rows: list[Row]
    problem: str = ""
    is_failed: bool = False


def walk(whole: Span, ask: Callable[[Span], list[Row]], first: pd.Timedelta = FIRST) -> Iterator[Found]:
    """Ask for all of `whole` in order of time, in windows whose answers are not cut.

    `ask` gives the articles of a window, or fails as gdelt_answer.read_answer and Client.get do. A window at CAP is
    split; SMALLEST at CAP gives what it has and a problem that names it. A window that fails is told and passed, but
    Limited and QueryRefused, which all others would meet too, are raised, and GaveUp after MOST_FAILURES in a row.
    """
    waiting = [(span, []) for span in reversed(list(_pieces(whole, first)))]
    failures = 0
    while waiting:
        span, cut_rows = waiting.pop()
        found = _asked(span, ask, cut_rows)
        if isinstance(found, Found):
            failures = failures + 1 if found.is_failed else 0
            yield found
            if failures >= MOST_FAILURES:
                raise GaveUp(f"{failures} windows in a row failed; the last: {found.problem}")
        else:
            earlier, later = span.halves()
            waiting += [(later, found), (earlier, found)]


def _pieces(whole: Span, length: pd.Timedelta) -> Iterator[Span]:
    start = whole.start
    while start < whole.end:
        end = min(start + length, whole.end)
        yield Span(start, end)
        start = end


def _asked(span: Span, ask: Callable[[Span], list[Row]], cut_rows: list[Row]) -> Found | list[Row]:
    """What `span` gave; where it is to be split, the rows it gave for all that. `cut_rows` are those of what it is a
    half of."""
    try:
        rows = ask(span)
    except (Limited, QueryRefused):
        raise
    except BrokenJson as error:
        # A half may be without the article that broke it.
        is_long = span.end - span.start > SMALLEST_BROKEN and span.halves()
        return error.rows if is_long else Found(span, error.rows, f"{span}: {error}")
    except WindowTooShort as error:
        # Nothing is known of this half but what the cut answer held of both.
        return Found(span, cut_rows, f"{span}: {error}; {_MAY_BE_MORE}")
    except CollectError as error:
        return Found(span, [], f"{span}: {error}", is_failed=True)
    if len(rows) < CAP:
        return Found(span, rows)
    return (
        rows if span.halves() else Found(span, rows, f"{span}: {CAP} articles, the most that is listed; {_MAY_BE_MORE}")
    )
