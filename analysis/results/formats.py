"""Results files as rows of schema RESULTS: football-data CSV and openfootball JSON, names as the file has them.

Formats: football-data.co.uk/notes.txt; the files of github.com/openfootball/football.json. The text format has a
module of its own, analysis.results.text.
"""

import csv
import json
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from analysis.load.decode import without_surrogates
from analysis.results.names import competition_of

_COLUMNS = (("HomeTeam", "AwayTeam", "FTHG", "FTAG"), ("Home", "Away", "HG", "AG"))
_DATES = ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d")
MAX_GOALS = 199
"""More goals than this are a misread column; the most in a first-class match were 149."""


class Parsed(NamedTuple):
    """Rows (dicts of schema RESULTS), and problems with what could not be read, each naming its place and mend."""

    rows: list[dict]
    problems: list[str]


def match_row(day: pd.Timestamp, competition: str, home: str, away: str, goals: tuple[int, int] | None,
              note: str = "") -> dict:  # fmt: skip
    """A row of schema RESULTS; `goals` None for a match yet to be played."""
    home_goals, away_goals = goals or (None, None)
    texts = {"competition": competition, "home": home, "away": away, "note": note}
    return {"date": day, "home_goals": home_goals, "away_goals": away_goals,
            **{name: without_surrogates(value) for name, value in texts.items()}}  # fmt: skip


def score_note(extra_time: bool, shoot_out: tuple[int, int] | None) -> str:
    """What the goals alone do not say: "after extra time; 5-4 on penalties" (home side first)."""
    penalties = f"{shoot_out[0]}-{shoot_out[1]} on penalties" if shoot_out else ""
    return "; ".join(filter(None, ["after extra time" if extra_time else "", penalties]))


def parse_football_data(text: str) -> Parsed:
    """Rows of a football-data CSV: Div or Country and League, Date, teams, full-time goals (empty for fixtures)."""
    reader = csv.DictReader(text.splitlines())
    header = [name.strip() for name in reader.fieldnames or ()]
    columns = next((names for names in _COLUMNS if set(names[:2]) <= set(header)), None)
    if columns is None or "Date" not in header:
        return Parsed([], ["no columns Date, HomeTeam, AwayTeam (or Home, Away): not a football-data file"])
    reader.fieldnames = header
    rows, problems = [], []
    for row in reader:
        if not any((value or "").strip() for name, value in row.items() if name):
            continue
        _collect(lambda row=row: _from_csv(row, columns), f"line {reader.line_num}", rows, problems)
    return Parsed(rows, problems)


def _collect(make: Callable[[], dict], where: str, rows: list[dict], problems: list[str]) -> None:
    try:
        rows.append(make())
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else error
        problems.append(f"{where}: {reason}; the row is left out")


def _from_csv(row: dict[str, str], columns: tuple[str, ...]) -> dict:
    title = row.get("Div") or f"{row.get('Country') or ''} {row.get('League') or ''}"
    home, away, home_goals, away_goals = ((row.get(name) or "").strip() for name in columns)
    if not home or not away:
        raise ValueError("a team is empty")
    goals = (_goals(home_goals), _goals(away_goals)) if home_goals and away_goals else None
    return match_row(_day(row["Date"]), competition_of(title.strip())[0], home, away, goals)


def _goals(value: str | int) -> int:
    goals = int(float(value))
    if not 0 <= goals <= MAX_GOALS:
        raise ValueError(f"{value!r} is no number of goals")
    return goals


def _day(value: str) -> pd.Timestamp:
    for form in _DATES:
        try:
            return pd.Timestamp(datetime.strptime(value.strip(), form), tz="UTC")
        except ValueError:
            continue
    raise ValueError(f"{value!r} is no date, expected 06/12/2024, 06/12/24 or 2024-12-06")


def parse_openfootball_json(text: str) -> Parsed:
    """Rows of an openfootball JSON file, of the flat form (matches) or the older one (rounds, then matches)."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Parsed([], [f"not JSON ({error})"])
    matches = _matches(whole)
    if matches is None:
        return Parsed([], ["no list of matches: not an openfootball file"])
    competition = competition_of(str(whole.get("name", "")))[0]
    rows, problems = [], []
    for number, match in enumerate(matches, start=1):
        _collect(lambda match=match: _from_json(match, competition), f"match {number}", rows, problems)
    return Parsed(rows, problems)


def _matches(whole: object) -> list | None:
    if not isinstance(whole, dict):
        return None
    if isinstance(whole.get("matches"), list):
        return whole["matches"]
    rounds = whole.get("rounds")
    if not isinstance(rounds, list):
        return None
    parts = [part.get("matches") for part in rounds if isinstance(part, dict)]
    return [match for matches in parts if isinstance(matches, list) for match in matches]


def _from_json(match: dict, competition: str) -> dict:
    home, away = (_team(match[side]) for side in ("team1", "team2"))
    score = match.get("score") or {}
    score = score if isinstance(score, dict) else {"ft": score}
    if "score1" in match and match["score1"] is not None:
        score = {"ft": [match["score1"], match["score2"]]}
    goals = score.get("et") or score.get("ft")
    note = score_note("et" in score, tuple(score["p"]) if score.get("p") else None)
    played = (_goals(goals[0]), _goals(goals[1])) if goals and None not in goals else None
    status = str(match.get("status") or "").lower()
    return match_row(_day(match["date"]), competition, home, away, played, note or status)


def _team(value: str | dict) -> str:
    name = value["name"] if isinstance(value, dict) else value
    if not isinstance(name, str) or not name.strip():
        raise ValueError("a team is empty")
    return name.strip()
