"""Windows are split until nothing is cut, and every article of a walk is found once."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.collect.errors import Unreachable
from analysis.collect.gdelt_answer import BrokenJson, Limited, QueryRefused, Row, WindowTooShort
from analysis.collect.gdelt_windows import CAP, MOST_FAILURES, SMALLEST, GaveUp, Span, walk

DAY = pd.Timestamp("2024-12-06", tz="UTC")
MONTH = Span(DAY, DAY + pd.Timedelta(days=30))


def row(moment: pd.Timestamp, number: int = 0) -> Row:
    return Row(f"https://a.it/{moment:%d%H%M}/{number}", "Title", f"{moment:%Y%m%dT%H%M%SZ}", "Italian", "a.it")


def service(rows: list[Row], cap: int = CAP, shortest: pd.Timedelta | None = None):
    """A service that lists `rows`, and keeps the spans it was asked for."""

    def ask(span: Span) -> list[Row]:
        ask.spans.append(span)
        if shortest and span.end - span.start < shortest:
            raise WindowTooShort("Timespan is too short")
        return [row for row in rows if f"{span.start:%Y%m%dT%H%M%SZ}" <= row.seen < f"{span.end:%Y%m%dT%H%M%SZ}"][:cap]

    ask.spans = []
    return ask


@given(
    st.lists(st.tuples(st.integers(0, 30 * 96 - 1), st.integers(0, 240)), max_size=60),
    st.integers(1, 30 * 24 * 60),
)
@settings(max_examples=60, deadline=None)
def test_every_article_is_found_once_and_in_order(counts, minutes):
    quarters = dict(counts)
    rows = [row(DAY + SMALLEST * quarter, n) for quarter, count in sorted(quarters.items()) for n in range(count)]
    whole = Span(DAY, DAY + pd.Timedelta(minutes=minutes))
    found = [row for part in walk(whole, service(rows)) for row in part.rows]
    assert found == [row for row in rows if row.seen < f"{whole.end:%Y%m%dT%H%M%SZ}"]


@given(st.lists(st.integers(0, 30 * 96 - 1), max_size=30))
@settings(max_examples=30, deadline=None)
def test_the_windows_that_are_had_cover_the_whole_without_gap(quarters):
    rows = [row(DAY + SMALLEST * quarter, n) for quarter in quarters for n in range(100)]
    spans = [part.span for part in walk(MONTH, service(rows))]
    assert spans[0].start == MONTH.start
    assert [span.end for span in spans] == [*(span.start for span in spans[1:]), MONTH.end]


def test_quiet_weeks_need_one_request_each():
    ask = service([])
    assert len(list(walk(MONTH, ask))) == len(ask.spans) == 5


def test_the_smallest_window_at_the_cap_is_named_and_kept():
    ask = service([row(DAY, n) for n in range(CAP + 10)])
    found = list(walk(MONTH, ask))
    named = [part for part in found if part.problem]
    assert [(part.span, len(part.rows)) for part in named] == [(Span(DAY, DAY + SMALLEST), CAP)]
    assert "2024-12-06 00:00 to 2024-12-06 00:15 UTC: 250 articles" in named[0].problem
    assert not named[0].is_failed


def test_where_windows_must_be_longer_what_the_longer_one_gave_is_kept():
    ask = service([row(DAY, n) for n in range(CAP + 10)], shortest=pd.Timedelta(hours=1))
    found = list(walk(Span(DAY, DAY + pd.Timedelta(hours=2)), ask))
    assert {row for part in found for row in part.rows} == {row(DAY, n) for n in range(CAP)}
    assert any("there may be more" in part.problem for part in found)


def test_a_window_that_fails_is_told_and_the_next_is_asked_for():
    def ask(span: Span) -> list[Row]:
        if span.start == DAY:
            raise Unreachable("the connection failed")
        return [row(span.start)]

    found = list(walk(MONTH, ask))
    assert [part.is_failed for part in found] == [True, False, False, False, False]
    assert found[0].problem == "2024-12-06 00:00 to 2024-12-13 00:00 UTC: the connection failed"


@pytest.mark.parametrize("error", [Limited("slower"), QueryRefused("too short")])
def test_what_all_windows_would_meet_ends_the_walk(error):
    def ask(span: Span) -> list[Row]:
        raise error

    with pytest.raises(type(error)):
        list(walk(MONTH, ask))


def test_a_service_that_is_gone_is_not_asked_for_ever():
    asked = []

    def ask(span: Span) -> list[Row]:
        asked.append(span)
        raise Unreachable("nobody there")

    with pytest.raises(GaveUp, match="5 windows in a row failed; the last: .* nobody there"):
        list(walk(Span(DAY, DAY + pd.Timedelta(days=365)), ask))
    assert len(asked) == MOST_FAILURES


def test_a_broken_answer_is_split_off_from_the_whole_ones():
    broken_day = DAY + pd.Timedelta(days=3)

    def ask(span: Span) -> list[Row]:
        if span.start <= broken_day < span.end:
            raise BrokenJson("breaks off", [row(broken_day)])
        return [row(span.start, 7)]

    found = list(walk(Span(DAY, DAY + pd.Timedelta(days=7)), ask))
    named = [part for part in found if part.problem]
    assert [part.rows for part in named] == [[row(broken_day)]]
    assert named[0].span.end - named[0].span.start <= pd.Timedelta(days=1)
    assert len(found) > 2
