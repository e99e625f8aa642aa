"""Feed, page and address, reconciled: the rule of docs/COLLECT.md, sentence by sentence."""

import pandas as pd
import pytest

from analysis.collect.dates import read_address, read_given, settle

NOW = pd.Timestamp("2024-12-10 12:00", tz="UTC")
START = NOW - pd.Timedelta(days=30)


@pytest.mark.parametrize(
    ("path", "day"),
    [("/2024/12/06/rossi", "2024-12-06"), ("/calcio/2024/12/6/", "2024-12-06"), ("/f/2024/dec/06/a", "2024-12-06"),
     ("/a/2024-12-06-rossi", "2024-12-06"), ("/a/x-2024-12-06.html", "2024-12-06"), ("/a/20241206_x", "2024-12-06"),
     ("/2024/12-06/rossi", "2024-12-06"), ("/2024/12/06", "2024-12-06"),
     ("/2024/25/rossi", None), ("/serie-a/2024/12/rossi", None), ("/article-1202412061", None), ("/2024/13/06/x", None),
     ("/2024/02/31/x", None), ("/x?day=2024/12/06/", None), ("/20991399", None), ("", None)],
)  # fmt: skip
def test_the_day_in_an_address(path, day):
    found = read_address(f"https://paper.example{path}").published_at
    assert (found and found.date().isoformat()) == day


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Fri, 06 Dec 2024 18:30:00 +0100", "2024-12-06T17:30"), ("Fri, 06 Dec 2024 18:30:00 CET", "2024-12-06T17:30"),
     ("Fri, 06 Jul 2024 18:30:00 CEST", "2024-07-06T16:30"), ("Fri, 06 Dec 2024 18:30:00 GMT", "2024-12-06T18:30"),
     ("Fri, 06 Dec 2024 18:30:00 EST", "2024-12-06T23:30"), ("2024-12-06T18:30:00Z", "2024-12-06T18:30"),
     ("06 dicembre 2024", "2024-12-06T00:00"), ("2024-12-06 18:30:00", "2024-12-06T18:30"), ("yesterday", None),
     (None, None), ("", None), ("0000-00-00", None)],
)  # fmt: skip
def test_a_date_as_feeds_write_it(written, expected):
    found = read_given(written).published_at
    assert (found and found.isoformat()[:16]) == expected


def settled(feed="", page="", address="", start=START):
    path = f"https://paper.example/{address.replace('-', '/')}/x"
    found = settle(read_given(feed), read_given(page), read_address(path), start, NOW)
    return found.published_at and f"{found.published_at:%Y-%m-%d %H:%M}", found.date_precision, found.date_flag


FEED = "2024-12-06T17:30:00Z"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, (None, "none")),
        ({"feed": FEED}, ("2024-12-06 17:30", "day")),
        ({"page": "2024-12-06"}, ("2024-12-06 00:00", "day")),
        ({"address": "2024-12-06"}, ("2024-12-06 00:00", "day")),
        ({"feed": "2024-12"}, ("2024-12-01 00:00", "month")),
        # Those that agree: the one that knows the hour.
        ({"feed": FEED, "address": "2024-12-06"}, ("2024-12-06 17:30", "day")),
        ({"feed": FEED, "page": "2024-12-07", "address": "2024-12-06"}, ("2024-12-06 17:30", "day")),
        ({"page": FEED, "address": "2024-12-07"}, ("2024-12-06 17:30", "day")),
        # Two that do not: the earlier, for feeds are dated anew at each change.
        ({"feed": FEED, "address": "2024-11-20"}, ("2024-11-20 00:00", "day")),
        ({"feed": FEED, "address": "2024-12-09"}, ("2024-12-06 17:30", "day")),
        # Two against one.
        ({"feed": FEED, "page": "2024-11-12", "address": "2024-12-06"}, ("2024-12-06 17:30", "day")),
        ({"feed": "2024-12-10T08:00:00Z", "page": "2024-12-06", "address": "2024-12-06"}, ("2024-12-06 00:00", "day")),
        ({"feed": "2024-12-09", "page": "2024-12-05", "address": "2024-12-01"}, ("2024-12-01 00:00", "day")),
        # A day beats a month.
        ({"feed": "2024-11", "address": "2024-12-06"}, ("2024-12-06 00:00", "day")),
        # One that lies ahead is not heard beside another.
        ({"feed": "2031-01-01", "address": "2024-12-06"}, ("2024-12-06 00:00", "day")),
        # A few hours ahead is a wrong zone.
        ({"feed": "2024-12-10T14:00:00Z"}, ("2024-12-10 12:00", "day")),
    ],
)
def test_who_is_believed(said, expected):
    assert settled(**said) == (*expected, "")


@pytest.mark.parametrize(
    ("said", "flag"),
    [({"feed": "2024-12-12"}, "in the future"), ({"feed": "2031-01-01", "page": "2032-01-01"}, "in the future"),
     ({"feed": "2024-11-01"}, "before the window of its source, which begins on 2024-11-10"),
     ({"feed": "1970-01-01T00:00:00Z"}, "before the window of its source, which begins on 2024-11-10"),
     ({"feed": FEED, "address": "2019-05-01"}, "before the window of its source, which begins on 2024-11-10"),
     ({"feed": "2024-10"}, "before the window of its source, which begins on 2024-11-10"),
     ({"feed": "2024"}, ""), ({"feed": "2024-11"}, ""), ({"feed": "2024-11-10"}, "")],
)  # fmt: skip
def test_what_is_flagged_and_kept(said, flag):
    moment, _, found = settled(**said)
    assert moment is not None
    assert found == flag


def test_without_a_window_old_dates_are_believed():
    assert settled(page="2001-05-05", start=None) == ("2001-05-05 00:00", "day", "")
