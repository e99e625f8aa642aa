"""Hostile articles through every command: nothing lost, no formula in a table, no order to a terminal, no traceback."""

import csv
import io
import json
import os
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.commands.registry import main
from analysis.store import Store
from analysis.store.addresses import safe_url
from analysis.store.published import read_published
from tests.hostile.archive import articles, write_articles
from tests.hostile.attacks import URLS
from tests.hostile.matches import write_matches

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COMMANDS = {
    "score": ["score", "FILE"],
    "score table": ["score", "FILE", "--format", "table"],
    "score csv": ["score", "FILE", "--format", "csv"],
    "index": ["index", "FILE", "--as-of", "2024-12-06"],
    "index jsonl": ["index", "FILE", "--format", "jsonl"],
    "export": ["export", "--store", "STORE"],
    "export csv": ["export", "--store", "STORE", "--format", "csv"],
    "publish": ["publish", "--store", "STORE", "--output", "FORM"],
    "results": ["results", "MATCHES", "--store", "STORE"],
    "digest": ["digest", "--store", "STORE", "--as-of", "2024-12-06", "--period", "week"],
    "digest html": ["digest", "--store", "STORE", "--as-of", "2024-12-06", "--format", "html"],
    "alert": ["alert", "--store", "STORE", "--as-of", "2024-12-06", "--dry-run"],
    "suggest": ["gazetteer", "suggest", "--store", "STORE"],
    "compact": ["compact", "--store", "STORE"],
    "add": ["add", "FILE", "--store", "STORE"],
}


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> dict[str, str]:
    """Where things are: the articles as a file, a store that has them, matches, room for a published form."""
    folder = tmp_path_factory.mktemp("commands")
    found = {name: str(folder / name.lower()) for name in ("STORE", "FORM", "MATCHES")}
    found["FILE"] = str(write_articles(folder / "articles.jsonl"))
    write_matches(Path(found["MATCHES"]))
    assert main(["add", found["FILE"], "--store", found["STORE"]]) == 0
    return found


class Screen(io.StringIO):
    """Standard output or error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def run(monkeypatch, places: dict[str, str], name: str) -> tuple[int, str, str]:
    out, err = Screen(newline=""), Screen(newline="")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    status = main([places.get(word, word) for word in COMMANDS[name]])
    return status, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_gives_a_terminal_orders_or_fails(monkeypatch, places, name):
    status, out, err = run(monkeypatch, places, name)
    assert status == (1 if name == "results" else 0)
    assert out
    # Progress is written over itself by a return, which is ours.
    told = out + err.replace("\rread", "read")
    assert [sign for sign in told if (sign < " " and sign not in "\n\t\r") or "\x7f" <= sign < "\xa0"] == []
    assert "Traceback" not in told


def output(places: dict[str, str], tmp_path: Path, *words: str) -> Path:
    """The file that a command writes."""
    target = tmp_path / "output"
    assert main([*(places.get(word, word) for word in words), "--output", str(target)]) == 0
    return target


@pytest.mark.parametrize("words", [("score", "FILE"), ("export", "--store", "STORE"), ("index", "FILE")])
def test_a_table_starts_no_formula_and_breaks_no_row(places, tmp_path, words):
    csv.field_size_limit(10**9)
    text = output(places, tmp_path, *words, "--format", "csv").read_bytes().decode("utf-8")
    # As spreadsheets do, which begin a row behind a return that is not in quotes.
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_every_article_is_exported_word_for_word(places, tmp_path, form):
    path = output(places, tmp_path, "export", "--store", "STORE", "--format", form)
    csv.field_size_limit(10**9)
    if form == "csv":
        with open(path, encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]] if form == "jsonl" else None
        rows = pd.read_parquet(path).to_dict("records") if rows is None else rows
    kept = {(row["title"], row["text"]) for row in Store(places["STORE"]).articles().to_dict("records")}
    told = {(row["title"], row["text"]) for row in rows}
    assert len(told) == len(articles())
    assert form == "csv" or told == kept


def test_each_line_of_json_is_one_for_whoever_splits_it(places, tmp_path):
    for words in (("score", "FILE"), ("export", "--store", "STORE")):
        path = output(places, tmp_path, *words)
        assert len(path.read_text("utf-8").splitlines()) == len(articles())


def test_scores_come_in_the_order_given_with_evidence_in_its_place(places, tmp_path):
    given = articles()
    for article, line in zip(
        given, output(places, tmp_path, "score", "FILE").read_text("utf-8").split("\n"), strict=False
    ):
        found = json.loads(line)
        assert "error" not in found
        fields = {name: article[name].encode("utf-8", "replace").decode() for name in ("title", "text")}
        for row in found["evidence"]:
            words = fields[row["field"]][row["start"] : row["end"]]
            assert words.replace("?", "") == row["text"].replace("\ufffd", "").replace("?", "")


def test_addresses_in_the_store_and_the_published_form_are_of_the_web(places, tmp_path):
    form = str(tmp_path / "form")
    assert main(["publish", "--store", places["STORE"], "--output", form]) == 0
    for kept in (Store(places["STORE"]).articles(), read_published(Path(form)).articles):
        addresses = {url for url in kept["url"] if url}
        assert addresses
        assert all(url.startswith(("http://", "https://")) for url in addresses)
        assert not any("secret" in url or "\\" in url or "\n" in url for url in addresses)


@pytest.mark.parametrize("url", URLS.values())
def test_an_address_is_of_the_web_or_none(url):
    safe = safe_url(url)
    assert safe == "" or (safe.startswith(("http://", "https://")) and safe.isprintable() and "@hostile" not in safe)


def test_the_published_form_has_no_full_text(places, tmp_path):
    form = str(tmp_path / "form")
    assert main(["publish", "--store", places["STORE"], "--output", form]) == 0
    whole = Store(places["STORE"]).articles().set_index("article_id")["text"]
    shared = read_published(Path(form)).articles.set_index("article_id")["text"]
    assert len(shared)
    assert [name for name in shared.index if len(whole[name]) > 2000 and len(shared[name]) >= len(whole[name])] == []


def test_nothing_was_written_beside_its_place(places):
    folder = Path(places["STORE"]).parent
    assert set(os.listdir(folder)) <= {"store", "form", "matches", "articles.jsonl"}
