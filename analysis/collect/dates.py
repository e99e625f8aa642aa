"""When an article appeared: what feed, page and address say, reconciled by one rule (docs/COLLECT.md).

Nothing is believed that lies after the moment of collecting or before the source's window: such a date is kept with a
flag, and the store treats the article as undated.
"""

import re
from datetime import UTC, datetime
from typing import NamedTuple

import pandas as pd

from analysis.load.dates import ArticleDate, read_date

AHEAD = pd.Timedelta(hours=14)
"""The time zone farthest from UTC: a local time taken for UTC is no more than this ahead."""
AGREE = pd.Timedelta(hours=36)
"""Two that are no farther apart say the same: a day begins up to 14 hours earlier or later elsewhere, and a day
without hours counts from its midnight."""
_ZONES = {"CET": "+0100", "MEZ": "+0100", "CEST": "+0200", "MESZ": "+0200", "BST": "+0100", "WET": "+0000",
          "WEST": "+0100", "EET": "+0200", "EEST": "+0300", "BRT": "-0300", "ART": "-0300", "Z": "+0000"}  # fmt: skip
_ZONE = re.compile(r"(?<=[\d ])(" + "|".join(_ZONES) + r")\s*$")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_IN_ADDRESS = (
    re.compile(r"/(20[0-9]{2})[/-]([01]?[0-9])[/-]([0-3]?[0-9])(?=[/_-]|$)"),
    re.compile(r"/(20[0-9]{2})/([a-z]{3})/([0-3]?[0-9])(?=/)"),
    re.compile(r"(?<![0-9])(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9])"),
    re.compile(r"(?<![0-9])(20[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])"),
)


class Settled(NamedTuple):
    """The date that is believed: columns published_at, date_precision and date_flag of an article."""

    published_at: pd.Timestamp | None
    date_precision: str
    date_flag: str = ""

    def columns(self) -> dict:
        """As columns of an article."""
        return self._asdict()


def read_given(value: object) -> ArticleDate:
    """A date as a feed or a page writes it; zone names of Europe and South America are understood."""
    text = "" if value is None else str(value).strip()
    return read_date(_ZONE.sub(lambda match: _ZONES[match[1]], text))


def read_address(url: str) -> ArticleDate:
    """The day that the address of an article names, as /2024/12/06/, 2024-12-06 or 20241206; without one no date."""
    path = re.split(r"[?#]", url, maxsplit=1)[0].lower()
    for shape in _IN_ADDRESS:
        for year, month, day in shape.findall(path):
            number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdecimal() else 0
            try:
                return ArticleDate(None, datetime(int(year), number, int(day), tzinfo=UTC), "day")
            except ValueError:
                # No day of the calendar: a season, a match, a number.
                continue
    return ArticleDate()


def settle(feed: ArticleDate, page: ArticleDate, address: ArticleDate, start: pd.Timestamp | None,
           now: pd.Timestamp) -> Settled:  # fmt: skip
    """The date to believe of what `feed`, `page` and `address` say, for a source whose window is [start, now].

    Of those that say a day and do not lie ahead, two that agree outvote a third; else the earliest counts, for a later
    one is mostly that of a change. Of those that agree the feed's word is taken, then the page's: they know the hour.
    """
    said = [date for date in (feed, page, address) if date.published_at is not None]
    days = [date for date in said if date.precision == "day"]
    heard = [date for date in days if pd.Timestamp(date.published_at) <= now + AHEAD] or days or said
    if not heard:
        return Settled(None, "none")
    return _flagged(_chosen(heard), start, now)


def _chosen(dates: list[ArticleDate]) -> ArticleDate:
    """Of `dates`, in the order feed, page, address, the one that counts."""
    if len(dates) == 3:
        agreeing = [date for date in dates if sum(_agree(date, other) for other in dates) > 1]
        dates = agreeing or dates
    earliest = min(dates, key=lambda date: date.published_at)
    return next(date for date in dates if _agree(date, earliest))


def _agree(one: ArticleDate, other: ArticleDate) -> bool:
    return abs(one.published_at - other.published_at) <= AGREE


def _flagged(date: ArticleDate, start: pd.Timestamp | None, now: pd.Timestamp) -> Settled:
    moment = pd.Timestamp(date.published_at)
    if moment > now + AHEAD:
        return Settled(moment, date.precision, "in the future")
    if start is not None and _end(moment, date.precision) < start:
        return Settled(moment, date.precision, f"before the window of its source, which begins on {start:%Y-%m-%d}")
    # Met before its hour: the zone is wrong, or the clock.
    return Settled(min(moment, now), date.precision)


def _end(moment: pd.Timestamp, precision: str) -> pd.Timestamp:
    offsets = {"month": pd.DateOffset(months=1), "year": pd.DateOffset(years=1)}
    return moment + offsets.get(precision, pd.DateOffset(days=1))
