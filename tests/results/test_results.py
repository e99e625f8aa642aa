"""Results from football-data and openfootball files and from the season's facts; bad rows are named, the rest stays."""

import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.gazetteer import load_gazetteer
from analysis.results import combined, parse_results, results_of_facts
from analysis.results.files import read_results
from analysis.results.names import COMPETITIONS, SHORT_NAMES, competition_of, gazetteer_names
from analysis.schema import RESULTS, check

FACTS = Path(__file__).resolve().parents[2] / "data" / "sample" / "facts_2024_25.csv"
LEAGUE = """= English Premier League 2024/25

# Date       Fri Aug/16 2024 - Sun May/25 2025 (282d)
# Teams      20

Matchday 1
[Fri Aug/16]
  20.00  Manchester United FC     1-0 (0-0)  Fulham FC
[Sat Aug/17]
  12.30  Ipswich Town FC          0-2 (0-0)  Liverpool FC
         Arsenal FC               2-0  Wolverhampton Wanderers FC

Matchday 20
[Sat Jan/4]
  Brighton & Hove Albion FC  -  Arsenal FC
"""
CUP = """= English FA Cup 2024/25
» Round 1
  Fri Nov/1 2024
    19.45  Tamworth FC             v Huddersfield Town        1-0 (1-0)
           Carlisle United         v Wigan Athletic           0-2 a.e.t. (0-0)
           Brackley Town           v Braintree Town           5-4 pen. 0-0 a.e.t. (0-0)
  Sun Feb/9
    15:00 UTC+1  Plymouth Argyle   v Liverpool FC             1-0 (0-0)  @ Home Park
                   (Ryan Hardie 53' pen)
  Tue Feb/11 2025
           Exeter City             v Nottingham Forest        [postponed]
"""
FLAT = """{"name": "UEFA Champions League 2024/25", "matches": [
 {"round": "League", "date": "2024-09-17", "time": "21:00", "team1": "Real Madrid CF (ESP)",
  "team2": "VfB Stuttgart (GER)", "score": {"ht": [0, 0], "ft": [3, 1]}},
 {"date": "2025-03-11", "team1": "Liverpool FC (ENG)", "team2": "Paris Saint-Germain FC (FRA)",
  "score": {"p": [1, 4], "et": [0, 1], "ft": [0, 1]}},
 {"date": "2025-05-31", "team1": "Paris Saint-Germain FC (FRA)", "team2": "FC Internazionale Milano (ITA)"}]}"""
ROUNDS = """{"name": "Italian Serie A 2014/15", "rounds": [{"name": "1", "matches": [
 {"date": "2014-08-30", "team1": {"name": "Chievo", "code": "CHI"}, "team2": {"name": "Juventus"},
  "score1": 0, "score2": 1},
 {"date": "2014-08-31", "team1": {"name": "Milan"}, "team2": {"name": "Lazio"}, "score1": null, "score2": null}]}]}"""


@cache
def names():
    return gazetteer_names(load_gazetteer())


def results_of(name, text, canonical=False):
    results, problems = parse_results(name, text, names() if canonical else None)
    return check(results, RESULTS), problems


def matches(results):
    return [(f"{row.date:%Y-%m-%d}", row.home, row.away, *(None if pd.isna(goals) else int(goals)
             for goals in (row.home_goals, row.away_goals))) for row in results.itertuples()]  # fmt: skip


@pytest.mark.parametrize("date", ["16/08/2024", "16/08/24", "2024-08-16"])
def test_football_data_files_are_read_with_either_form_of_date(date):
    text = f"\ufeffDiv,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nE0,{date},20:00,Man United,Fulham,1,0,H\n,,,,,,,\n"
    results, problems = results_of("E0.csv", text, canonical=True)
    assert matches(results) == [("2024-08-16", "Manchester United", "Fulham", 1, 0)] and not problems
    assert list(results["competition"]) == ["Premier League"]


def test_football_datas_other_countries_have_other_columns():
    text = "Country,League,Season,Date,Home,Away,HG,AG,Res\nBrazil,Serie A,2024,14/04/2024,Bahia,Vasco,2,1,H\n"
    results, problems = results_of("BRA.csv", text, canonical=True)
    assert matches(results) == [("2024-04-14", "Bahia", "Vasco", 2, 1)] and not problems
    assert list(results["competition"]) == ["Brasileirão"]


def test_fixtures_of_football_data_have_no_goals():
    text = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\nI1,07/12/2024,Juventus,Bologna,,\n"
    assert matches(results_of("fixtures.csv", text)[0]) == [("2024-12-07", "Juventus", "Bologna", None, None)]


def test_bad_rows_are_named_and_the_rest_goes_through():
    text = ("Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\nE0,31/02/2024,A,B,1,0\nE0,01/03/2024,A,B,x,0\nE0,02/03/2024,,B,1,0\n"
            "E0,03/03/2024,A,B,1,900\nE0\nE0,04/03/2024,A,B,1.0,2.0\n")  # fmt: skip
    results, problems = results_of("E0.csv", text)
    assert matches(results) == [("2024-03-04", "A", "B", 1, 2)]
    assert [problem.split(":")[0] for problem in problems] == [f"E0.csv, line {line}" for line in (2, 3, 4, 5, 6)]


def test_league_files_of_openfootball_are_read():
    results, problems = results_of("1-premierleague.txt", LEAGUE, canonical=True)
    assert not problems and set(results["competition"]) == {"Premier League"}
    assert matches(results) == [
        ("2024-08-16", "Manchester United", "Fulham", 1, 0),
        ("2024-08-17", "Ipswich Town", "Liverpool", 0, 2),
        ("2024-08-17", "Arsenal", "Wolverhampton", 2, 0),
        ("2025-01-04", "Brighton", "Arsenal", None, None),
    ]


def test_cup_files_of_openfootball_are_read_with_extra_time_and_penalties():
    results, problems = results_of("facup.txt", CUP)
    assert not problems and [row[0] for row in matches(results)] == ["2024-11-01"] * 3 + ["2025-02-09", "2025-02-11"]
    assert list(results["note"]) == [
        "", "after extra time", "after extra time; 5-4 on penalties", "", "postponed"]  # fmt: skip
    assert matches(results)[1:4] == [
        ("2024-11-01", "Carlisle United", "Wigan Athletic", 0, 2),
        ("2024-11-01", "Brackley Town", "Braintree Town", 0, 0),
        ("2025-02-09", "Plymouth Argyle", "Liverpool FC", 1, 0),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mainz 05 v Schalke 04 2-1 (1-0)", ("Mainz 05", "Schalke 04", 2, 1)),
        ("15.00  Mainz 05  2-1 (1-0)  Schalke 04", ("Mainz 05", "Schalke 04", 2, 1)),
        ("A  v  B  1-1 aet (1-1, 0-0) 3-4 pen", ("A", "B", 1, 1)),
        ("A v B", ("A", "B", None, None)),
        ("A  -  B", ("A", "B", None, None)),
        ("Al-Ahly SC  10-0  Saint-Étienne", ("Al-Ahly SC", "Saint-Étienne", 10, 0)),
    ],
)
def test_match_lines_are_read_in_every_order(line, expected):
    results, problems = results_of("x.txt", f"= Cup 2024/25\nSat Aug 17\n  {line}\n")
    assert [row[1:] for row in matches(results)] == [expected] and not problems


@pytest.mark.parametrize(
    ("title", "lines", "day"),
    [
        ("= Cup 2024/25", ["[Sat Aug/17]"], "2024-08-17"),
        ("= Cup 2024/25", ["Sat Jan 4"], "2025-01-04"),
        ("= Cup 2024", ["Sun Apr 14"], "2024-04-14"),
        ("= Cup 2019/20", ["Sun Jun/28 2020", "Sun Jul/26"], "2020-07-26"),
        ("= Cup 2024/25", ["Sun 29 Dec", "2025-01-04"], "2025-01-04"),
        ("= Cup 2024/25", ["Sat Dec 28", "Sat Jan 4"], "2025-01-04"),
    ],
)
def test_dates_without_a_year_take_that_of_the_season_or_the_last_date(title, lines, day):
    text = "\n".join([title, *lines, "  A  1-0  B"])
    assert [row[0] for row in matches(results_of("x.txt", text)[0])] == [day]


def test_a_match_before_any_date_is_a_problem():
    results, problems = results_of("x.txt", "= Cup 2024/25\n  A  1-0  B\nSat Aug 17\n  A  0-0  B\n")
    assert len(results) == 1 and problems == ["x.txt, line 2: a match before any date; the row is left out"]


def test_openfootball_json_is_read_in_its_new_form():
    results, problems = results_of("uefa.cl.json", FLAT, canonical=True)
    assert not problems and set(results["competition"]) == {"Champions League"}
    assert matches(results) == [
        ("2024-09-17", "Real Madrid", "VfB Stuttgart", 3, 1),
        ("2025-03-11", "Liverpool", "Paris Saint-Germain", 0, 1),
        ("2025-05-31", "Paris Saint-Germain", "Inter", None, None),
    ]
    assert list(results["note"]) == ["", "after extra time; 1-4 on penalties", ""]


def test_openfootball_json_is_read_in_its_old_form():
    played, coming = matches(results_of("it.1.json", ROUNDS)[0])
    assert played == ("2014-08-30", "Chievo", "Juventus", 0, 1)
    assert coming == ("2014-08-31", "Milan", "Lazio", None, None)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.csv", "id,title\n1,Hello\n", "not a football-data file"),
        ("x.csv", "", "not a football-data file"),
        ("x.json", "{", "not JSON"),
        ("x.json", "[1, 2]", "no list of matches"),
        ("x.json", '{"matches": [{"date": "2024-08-17"}, 5]}', "'team1' is missing"),
        ("x.txt", "Ancelotti under pressure.\n", "not an openfootball file"),
        ("x.pdf", "", "not a results file"),
    ],
)
def test_what_is_no_results_file_is_named(name, text, words):
    results, problems = results_of(name, text)
    assert results.empty and problems[0].startswith(name) and words in problems[0]


@settings(deadline=None)
@given(st.sampled_from(["x.csv", "x.json", "x.txt"]), st.text())
def test_no_text_makes_the_parsers_fail(name, text):
    for whole in (text, f"Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\n{text}", f"= Cup 2024/25\nSat Aug 17\n{text}"):
        check(parse_results(name, whole)[0], RESULTS)


@settings(deadline=None)
@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["matches", "rounds", "date", "team1", "team2", "score", "ft"]),
                                      inner)))  # fmt: skip
def test_no_json_makes_the_parser_fail(value):
    check(parse_results("x.json", json.dumps(value))[0], RESULTS)
    check(parse_results("x.json", json.dumps({"matches": [value]}))[0], RESULTS)


def test_files_and_folders_are_read_together_each_match_once(tmp_path):
    (tmp_path / "season").mkdir()
    rows = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\nE0,16/08/2024,Manchester United FC,Fulham FC,,\n"
    (tmp_path / "season" / "E0.csv").write_bytes(f"{rows}SP1,17/08/2024,Alavés,B,0,0\n".encode("cp1252"))
    (tmp_path / "league.txt").write_text(LEAGUE, encoding="utf-8")
    results, problems = read_results([tmp_path / "season", tmp_path / "league.txt", tmp_path / "missing.csv"])
    assert matches(results)[:2] == [
        ("2024-08-16", "Manchester United FC", "Fulham FC", 1, 0), ("2024-08-17", "Alavés", "B", 0, 0)]  # fmt: skip
    assert len(results) == 5 and len(problems) == 1 and "missing.csv" in problems[0]


def test_of_two_rows_of_one_match_the_one_that_says_more_stays():
    same = {"date": pd.Timestamp("2025-05-31", tz="UTC"), "competition": "", "home": "A", "away": "B"}
    told = [(None, "a long note"), (1, ""), (1, "4-2 on penalties")]
    rows = [same | {"home_goals": goals, "away_goals": goals, "note": note} for goals, note in told]
    assert list(combined(RESULTS.frame(rows))["note"]) == ["4-2 on penalties"]


@pytest.mark.parametrize(
    ("fact", "expected", "note"),
    [
        ("Milan beat Inter 2-1 away in Serie A; a derby.", ("Inter", "Milan", 1, 2), ""),
        ("Benfica lost 2-0 to Famalicão away in the Primeira Liga.", ("Famalicão", "Benfica", 2, 0), ""),
        ("Roma drew 0-0 with Lazio home in Serie A.", ("Roma", "Lazio", 0, 0), ""),
        ("Roma lost 3-2 to Lazio after extra time at a neutral venue in the Coppa Italia; it was the final.",
         ("Lazio", "Roma", 3, 2), "after extra time; neutral ground"),
        ("Lyon drew 2-2 with Bourgoin away in the Coupe de France and went out on penalties (4-2).",
         ("Bourgoin", "Lyon", 2, 2), "4-2 on penalties"),
        ("Juventus drew 1-1 with Empoli home in the Coppa Italia and went out on penalties (4-2); the quarter-final.",
         ("Juventus", "Empoli", 1, 1), "2-4 on penalties"),
    ],
)  # fmt: skip
def test_facts_tell_their_results(fact, expected, note):
    facts = pd.DataFrame({"date": ["2025-01-01"], "kind": ["result"], "fact": [fact], "verified": ["yes"]})
    results = results_of_facts(facts)
    assert [row[1:] for row in matches(results)] == [expected] and list(results["note"]) == [note]


def test_a_fact_that_is_not_understood_is_an_error():
    facts = pd.DataFrame({"date": ["2025-01-01"], "kind": ["result"], "fact": ["Roma won."], "verified": ["yes"]})
    with pytest.raises(ValueError, match="Roma won"):
        results_of_facts(facts)


def test_the_seasons_facts_give_results_between_clubs_of_the_gazetteer():
    facts, gazetteer = pd.read_csv(FACTS), load_gazetteer()
    results = check(results_of_facts(facts, names()), RESULTS)
    assert set(results["home"]) | set(results["away"]) <= set(gazetteer.clubs)
    final = results[results["note"].str.contains("neutral") & (results["competition"] == "Champions League")]
    assert matches(final) == [("2025-05-31", "Inter", "Paris Saint-Germain", 0, 5)]
    verified = facts[(facts["kind"] == "result") & (facts["verified"] == "yes")]
    assert len(verified) // 2 <= len(results) <= len(verified)


@pytest.mark.parametrize(
    ("raw", "country", "name"),
    [
        ("Nott'm Forest", "England", "Nottingham Forest"), ("Ath Bilbao", "Spain", "Athletic Club"),
        ("AS Monaco FC (MCO)", "", "Monaco"), ("Sporting Clube de Portugal (POR)", "", "Sporting"),
        ("Bayern Munich", "Germany", "FC Bayern"), ("TSG 1899 Hoffenheim", "Germany", "TSG Hoffenheim"),
        ("Nacional", "Portugal", "Nacional"), ("Swansea", "England", "Swansea City"),
        ("Parma Calcio 1913", "Italy", "Parma"), ("Unheard-of Rovers (XYZ)", "England", "Unheard-of Rovers"),
    ],
)  # fmt: skip
def test_names_in_files_become_those_of_the_gazetteer(raw, country, name):
    assert names()(raw, country) == name


def test_the_short_names_lead_to_clubs_of_the_gazetteer():
    assert set(SHORT_NAMES.values()) <= set(load_gazetteer().clubs)


@pytest.mark.parametrize(
    ("title", "name"),
    [("E0", "Premier League"), ("English Premier League 2024/25", "Premier League"),
     ("Cup of Nowhere 2024", "Cup of Nowhere"), ("Deutsche Bundesliga 2024/25", "Bundesliga"),
     ("UEFA Champions League 2024/25", "Champions League"), ("", "")],
)  # fmt: skip
def test_competitions_have_one_name(title, name):
    assert competition_of(title)[0] == name


def test_leagues_are_named_as_in_the_gazetteer():
    known = {row["competition"] for row in load_gazetteer().competitions}
    cups = {"FA Cup", "League Cup", "DFB-Pokal", "Champions League", "Europa League", "Conference League"}
    assert {name for name, _ in COMPETITIONS.values()} - cups <= known
