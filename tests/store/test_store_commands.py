"""add, export and compact on the command line."""

import csv
import json

import pandas as pd
import pytest

from analysis.commands.registry import main
from analysis.load import load
from analysis.store import Store
from analysis.store.export import COLUMNS
from tests.store.conftest import article, frame


@pytest.fixture
def files(tmp_path):
    """Three files with three good articles and three bad ones."""
    lines = ['{"id": "a", "title": "Mario Brenta sacked", "url": "https://a.it/1", "date": "2024-12-01"}', "{bad",
             '{"id": "b", "title": ""}']  # fmt: skip
    (tmp_path / "feed.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "table.csv").write_text("id,title,date\nc,=1+1 says Mario Brenta,2024-12\n", "utf-8")
    (tmp_path / "page.html").write_text("<title>A page about Brenta</title><p>Long enough to be read.</p>", "utf-8")
    return [str(tmp_path / name) for name in ("feed.jsonl", "table.csv", "page.html", "missing.txt")]


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_add_keeps_the_good_and_names_the_bad(capsys, files, tmp_path):
    status, out, err = run(capsys, "add", *files, "--store", tmp_path / "s")
    assert (status, out) == (1, "3 new, 0 known, 3 failed\n")
    for bad in ("feed.jsonl, row 2", "feed.jsonl, row 3", "missing.txt"):
        assert f"error: {bad}" in err
    assert run(capsys, "add", *files[:3], "--store", tmp_path / "s")[1] == "0 new, 3 known, 2 failed\n"


def test_add_reads_what_is_new_once(capsys, files, tmp_path, monkeypatch):
    run(capsys, "add", files[0], "--store", tmp_path / "s")
    assert Store(tmp_path / "s").read_new() == 0
    run(capsys, "add", files[1], "--store", tmp_path / "s", "--unread")
    assert Store(tmp_path / "s").read_new() == 1


@pytest.mark.parametrize("command", [["add", "x.txt"], ["compact"], ["export"]])
def test_a_store_that_cannot_be_is_said_in_words(capsys, tmp_path, command):
    (tmp_path / "x.txt").write_text("Mario Brenta")
    (tmp_path / "file").write_text("no folder")
    given = [str(tmp_path / word) if word == "x.txt" else word for word in command]
    status, _, err = run(capsys, *given, "--store", tmp_path / "file")
    assert "Traceback" not in err
    assert status == (2 if command[0] == "add" else 0)


def export(capsys, store, kind: str, path) -> list[dict]:
    assert run(capsys, "export", "--store", store.folder, "--format", kind, "--output", path)[0] == 0
    if kind == "jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if kind == "csv":
        with open(path, encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    return pd.read_parquet(path).to_dict("records")


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_everything_is_exported_and_can_be_added_again(capsys, store, tmp_path, kind):
    store.add(frame(article(1), article(2, published_at=pd.Timestamp("2024-11-01", tz="UTC"), date_precision="month")))
    rows = export(capsys, store, kind, tmp_path / f"all.{kind}")
    assert [row["id"] for row in rows] == ["given-2", "given-1"]
    assert [row["date"] for row in rows] == ["2024-11", "2024-12-01T01:00:00+00:00"]
    assert all(list(row) == list(COLUMNS) for row in rows)
    claims = rows[1]["claims"]
    assert [claim["coach"] for claim in (json.loads(claims) if kind == "csv" else claims)] == ["Mario Brenta"]
    assert run(capsys, "add", tmp_path / f"all.{kind}", "--store", store.folder)[1] == "0 new, 2 known, 0 failed\n"
    assert run(capsys, "add", tmp_path / f"all.{kind}", "--store", tmp_path / "b")[1] == "2 new, 0 known, 0 failed\n"


def test_no_cell_of_the_csv_starts_a_formula(capsys, store, tmp_path):
    evil = dict.fromkeys(("title", "text", "source", "article_id", "origin"), "=HYPERLINK(1)")
    store.add(frame(article(1, **evil)))
    row = export(capsys, store, "csv", tmp_path / "all.csv")[0]
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_export_goes_to_standard_output(capsys, store):
    store.add(frame(article(1)))
    status, out, _ = run(capsys, "export", "--store", store.folder)
    assert (status, json.loads(out)["title"]) == (0, article(1)["title"])


def test_an_export_loads_as_the_articles_it_was_made_of(capsys, store, tmp_path):
    store.add(frame(article(1), article(2, title="\u2028 odd \t title", text="  kept \r\n as is ")))
    export(capsys, store, "jsonl", tmp_path / "all.jsonl")
    kept = store.articles()
    loaded = list(load([tmp_path / "all.jsonl"]))
    for field in ("title", "text", "url", "source", "published_at", "date_precision"):
        assert [row[field] for row in loaded] == kept[field].tolist()


def test_the_commands_are_known(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["add", "--help"])
    assert ended.value.code == 0
    assert "--store" in capsys.readouterr().out
