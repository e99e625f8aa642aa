"""Results of matches (schema RESULTS) from files and from the facts of the bundled season."""

import re
from pathlib import Path

import pandas as pd

from analysis.results.formats import match_row, parse_football_data, parse_openfootball_json, score_note
from analysis.results.names import NameOf, named
from analysis.results.text import parse_openfootball_text
from analysis.schema import RESULTS

_PARSERS = {".csv": parse_football_data, ".json": parse_openfootball_json, ".txt": parse_openfootball_text}
_REST = (
    r"(?P<extra> after extra time)?(?: (?P<place>away|home|at a neutral venue)) in (?:the )?(?P<competition>[^;.]+?)"
    r"(?: and went out on penalties \((?P<win>\d+)-(?P<lose>\d+)\))?[;.]"
)
_FACTS = tuple(
    re.compile(form + _REST)
    for form in (
        r"(?P<team>.+?) beat (?P<opponent>.+?) (?P<own>\d+)-(?P<other>\d+)",
        r"(?P<team>.+?) lost (?P<other>\d+)-(?P<own>\d+) to (?P<opponent>.+?)",
        r"(?P<team>.+?) drew (?P<own>\d+)-(?P<other>\d+) with (?P<opponent>.+?)",
    )
)
"""A score is written with the winner's goals first."""


def parse_results(name: str, text: str, name_of: NameOf | None = None) -> tuple[pd.DataFrame, list[str]]:
    """Results (schema RESULTS) in the text of one file, its format told by the suffix of `name`, and its problems.

    Suffixes: .csv football-data, .json and .txt openfootball. With `name_of` clubs get their canonical names. Each
    problem names file, place and mend; the other rows are there all the same.
    """
    parse = _PARSERS.get(Path(name).suffix.lower())
    if parse is None:
        return RESULTS.empty(), [f"{name}: not a results file; football-data .csv, openfootball .json or .txt expected"]
    parsed = parse(text.removeprefix("\ufeff"))
    results = RESULTS.frame(parsed.rows)
    return named(results, name_of) if name_of else results, [f"{name}, {problem}" for problem in parsed.problems]


def combined(*results: pd.DataFrame) -> pd.DataFrame:
    """Several results frames as one by date, each match once: the row with goals and the longer note stays."""
    whole = pd.concat([RESULTS.empty(), *results], ignore_index=True)
    ranked = whole.assign(unplayed=whole["home_goals"].isna(), silent=-whole["note"].fillna("").str.len())
    ranked = ranked.sort_values(["date", "home", "away", "unplayed", "silent", "competition"], kind="stable")
    return ranked.drop_duplicates(["date", "home", "away"])[list(RESULTS.columns)].reset_index(drop=True)


def results_of_facts(facts: pd.DataFrame, name_of: NameOf | None = None) -> pd.DataFrame:
    """Results told by the bundled facts (columns date, kind, fact, verified): rows of kind result, verified.

    The sides of a match on neutral ground stand in the order of their names, so that both clubs' rows are one match.
    Raises ValueError for a result fact that is not understood.
    """
    told = facts[(facts["kind"] == "result") & (facts["verified"] == "yes")]
    rows = [_from_fact(date, fact, name_of) for date, fact in zip(told["date"], told["fact"], strict=True)]
    return combined(RESULTS.frame(rows))


def _from_fact(date: str | pd.Timestamp, fact: str, name_of: NameOf | None) -> dict:
    found = next((match for form in _FACTS if (match := form.match(fact))), None)
    if found is None:
        raise ValueError(f"no result understood in the fact {fact!r}")
    name = name_of or (lambda raw, country: raw)
    sides = [(name(found["team"], ""), int(found["own"])), (name(found["opponent"], ""), int(found["other"]))]
    neutral = found["place"] == "at a neutral venue"
    turned = sides[0] > sides[1] if neutral else found["place"] == "away"
    sides = sides[::-1] if turned else sides
    # Who "went out on penalties" is the team named first, so the winner's figure is its opponent's.
    shoot_out = (int(found["lose"]), int(found["win"])) if found["win"] else None
    shoot_out = shoot_out[::-1] if shoot_out and turned else shoot_out
    note = "; ".join(filter(None, [score_note(bool(found["extra"]), shoot_out), "neutral ground" if neutral else ""]))
    day = pd.Timestamp(date)
    day = day.tz_localize("UTC") if day.tzinfo is None else day
    (home, home_goals), (away, away_goals) = sides
    return match_row(day, found["competition"], home, away, (home_goals, away_goals), note)
