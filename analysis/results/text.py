"""Football.TXT files of openfootball as rows of schema RESULTS, names as the file has them.

A title (`= English Premier League 2024/25`), rounds, dates (`Sat Aug/17 2024`, `[Sat Aug 17]`) and matches in either
order: `15.00  Arsenal FC  2-0 (1-0)  Fulham FC`, `Arsenal FC v Fulham FC  2-0 (1-0)`, and without a score before they
are played. The format is described at openfootball.github.io/spec.
"""

import re
from dataclasses import dataclass, field

import pandas as pd

from analysis.results.formats import MAX_GOALS, Parsed, match_row, score_note
from analysis.results.names import competition_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TITLE = re.compile(r"=+\s*([^=].*)")
_SEASON = re.compile(r"\b((?:19|20)\d\d)(\s*[/-]\s*\d{2,4})?\b")
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+"
_DATE = re.compile(
    rf"\[?(?:{_WEEKDAY})?"
    r"(?:(?P<month>[a-z]{3})[a-z]*\.?[ /]+(?P<day>\d{1,2})|(?P<d>\d{1,2})\.?\s+(?P<m>[a-z]{3})[a-z]*)"
    r"(?:,?\s+(?P<year>\d{4}))?\]?$",
    re.IGNORECASE,
)
_ISO = re.compile(r"\[?(\d{4})-(\d{2})-(\d{2})\]?$")
_TIME = re.compile(r"\d{1,2}[.:h]\d{2}(?:\s+UTC[+-]\d+)?\s+")
_AFTER = re.compile(r"\s+(?:@|#).*$")
_STATUS = re.compile(r"\s*\[(postponed|cancelled|canceled|abandoned|awarded|annulled)[^\]]*\]\s*", re.IGNORECASE)
_PENALTIES = r"\d{1,2}-\d{1,2}\s*p(?:en)?\.?"
_SCORE = rf"(?:{_PENALTIES},?\s*)?\d{{1,3}}-\d{{1,3}}(?:\s*a\.?e\.?t\.?)?(?:\s*\([\d\s,-]*\))?(?:,?\s*{_PENALTIES})?"
_BETWEEN = re.compile(rf"(?P<home>\S.*?)\s+(?P<score>{_SCORE})\s+(?P<away>\S.*)")
_VERSUS = re.compile(rf"(?P<home>\S.*?)\s+vs?\.?\s+(?P<away>\S.*?)(?:\s+(?P<score>{_SCORE}))?")
_COMING = re.compile(r"(?P<home>\S.*?)\s+-\s{2,}(?P<away>\S.*)")
_PAIR = re.compile(r"(\d+)-(\d+)")


@dataclass
class _File:
    """What the lines so far have said."""

    competition: str = ""
    season: int | None = None
    spans_years: bool = True
    last: pd.Timestamp | None = None
    rows: list[dict] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def parse_openfootball_text(text: str) -> Parsed:
    """Rows of a Football.TXT file; lines that are neither title, date nor match (rounds, scorers) are passed over."""
    file = _File()
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped and not stripped.startswith(("#", "(")):
            _take(file, stripped, number)
    if not file.rows and not file.problems:
        file.problems.append("no title (= Competition 2024/25), dates and matches: not an openfootball file")
    return Parsed(file.rows, file.problems)


def _take(file: _File, line: str, number: int) -> None:
    if title := _TITLE.fullmatch(line):
        _open(file, title[1].split("#")[0].strip())
    elif (day := _day(file, line)) is not None:
        file.last = day
    elif match := _match(line):
        _add(file, match, line, number)


def _open(file: _File, title: str) -> None:
    if season := _SEASON.search(title):
        file.season, file.spans_years = int(season[1]), bool(season[2])
    file.competition = competition_of(title)[0]
    file.last = None


def _day(file: _File, line: str) -> pd.Timestamp | None:
    if iso := _ISO.fullmatch(line):
        return _timestamp(*map(int, iso.groups()))
    found = _DATE.fullmatch(line)
    name = found and (found["month"] or found["m"]).lower()[:3]
    if not found or name not in _MONTHS:
        return None
    month, day = _MONTHS.index(name) + 1, int(found["day"] or found["d"])
    if found["year"]:
        return _timestamp(int(found["year"]), month, day)
    return _nearest(file, month, day)


def _nearest(file: _File, month: int, day: int) -> pd.Timestamp | None:
    """A day without a year: the one nearest to the last date, at first the one within the season of the title."""
    if file.last is not None:
        years = (file.last.year + step for step in (-1, 0, 1))
        near = [found for year in years if (found := _timestamp(year, month, day)) is not None]
        return min(near, key=lambda found: abs(found - file.last), default=None)
    if file.season is None:
        return None
    return _timestamp(file.season + (file.spans_years and month < 7), month, day)


def _timestamp(year: int, month: int, day: int) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(year=year, month=month, day=day, tz="UTC")
    except ValueError:
        return None


def _match(line: str) -> re.Match | None:
    bare = _STATUS.sub(" ", _AFTER.sub("", _TIME.sub("", line, count=1))).strip()
    return _VERSUS.fullmatch(bare) or _BETWEEN.fullmatch(bare) or _COMING.fullmatch(bare)


def _add(file: _File, match: re.Match, line: str, number: int) -> None:
    if file.last is None:
        file.problems.append(f"line {number}: a match before any date; the row is left out")
        return
    goals, note = _read_score(match.groupdict().get("score") or "")
    if goals and max(goals) > MAX_GOALS:
        file.problems.append(f"line {number}: {goals[0]}-{goals[1]} is no score; the row is left out")
        return
    status = _STATUS.search(line)
    note = "; ".join(filter(None, [note, status[1].lower() if status else ""]))
    file.rows.append(match_row(file.last, file.competition, match["home"], match["away"], goals, note))


def _read_score(score: str) -> tuple[tuple[int, int] | None, str]:
    """Goals, after extra time if there was any, and the note."""
    shoot_out = re.search(_PENALTIES, score)
    rest = score.replace(shoot_out[0], "", 1) if shoot_out else score
    final = _PAIR.search(rest)
    if not final:
        return None, ""
    penalties = tuple(map(int, _PAIR.search(shoot_out[0]).groups())) if shoot_out else None
    is_extra = re.search(r"a\.?e\.?t", rest) is not None
    return (int(final[1]), int(final[2])), score_note(is_extra, penalties)
