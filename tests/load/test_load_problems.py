"""What cannot be read says so in its place, naming file and row, and nothing stops the rest."""

import csv
import json
import random
from pathlib import Path

import pytest
from load_cases import only, parquet, read

from analysis.load import decode as decoding
from analysis.load import load
from analysis.load.decode import MAX_TEXT

SHARED = Path(__file__).resolve().parents[3] / "shared"
NOISE = random.Random(7).randbytes(5000)


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.txt", "", "empty"),
        ("a.txt", " \n ", "empty"),
        ("a.jsonl", "\n\n", "empty"),
        ("a.json", "[]", "empty"),
        ("a.csv", "title,text\n", "empty"),
        ("a.html", "<script>x</script>", "no text in the page"),
        ("a.txt", NOISE, "not a text file"),
        ("a.html", NOISE, "not a text file"),
        ("a.csv", NOISE, "not a text file"),
        ("a.jsonl", NOISE, "not a text file"),
        ("a.pdf", b"%PDF-1.4 text", "not a text file"),
        ("a.parquet", NOISE, "not a whole Parquet file"),
        ("a.parquet", parquet({"title": ["x"]})[:-20], "not a whole Parquet file"),
        ("a.parquet", parquet({"body": ["x"]}), "no column title or text"),
        ("a.parquet", parquet({"title": []}), "empty"),
        ("a.csv", "id,body\n1,x\n2,y\n", "no column title or text (it has id, body)"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.txt", "parola " * 400_000, "split it"),
        ("a.txt", b"x" * (decoding.MAX_BYTES + 1), "split it"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_that_names_it(name, content, named):
    problem = only(name, content)
    assert set(problem) == {"id", "error"}
    assert problem["id"].startswith(name)
    assert problem["error"].startswith(name)
    assert named in problem["error"]


def test_a_bad_line_in_the_middle_is_named_and_the_rest_is_read():
    lines = ['{"title": "one"}', "{bad", "", "[1, 2]", '"text"', "5", "[" * 100_000, '{"title": " ", "text": null}',
             '{"id": 7, "text": ["x"]}', '{"x": 1' + "0" * 5000 + "}", '{"title": "last"}']  # fmt: skip
    results = read("feed.jsonl", "\n".join(lines))
    assert [result["id"] for result in results] == [
        "feed.jsonl:1", "feed.jsonl:2", "feed.jsonl:4", "feed.jsonl:5", "feed.jsonl:6", "feed.jsonl:7", "feed.jsonl:8",
        "7", "feed.jsonl:10", "feed.jsonl:11",
    ]  # fmt: skip
    problems = results[1:-1]
    assert all("error" in problem for problem in problems)
    rows = [problem["error"].partition(":")[0] for problem in problems]
    assert rows == [f"feed.jsonl, row {number}" for number in (2, 4, 5, 6, 7, 8, 9, 10)]
    assert results[-1]["title"] == "last"


def test_an_array_is_read_up_to_where_it_breaks():
    results = read("a.json", '[{"title": "one"}, 2, {"title": "three"}, {"title": oops}, {"title": "lost"}]')
    assert [result.get("title") for result in results] == ["one", None, "three", None]
    assert "What follows was not read" in results[-1]["error"]


def test_a_long_array_is_read_piece_by_piece(monkeypatch):
    monkeypatch.setattr("analysis.load.json._CHUNK", 7)
    rows = [{"id": str(number), "text": "perché no? " * number} for number in range(1, 40)]
    assert [result["id"] for result in read("a.json", json.dumps(rows, indent=1))] == [row["id"] for row in rows]


def test_table_rows_that_cannot_be_read_are_named_and_the_rest_is_read():
    table = 'id,title,text\n1,one,x\n2,,\n3,a,b,c\n4,short\n5,"six, ""quoted""","two\nlines"\n'
    results = read("a.csv", table)
    assert [result["id"] for result in results] == ["1", "2", "a.csv:3", "4", "5"]
    assert "neither title nor text" in results[1]["error"]
    assert "4 cells under 3 columns" in results[2]["error"]
    assert (results[4]["title"], results[4]["text"]) == ('six, "quoted"', "two\nlines")


@pytest.mark.parametrize("end", ["", '4,"fine"\n', '4,"two\nlines"\n'])
def test_an_unclosed_quote_costs_its_own_row_only(end):
    results = read("a.csv", f'id,text\n1,ok\n2,"open\n3,good\n{end}')
    assert [result["id"] for result in results] == ["1", "a.csv:2", "3", *(["4"] if end else [])]
    assert "a quote is opened here and not closed" in results[1]["error"]
    assert results[2]["text"] == "good"


def test_loose_quotes_in_a_row_are_read_with_a_warning():
    article = only("a.csv", 'id,text\n1,"so" he said\n')
    assert article["text"] == "so he said"
    assert "quotes do not match" in article["warnings"][0]


def test_quotes_that_never_close_end_in_bounded_time(monkeypatch):
    monkeypatch.setattr("analysis.load.tables._MOST_REREAD", 1000)
    results = read("a.csv", "title,text\n" + 'x","\n' * 5000)
    assert "What follows was not read" in results[-1]["error"]


@pytest.fixture
def usual_limit():
    """Give back the limit of csv fields, which Python keeps for the whole process."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


def test_a_line_too_long_is_named_and_the_next_is_read(monkeypatch, usual_limit):
    for module in ("decode", "tables"):
        monkeypatch.setattr(f"analysis.load.{module}.MAX_BYTES", 1000)
    for name, lines in (
        ("a.jsonl", ['{"title": "x"}', "y" * 5000, '{"title": "z"}']),
        ("a.csv", ["title", "x", "y" * 5000, "z"]),
    ):
        first, long, last = read(name, "\n".join(lines))
        assert (first["title"], last["title"]) == ("x", "z")
        assert long["error"].startswith(f"{name}, row 2: more than")


def test_an_article_has_at_most_the_documented_length():
    fits = only("a.jsonl", json.dumps({"title": "x" * 10, "text": "y" * (MAX_TEXT - 10)}))
    assert len(fits["text"]) == MAX_TEXT - 10
    assert "split it" in only("a.jsonl", json.dumps({"title": "x" * 11, "text": "y" * (MAX_TEXT - 10)}))["error"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"date": "0000-01-01"}, "date '0000-01-01'"),
        ({"date": "9999-12-31"}, "date '9999-12-31'"),
        ({"date": "yesterday"}, "date 'yesterday'"),
        ({"date": [2024]}, "date"),
        ({"source": {"name": "x"}}, "source is of type dict"),
        ({"lang": ["it"]}, "lang is of type list"),
        ({"id": {"$oid": "x"}}, "id is of type dict"),
        ({"title": "half \ud800 a pair"}, "lone surrogates"),
    ],
)
def test_what_can_be_left_out_costs_a_warning_not_the_article(fields, named):
    article = only("a.jsonl", json.dumps({"text": "x", **fields}))
    assert article["text"] == "x"
    assert len(article["warnings"]) == 1
    assert article["warnings"][0].startswith("a.jsonl, row 1: ")
    assert named in article["warnings"][0]
    assert article["date"] is None


@pytest.mark.parametrize(
    ("data", "text", "warned"),
    [
        ("è così".encode("cp1252"), "è così", "Windows-1252"),
        ("è così à".encode() + b"\xe8", "è così à\ufffd", "broken UTF-8"),
        ("è così".encode("utf-16"), "è così", ""),
        (b"zero \0 byte in a longer line", "zero \0 byte in a longer line", ""),
    ],
)
def test_odd_bytes_are_read_with_a_warning(data, text, warned):
    article = only("a.txt", data)
    assert article["text"] == text
    assert warned in "".join(article.get("warnings", [""]))
    assert bool(warned) == ("warnings" in article)


def test_paths_that_lead_nowhere_are_problems_in_their_place(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text("good", encoding="utf-8")
    (tmp_path / "none").mkdir()
    results = list(load([tmp_path / "missing.txt", good, tmp_path / "none", "zero\0byte.txt", "x" * 5000]))
    assert [("error" in result, result["id"][:11]) for result in results] == [
        (True, "missing.txt"), (False, "good.txt"), (True, "none"), (True, "zero?byte.t"), (True, "xxxxxxxxxxx"),
    ]  # fmt: skip
    assert "No such file" in results[0]["error"]
    assert "no articles in this folder" in results[2]["error"]
