"""Invented articles that name a coach and a club whom the gazetteer does not list."""

import json

import pytest

from analysis.schema import GAZETTEER_TABLES

COACH, CLUB = "Mario Brenta", "Borgo Finto Calcio"


def article(number: int, **values: str) -> dict:
    text = f"Mario Brenta rischia l'esonero al {CLUB}: l'allenatore è sulla graticola dopo la sconfitta {number}."
    usual = {"id": f"a{number}", "date": f"2024-12-0{number}", "lang": "it", "source": f"Gazzetta finta {number % 2}",
             "url": f"https://finta.example/{number}", "title": f"{CLUB}, giornata {number}", "text": text}  # fmt: skip
    return {**usual, **values}


@pytest.fixture
def lines(tmp_path):
    """A function that writes articles to a file and gives its path."""

    def write(*articles: dict):
        path = tmp_path / "articles.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in articles), encoding="utf-8")
        return path

    return write


LISTED = {
    "coaches.csv": "Carlo Ancelotti,Italy,men,\nPep Guardiola,Spain,men,",
    "clubs.csv": "Milan,Italy,club,men\nReal Madrid,Spain,club,men",
    "coach_aliases.csv": "Ancelotti,Carlo Ancelotti,,surname,sure,",
    "club_aliases.csv": "AC Milan,Milan,,name,sure,",
    "competitions.csv": "Serie A,Italy,men,20",
    "memberships.csv": "Serie A,2024-25,Milan",
    "spells.csv": "Carlo Ancelotti,Real Madrid,2021-07-01,,,no,2024-12-01",
    "given_names.csv": "Carlo,men,it",
}


@pytest.fixture
def gazetteer(tmp_path):
    """A small gazetteer of one's own, which may be written."""
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    for name, table in GAZETTEER_TABLES.items():
        lines = [",".join(table.columns), *LISTED.get(name, "").split("\n")]
        (folder / name).write_text("".join(f"{line}\n" for line in lines if line), encoding="utf-8")
    return folder
