"""How long ago, as of the article's day, what a sentence dates: "il 10 novembre", "in October 2016"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

RECENT_DAYS = 21
"""A departure dated at most this many days before the article is news (docs/GUIDE.md, section 11, and a margin)."""
DAYS_AHEAD = 100
"""A date without a year at most this many days ahead is a coming one: a match, the end of the season."""
CONTRACTS_END = (30, 6)
"""Day and month on which contracts end; without a year the next one is meant."""
LAST_MONTHS = (5, 6)
"""The end of the season, which is to come whenever it is named earlier in the year."""
MONTHS_BACK = 5
"""A bare month at most this many months back is taken for the past."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Dated:
    """A date at [start, end) of a canonical sentence and its age in days on the article's day; negative: to come."""

    start: int
    end: int
    age: int
    has_year: bool = True


@lru_cache(maxsize=12)
def _pattern(months: tuple[str, ...]) -> re.Pattern:
    names = "|".join(map(re.escape, months))
    number = r"(?<!\d)(?P<{}>[0-3]?\d)(?:\.|º|er|st|nd|rd|th)?"
    before = number.format("before") + r"\s*(?:de\s|do\s|of\s)?\s*"
    after = r"\s+" + number.format("after") + r"(?![\d:])"
    year = r"(?:,?\s*(?:de\s|of\s|del\s)?(?P<year>(?:19|20)\d\d))?"
    return re.compile(rf"(?:{before})?(?<!\w)(?P<month>{names})(?!\w)(?:{after})?{year}")


def find_dates(text: str, months: tuple[str, ...], day: date) -> list[Dated]:
    """Dates with a month's name in folded `text`; `months` are the language's names from January on.

    A date without a year is the latest one that is not far ahead of `day`. A month alone counts where it is one of
    the last few: "in June" said in May is to come.
    """
    found = []
    for match in _pattern(months).finditer(text):
        number = match["before"] or match["after"]
        month = months.index(match["month"]) % 12 + 1
        if not number and not match["year"] and not 0 < (day.month - month) % 12 <= MONTHS_BACK:
            continue
        dated = _resolve(int(number or 15), month, match["year"], day)
        if dated:
            found.append(Dated(match.start(), match.end(), (day - dated).days, bool(match["year"])))
    return found


def _resolve(number: int, month: int, year: str | None, day: date) -> date | None:
    try:
        if year:
            return date(int(year), month, number)
        this_year = date(day.year, month, number)
        if (number, month) == CONTRACTS_END:
            return this_year if this_year >= day else date(day.year + 1, month, number)
        is_coming = this_year <= day + timedelta(days=DAYS_AHEAD) or month in LAST_MONTHS
        return this_year if is_coming else date(day.year - 1, month, number)
    except ValueError:
        return None


def is_of_this_year(text: str, day: date) -> bool:
    """Whether `text` names years and none of them lies before the article's."""
    years = [int(year) for year in _YEAR.findall(text)]
    return bool(years) and min(years) >= day.year
