"""What files are refused for is said in the reader's language."""

import ast
import re
from pathlib import Path

import pytest

from analysis.commands.score import answer
from analysis.load import load_bytes
from pages.complaints import told
from pages.wording import Words

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*sorted((ROOT / "analysis" / "load").glob("*.py")), ROOT / "analysis" / "commands" / "score.py"]
MEND = re.compile(r"; (?!\s|$)|left out$|were replaced$")
"""A complaint says what is wrong and, behind a semicolon, how to mend it."""
BAD = {
    "empty.txt": (b"", "empty.txt: vuoto; toglilo o mettici un articolo"),
    "picture.txt": (b"\x89PNG\0\0\0", "picture.txt: non è un file di testo; salva l'articolo come"),
    "news.jsonl": (b"no json\n", "news.jsonl, riga 1: non è JSON ("),
    "list.jsonl": (b"[1]\n", "list.jsonl, riga 1: un elenco, non un oggetto; scrivi {"),
    "blank.jsonl": (b'{"title": " "}\n', "blank.jsonl, riga 1: né titolo né testo; danne almeno uno"),
    "array.json": (b'[{"title": "a"}, {"t', "array.json, riga 2: non è JSON ("),
    "table.csv": (b"a,b\n1,2\n", "table.csv: intestazione: nessuna colonna title o text (ci sono a, b)"),
    "cells.csv": (b"title,text\n1,2,3\n", "cells.csv, riga 1: 3 celle sotto 2 colonne;"),
    "table.parquet": (b"PAR1", "table.parquet: non è un file Parquet intero ("),
    "deep, row 3: x.jsonl": (b"[1]\n", "deep, row 3: x.jsonl, riga 1: un elenco"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_is_said_in_italian_with_its_place(name):
    data, wanted = BAD[name]
    problems = [told(row["error"], Words("it")) for row in load_bytes(name, data) if "error" in row]
    assert [problem for problem in problems if problem.startswith(wanted)], problems


def test_a_warning_is_said_in_italian():
    row = b'{"title": "Het nieuws van vandaag is dat de trainer blijft", "date": "03/04/2024", "id": 1, "lang": "nl"}\n'
    article = next(load_bytes("news.jsonl", row))
    warnings = [told(warning, Words("it")) for warning in answer(article)["warnings"]]
    assert "news.jsonl, riga 1: la data '03/04/2024' è stata letta con il giorno davanti" in warnings[0]
    assert "resta senza valutazione" in warnings[1]


def test_in_english_a_complaint_stays_as_it_is():
    for name, (data, _) in BAD.items():
        for row in load_bytes(name, data):
            assert told(row.get("error", ""), Words("en")) == row.get("error", "")


@pytest.mark.parametrize("message", ["", "x", "a.txt: something new", "{file}: {complaint}", ": empty"])
def test_what_is_no_complaint_stays_as_it_is(message):
    assert told(message, Words("it")) == message


def complaints(path: Path) -> list[str]:
    """Texts in a module that name a fault and its mend, every value in them written as 7."""
    tree = ast.parse(path.read_text("utf-8"))
    notes = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.Constant)
               and node not in notes | inner]  # fmt: skip
    texts = ["".join(str(part.value) if isinstance(part, ast.Constant) else "7"
                     for part in (node.values if isinstance(node, ast.JoinedStr) else [node]))
             for node in strings]  # fmt: skip
    return [text for text in texts if MEND.search(text) and "\n" not in text]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_complaint_in_the_sources_has_its_italian(path):
    assert [text for text in complaints(path) if told(f"a.txt: {text}", Words("it")) == f"a.txt: {text}"] == []


def test_complaints_are_found_in_the_sources():
    assert sum(len(complaints(path)) for path in SOURCES) > 25
