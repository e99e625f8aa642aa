"""Dates as articles carry them: read with their precision, never guessed at.

An article may be dated to the day, the month or the year. What cannot be read, or lies outside football's years, is
dropped with a note that says so; the article itself stays.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

from analysis.text import fold

FIRST_YEAR, LAST_YEAR = 1863, 2100
"""Association football begins in 1863; the end keeps every moment inside what pandas can hold."""
_LONGEST = 64

_DAY = r"(?P<day>[0-3]?[0-9])"
_YEAR = r"(?P<year>[0-9]{4})"
_PARTIAL = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2}))?")
_YEAR_FIRST = re.compile(rf"{_YEAR}[-/.](?P<month>[0-9]{{1,2}})[-/.]{_DAY}(?:[T ,].*)?", re.DOTALL)
_DAY_FIRST = re.compile(rf"{_DAY}[-/.](?P<month>[0-9]{{1,2}})[-/.]{_YEAR}(?:[T ,].*)?", re.DOTALL)
_WEEKDAY = r"(?:[^\W\d_][\w-]*[.,]*\s+)?"
_ORDINAL = r"(?:\.|st|nd|rd|th|er|o|°)?"
_IN_WORDS = re.compile(rf"{_WEEKDAY}(?:{_DAY}{_ORDINAL}\s+)?(?:de\s+)?(?P<name>[^\W\d_]+)\.?,?\s+(?:de\s+)?{_YEAR}")
_IN_WORDS_US = re.compile(rf"{_WEEKDAY}(?P<name>[^\W\d_]+)\.?\s+{_DAY}{_ORDINAL},?\s+{_YEAR}")
_COMPACT = re.compile(r"(?:18|19|20)[0-9]{6}(?:[0-9]{4}(?:[0-9]{2})?)?")
_EPOCH = re.compile(r"-?[0-9]{9,19}(?:\.[0-9]+)?")
_MONTHS = (
    ("jan", "gen", "ene"), ("feb", "fev"), ("mar",), ("apr", "abr", "avr"), ("may", "mag", "mai"),
    ("jun", "giu", "juin"), ("jul", "lug", "juil"), ("aug", "ago", "aou"), ("sep", "set"),
    ("oct", "ott", "okt", "out"), ("nov",), ("dec", "dic", "dez"),
)  # fmt: skip
_MISSING = frozenset({"", "none", "null", "nan", "nat", "<na>", "n/a", "-"})
_CANONICAL = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:[T ].*)?)?)?", re.DOTALL)


@dataclass(frozen=True)
class ArticleDate:
    """A date as far as it is known.

    `text` is the date as given where that was ISO 8601, else its ISO form, and None where there is no date;
    `published_at` its beginning in UTC; `precision` one of schema.PRECISIONS; `note` what had to be said about it.
    """

    text: str | None = None
    published_at: datetime | None = None
    precision: str = "none"
    note: str = ""


def read_date(value: object) -> ArticleDate:
    """Read a date from text (ISO 8601, RFC 2822, numeric day first, in words), a time stamp, or a date object.

    A time without zone is taken as UTC. Never raises: what cannot be read gives an ArticleDate with a `note`.
    """
    given = _as_text(value)
    if given.lower() in _MISSING:
        return ArticleDate()
    if len(given) <= _LONGEST:
        for read in (_read_partial, _read_compact, _read_epoch, _read_iso, _read_numeric, _read_mail, _read_words):
            try:
                found = read(given)
            except (ValueError, OverflowError, OSError, IndexError, TypeError):
                # Off the calendar, or a shape this way of writing does not know: another may fit.
                continue
            if found:
                return found
    shown = given if len(given) <= _LONGEST else given[:_LONGEST] + "…"
    return ArticleDate(
        note=f"date {shown!r} is not a day between {FIRST_YEAR} and {LAST_YEAR} and was left out; "
        "write it as 2024-12-06 or 2024-12"
    )


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return str(value.isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < 1e20 else str(value)
    if isinstance(value, int | list | tuple | dict):
        # Python refuses to write out integers of thousands of digits, and nested values may be as deep as they like.
        return str(value) if isinstance(value, int) and value.bit_length() < 99 else f"of type {type(value).__name__}"
    return str(value).strip()


def _dated(given: str, moment: datetime, precision: str = "day", note: str = "") -> ArticleDate:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("outside football's years")
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return ArticleDate(given if _CANONICAL.fullmatch(given) else _iso(moment, precision), moment, precision, note)


def _iso(moment: datetime, precision: str) -> str:
    if precision != "day":
        return moment.strftime("%Y-%m" if precision == "month" else "%Y")
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat()


def _read_partial(given: str) -> ArticleDate | None:
    match = _PARTIAL.fullmatch(given)
    if not match:
        return None
    year, month = match.groups()
    return _dated(given, datetime(int(year), int(month or 1), 1), "month" if month else "year")


def _read_compact(given: str) -> ArticleDate | None:
    if not _COMPACT.fullmatch(given):
        return None
    return _dated(given, datetime.strptime(given, {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}[len(given)]))


def _read_epoch(given: str) -> ArticleDate | None:
    if not _EPOCH.fullmatch(given):
        return None
    # Seconds have 9 to 11 digits in our years; thousandths, millionths and billionths three more each.
    digits = len(given.lstrip("-").partition(".")[0])
    seconds = float(given) / 1000 ** max(0, (digits - 9) // 3)
    return _dated(given, datetime.fromtimestamp(seconds, UTC))


def _read_iso(given: str) -> ArticleDate | None:
    return _dated(given, datetime.fromisoformat(given))


def _read_numeric(given: str) -> ArticleDate | None:
    match = _YEAR_FIRST.fullmatch(given) or _DAY_FIRST.fullmatch(given)
    if not match:
        return None
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    ambiguous = match.re is _DAY_FIRST and day <= 12 and day != month
    found = datetime(year, month, day)
    note = f"date {given!r} was read day first, as {found.date().isoformat()}; write it that way" if ambiguous else ""
    return _dated(given, found, note=note)


def _read_mail(given: str) -> ArticleDate | None:
    found = parsedate_to_datetime(given)
    # Mail dates may have a year of two digits, and the year 0000 would be taken for 2000.
    return _dated(given, found) if str(found.year) in given else None


def _read_words(given: str) -> ArticleDate | None:
    folded = fold(given)
    match = _IN_WORDS_US.fullmatch(folded) or _IN_WORDS.fullmatch(folded)
    month = _month_number(match["name"]) if match else 0
    if not match or not month:
        return None
    day = match["day"]
    return _dated(given, datetime(int(match["year"]), month, int(day or 1)), "day" if day else "month")


def _month_number(name: str) -> int:
    """Number of the month that a folded `name`, whole or shortened, begins like in one of the six languages; or 0."""
    starts = (number for number, beginnings in enumerate(_MONTHS, start=1) if name.startswith(beginnings))
    return next(starts, 0)
