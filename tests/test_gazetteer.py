"""Clubs, coaches, aliases and spells: closed, consistent, and in agreement with what is known elsewhere."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from analysis.gazetteer import DATA, STALE_DAYS, Spell, load_gazetteer
from analysis.schema import GAZETTEER_TABLES, SchemaError, Table, read_table
from analysis.text import LANGUAGES, fold

FACTS = Path(__file__).resolve().parent.parent.parent / "shared" / "facts"
needs_facts = pytest.mark.skipif(not FACTS.exists(), reason="the reference facts are not part of the project")
GAZETTEER = load_gazetteer()
TOP_DIVISIONS = {"Serie A": 20, "La Liga": 20, "Premier League": 20, "Bundesliga": 18, "Ligue 1": 18,
                 "Primeira Liga": 18, "Brasileirão": 20}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    return read_table(DATA / "gazetteer" / name, GAZETTEER_TABLES[name])


def test_there_are_enough_clubs_national_teams_and_coaches():
    clubs = [club for club in GAZETTEER.clubs.values() if not club.is_national]
    assert len(clubs) >= 200
    assert len(GAZETTEER.clubs) - len(clubs) >= 60
    assert len(GAZETTEER.coaches) >= 300


def test_the_names_of_the_guide_are_all_there():
    names = (Path(__file__).parent / "data" / "club_names.txt").read_text(encoding="utf-8").splitlines()
    assert not [name for name in names if name and name not in GAZETTEER.clubs]


@pytest.mark.parametrize("competition", TOP_DIVISIONS)
def test_a_first_division_is_complete_in_every_season(competition):
    seasons = Counter(row["season"] for row in GAZETTEER.memberships if row["competition"] == competition)
    expected = {"2024", "2025", "2026"} if competition == "Brasileirão" else {"2024-25", "2025-26"}
    assert set(seasons) >= expected
    assert {seasons[season] for season in expected} == {TOP_DIVISIONS[competition]}


@pytest.mark.parametrize(
    ("name", "column", "known"),
    [
        ("club_aliases.csv", "club", GAZETTEER.clubs),
        ("memberships.csv", "club", GAZETTEER.clubs),
        ("spells.csv", "club", GAZETTEER.clubs),
        ("spells.csv", "coach", GAZETTEER.coaches),
        ("coach_aliases.csv", "coach", GAZETTEER.coaches),
    ],
)
def test_every_row_refers_to_something_known(name, column, known):
    assert not {row[column] for row in rows(name)} - set(known)


def test_languages_of_aliases_are_among_the_six():
    used = {
        lang for name in ("club_aliases.csv", "coach_aliases.csv") for row in rows(name) for lang in row["lang"].split()
    }
    assert used <= set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_alias_of_several_clubs_is_declared(lang):
    declared = {fold(row["alias"]) for row in rows("collisions.csv") if not row["lang"] or lang in row["lang"].split()}
    shared = {
        form for form, aliases in GAZETTEER.club_aliases(lang).items() for alias in aliases if len(alias.names) > 1
    }
    assert not shared - declared


def test_an_alias_of_several_coaches_is_declared():
    declared = {fold(row["alias"]) for row in rows("coach_collisions.csv")}
    shared = {
        form for form, aliases in GAZETTEER.coach_aliases("it").items() for alias in aliases if len(alias.names) > 1
    }
    assert not shared - declared


@pytest.mark.parametrize(
    ("name", "known"), [("collisions.csv", GAZETTEER.clubs), ("coach_collisions.csv", GAZETTEER.coaches)]
)
def test_collisions_name_known_candidates(name, known):
    for row in rows(name):
        assert not {*row["others"].split(";"), row["preferred"] or row["others"].split(";")[0]} - set(known) - {""}


def test_spells_end_after_they_begin_and_are_checked_no_earlier():
    for spell in GAZETTEER.spells:
        assert spell.end is None or spell.start < spell.end, spell
        assert spell.checked >= (spell.end or spell.start), spell


def test_a_club_has_one_head_coach_at_a_time():
    by_club = defaultdict(list)
    for spell in GAZETTEER.spells:
        if not spell.interim:
            by_club[spell.club].append(spell)
    for spells in by_club.values():
        spells.sort(key=lambda spell: spell.start)
        for first, second in zip(spells, spells[1:], strict=False):
            assert (first.end or first.checked) <= second.start + timedelta(days=7), (first, second)


def test_a_running_spell_is_trusted_for_a_while_after_its_check_only():
    spell = Spell("A", "B", date(2024, 1, 1), None, "", False, date(2024, 6, 1))
    assert spell.covers(date(2024, 6, 1) + timedelta(days=STALE_DAYS))
    assert not spell.covers(date(2024, 6, 2) + timedelta(days=STALE_DAYS))


@pytest.mark.parametrize(
    ("club", "day", "coach"),
    [
        ("Real Madrid", date(2024, 12, 6), "Carlo Ancelotti"),
        ("Milan", date(2024, 12, 6), "Paulo Fonseca"),
        ("Roma", date(2024, 10, 1), "Ivan Jurić"),
        ("Manchester United", date(2024, 10, 1), "Erik ten Hag"),
        ("Manchester United", date(2025, 1, 1), "Rúben Amorim"),
        ("Brazil", date(2025, 6, 10), "Carlo Ancelotti"),
        ("Real Madrid", date(2040, 1, 1), None),
    ],
)
def test_a_club_and_a_day_give_its_coach(club, day, coach):
    assert GAZETTEER.coach_at(club, day) == coach


@needs_facts
def test_starts_of_spells_agree_with_the_reference_where_it_knows_them():
    reference = pd.read_parquet(FACTS / "coach_spells_transfermarkt_465clubs.parquet")
    starts = defaultdict(list)
    for coach, start in zip(reference["coach"], reference["start"], strict=True):
        starts[fold(coach)].append(date.fromisoformat(start))
    gaps = [min(abs((spell.start - start).days) for start in starts[fold(spell.coach)])
            for spell in GAZETTEER.spells if fold(spell.coach) in starts]  # fmt: skip
    same_spell = [gap for gap in gaps if gap <= 90]
    assert len(same_spell) > 500
    assert sum(gap > 14 for gap in same_spell) <= 0.05 * len(same_spell)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("club,country\nA,B\n", "columns are"),
        ("club,country,kind,gender\nA,,club,men\n", "country is empty"),
        ("club,country,kind,gender\nA,B,village,men\n", "kind is 'village'"),
        ("club,country,kind,gender\nA,B,club\n", "4 cells expected"),
    ],
)
def test_a_wrong_data_file_is_named_with_its_line(tmp_path, content, message):
    path = tmp_path / "clubs.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SchemaError, match=message):
        read_table(path, GAZETTEER_TABLES["clubs.csv"])


def test_a_malformed_date_is_named(tmp_path):
    path = tmp_path / "days.csv"
    with open(path, "w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([["day"], ["6.12.2024"]])
    with pytest.raises(SchemaError, match="expected a date"):
        read_table(path, Table(("day",), dates=("day",)))
