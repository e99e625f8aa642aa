"""A club's form from results: last matches, points a game, the next fixture. Nothing after `as_of` is told."""

from functools import lru_cache

import pandas as pd

from analysis.days import Day, day_number, timestamps
from analysis.schema import RESULTS, check

PUBLIC_DAYS = 7
"""A match is public at least so many days before it is played; draws and replays follow closely, but not closer."""
_POINTS = {"win": 3, "draw": 1, "defeat": 0}


def matches_of(results: pd.DataFrame, club: str, as_of: Day, since: Day | None = None) -> pd.DataFrame:
    """Matches that `club` played from `since` to `as_of`, by date, from `results` (schema RESULTS).

    Columns date, competition, opponent, venue (home, away, neutral), scored, conceded, outcome (win, draw, defeat: by
    the goals, whatever a shoot-out decided) and note.
    """
    results = _of_club(check(results, RESULTS), club)
    if results.empty:
        return _no_match().copy()
    days = results["date"].between(_midnight(since) if since else pd.Timestamp(0, tz="UTC"), _midnight(as_of))
    played = results["home_goals"].notna() & results["away_goals"].notna()
    return _from_side(results[days & played], club).sort_values("date", kind="stable", ignore_index=True)


@lru_cache(maxsize=1)
def _no_match() -> pd.DataFrame:
    return _from_side(RESULTS.empty(), "")


def _of_club(results: pd.DataFrame, club: str) -> pd.DataFrame:
    return results[(results["home"] == club) | (results["away"] == club)]


def _midnight(day: Day) -> pd.Timestamp:
    return timestamps([day_number(day)])[0]


def _from_side(results: pd.DataFrame, club: str) -> pd.DataFrame:
    sides = []
    for own, other in (("home", "away"), ("away", "home")):
        names = {other: "opponent", f"{own}_goals": "scored", f"{other}_goals": "conceded"}
        sides.append(results[results[own] == club].drop(columns=own).rename(columns=names).assign(venue=own))
    both = pd.concat(sides)
    neutral = both["note"].str.contains("neutral", regex=False).fillna(False).astype(bool)
    both["venue"] = both["venue"].mask(neutral, "neutral")
    difference = both["scored"] - both["conceded"]
    outcome = pd.Series("draw", index=both.index).mask(difference > 0, "win").mask(difference < 0, "defeat")
    columns = ["date", "competition", "opponent", "venue", "scored", "conceded", "outcome", "note"]
    return both.assign(outcome=outcome)[columns]


def last_matches(results: pd.DataFrame, club: str, as_of: Day, since: Day | None = None,
                 count: int = 5) -> pd.DataFrame:  # fmt: skip
    """The last `count` rows of `matches_of`."""
    return matches_of(results, club, as_of, since).tail(count).reset_index(drop=True)


def points_per_game(results: pd.DataFrame, club: str, as_of: Day, since: Day | None = None) -> float | None:
    """Points a match (3, 1, 0) from `since` to `as_of` in all competitions on file; None without a match."""
    outcomes = matches_of(results, club, as_of, since)["outcome"]
    return float(outcomes.map(_POINTS).mean()) if len(outcomes) else None


def next_fixture(results: pd.DataFrame, club: str, as_of: Day) -> dict | None:
    """Date, competition, opponent and venue of the first match of `club` after `as_of`; None where none is known.

    A match whose goals are on file was played since; it is told only `PUBLIC_DAYS` ahead, when it was surely public.
    """
    results = _of_club(check(results, RESULTS), club)
    if results.empty:
        return None
    now = _midnight(as_of)
    public = results["home_goals"].isna() | (results["date"] <= now + pd.Timedelta(days=PUBLIC_DAYS))
    stands = ~results["note"].fillna("").str.contains("postponed|cancell?ed|abandoned")
    coming = _from_side(results[(results["date"] > now) & public & stands], club).sort_values("date", kind="stable")
    return coming[["date", "competition", "opponent", "venue"]].iloc[0].to_dict() if len(coming) else None
