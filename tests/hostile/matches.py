"""Hostile files of results: clubs, competitions and notes that are attacks."""

import csv
import io
import json
from pathlib import Path

from tests.hostile.attacks import TEXTS

CLUBS = ("Everton", "Fulham", "Brentford")


def write_matches(folder: Path) -> list[Path]:
    """Files of the three formats, in which every attack is an opponent, with dates of early December 2024."""
    folder.mkdir()
    short = [attack for attack in TEXTS.values() if len(attack) < 500]
    files = {"table.csv": _table(short), "matches.json": _tree(short), "matches.txt": _text(short)}
    for name, content in files.items():
        (folder / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    return [folder / name for name in files]


def _table(attacks: list[str]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["Div", "Date", "HomeTeam", "AwayTeam", "FTHG", "FTAG"])
    for number, attack in enumerate(attacks):
        writer.writerow([attack, f"0{1 + number % 6}/12/2024", CLUBS[number % 3], attack, number % 5, 1])
    return stream.getvalue()


def _tree(attacks: list[str]) -> str:
    rows = [{"date": f"2024-12-0{1 + number % 6}", "team1": attack, "team2": CLUBS[number % 3], "score": {"ft": [2, 1]},
             "status": attack} for number, attack in enumerate(attacks)]  # fmt: skip
    return json.dumps({"name": attacks[0], "matches": rows})


def _text(attacks: list[str]) -> str:
    rows = [f"  Everton  1-2  {' '.join(attack.split())}  [{' '.join(attack.split())}]" for attack in attacks]
    return "\n".join(["= English Premier League 2024/25", "Sat Dec/7 2024", *rows, *(f"= {row}" for row in rows[:20])])
