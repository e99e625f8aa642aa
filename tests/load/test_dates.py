"""Dates keep their precision, are never guessed at, and never stop an article."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.load.dates import FIRST_YEAR, LAST_YEAR, read_date
from analysis.schema import PRECISIONS


@pytest.mark.parametrize(
    ("given_date", "text", "precision", "moment"),
    [
        ("2024", "2024", "year", datetime(2024, 1, 1)),
        ("2024-12", "2024-12", "month", datetime(2024, 12, 1)),
        ("2024-12-06", "2024-12-06", "day", datetime(2024, 12, 6)),
        (" 2024-12-06\n", "2024-12-06", "day", datetime(2024, 12, 6)),
        ("2022-01-28T19:10:22+00:00", "2022-01-28T19:10:22+00:00", "day", datetime(2022, 1, 28, 19, 10, 22)),
        ("2024-12-06T01:30:00+02:00", "2024-12-06T01:30:00+02:00", "day", datetime(2024, 12, 5, 23, 30)),
        ("2018-07-06T22:56:17", "2018-07-06T22:56:17", "day", datetime(2018, 7, 6, 22, 56, 17)),
        ("2026-08-09T13:15:00.000Z", "2026-08-09T13:15:00.000Z", "day", datetime(2026, 8, 9, 13, 15)),
        ("20241206", "2024-12-06", "day", datetime(2024, 12, 6)),
        ("20241206101500", "2024-12-06T10:15:00+00:00", "day", datetime(2024, 12, 6, 10, 15)),
        ("20241206T101500Z", "2024-12-06T10:15:00+00:00", "day", datetime(2024, 12, 6, 10, 15)),
        (1733479200, "2024-12-06T10:00:00+00:00", "day", datetime(2024, 12, 6, 10)),
        (1733479200000, "2024-12-06T10:00:00+00:00", "day", datetime(2024, 12, 6, 10)),
        ("Fri, 06 Dec 2024 10:00:00 GMT", "2024-12-06T10:00:00+00:00", "day", datetime(2024, 12, 6, 10)),
        ("13.12.2024", "2024-12-13", "day", datetime(2024, 12, 13)),
        ("2024/12/06", "2024-12-06", "day", datetime(2024, 12, 6)),
        ("6 dicembre 2024", "2024-12-06", "day", datetime(2024, 12, 6)),
        ("viernes, 6 de diciembre de 2024", "2024-12-06", "day", datetime(2024, 12, 6)),
        ("December 6, 2024", "2024-12-06", "day", datetime(2024, 12, 6)),
        ("1er décembre 2024", "2024-12-01", "day", datetime(2024, 12, 1)),
        ("6. März 2024", "2024-03-06", "day", datetime(2024, 3, 6)),
        ("1º de dezembro de 2024", "2024-12-01", "day", datetime(2024, 12, 1)),
        ("dicembre 2024", "2024-12", "month", datetime(2024, 12, 1)),
        (date(2024, 12, 6), "2024-12-06", "day", datetime(2024, 12, 6)),
        (pd.Timestamp("2024-12-06", tz="UTC"), "2024-12-06T00:00:00+00:00", "day", datetime(2024, 12, 6)),
    ],
)
def test_a_date_keeps_its_precision(given_date, text, precision, moment):
    found = read_date(given_date)
    assert (found.text, found.precision, found.published_at) == (text, precision, moment.replace(tzinfo=UTC))
    assert not found.note


@pytest.mark.parametrize("missing", [None, "", "  ", float("nan"), pd.NaT, pd.NA, np.datetime64("NaT"), "None", "null"])
def test_no_date_is_no_fault(missing):
    found = read_date(missing)
    assert (found.text, found.published_at, found.precision, found.note) == (None, None, "none", "")


@pytest.mark.parametrize(
    "wrong",
    ["0000-00-00", "0000-01-01", "0000", "9999-12-31", "9999", "9999-12-31T23:59:59-05:00", "2024-02-30", "2024-13",
     "2024-12-00", "Mon, 01 Jan 0000 00:00:00 GMT", "31 dicembre 9999", "yesterday", "x" * 1000, "1733479200" * 9,
     1e300, -1e300, pytest.param(10**5000, id="thousands of digits"), True, [2024], {"y": 2024}],
)  # fmt: skip
def test_what_is_no_day_of_football_is_left_out_with_a_note(wrong):
    found = read_date(wrong)
    assert (found.text, found.published_at, found.precision) == (None, None, "none")
    assert "2024-12-06" in found.note, "the note says how to write a date"
    assert len(found.note) < 300


def test_an_ambiguous_date_is_read_day_first_and_says_so():
    found = read_date("06/12/2024")
    assert found.text == "2024-12-06"
    assert "day first" in found.note


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_every_iso_day_of_football_survives(day):
    found = read_date(day.isoformat())
    assert found.text == day.isoformat()
    assert found.published_at.date() == day


@given(st.one_of(st.text(), st.integers(), st.floats(), st.binary(), st.datetimes(), st.dates(), st.booleans(),
                 st.from_regex(r"\A[0-9./:TZ+ -]{1,30}\Z")))  # fmt: skip
def test_reading_a_date_never_raises(value):
    found = read_date(value)
    assert found.precision in PRECISIONS
    assert (found.published_at is None) == (found.precision == "none") == (found.text is None)
