"""`index` prints one row for every day of a coach's spell; `results` keeps matches beside the articles."""

import csv
import io
import json

import pandas as pd
import pytest

from analysis.commands.registry import main
from analysis.results.kept import FILE, kept_results
from analysis.schema import INDEX

ARTICLES = [
    {"id": "a", "date": "2024-12-01", "lang": "it", "source": "A",
     "text": "Invented. Il Milan vuole l'esonero di Paulo Fonseca."},
    {"id": "b", "date": "2024-12-04", "lang": "it", "source": "B",
     "text": "Invented. Il Milan ha esonerato Paulo Fonseca."},
]  # fmt: skip


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [ARTICLES[0], {"id": "empty"}, ARTICLES[1]]), "utf-8")
    return str(path)


def test_every_day_has_a_row_and_nothing_after_the_day_asked_for_is_used(articles, capsys):
    assert main(["index", articles, "--as-of", "2024-12-03"]) == 1
    output, errors = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(output)))
    assert list(rows[0]) == list(INDEX.columns)
    fonseca = [row for row in rows if row["coach"] == "Paulo Fonseca"]
    assert [row["date"] for row in fonseca] == ["2024-12-01", "2024-12-02", "2024-12-03"]
    assert {row["club"] for row in fonseca} == {"Milan"} and "dismissed" not in {row["stage"] for row in fonseca}
    assert float(fonseca[0]["lower"]) <= float(fonseca[0]["index"]) <= float(fonseca[0]["upper"])
    assert "articles.jsonl, row 2" in errors


def test_the_forms_hold_the_same_rows(articles, tmp_path, capsys):
    main(["index", articles, "--format", "jsonl"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    main(["index", articles, "--format", "parquet", "--output", str(tmp_path / "index.parquet")])
    table = pd.read_parquet(tmp_path / "index.parquet")
    assert [row["coach"] for row in lines] == table["coach"].tolist()
    assert [row["date"] for row in lines] == table["date"].dt.strftime("%Y-%m-%d").tolist()
    assert str(table["date"].dt.tz) == "UTC" and lines[-1]["date"] == "2024-12-04"


def test_days_without_a_claim_belong_to_the_archive(tmp_path, capsys):
    quiet = [{"id": "q", "date": "2024-11-20", "lang": "it", "text": "Invented. Domenica si gioca a San Siro."}]
    path = tmp_path / "early.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [*quiet, ARTICLES[0]]), "utf-8")
    main(["index", str(path)])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0]["date"] == "2024-11-20" and rows[0]["stories"] == "0"


def test_wrong_arguments_are_told(articles, capsys):
    with pytest.raises(SystemExit):
        main(["index", articles, "--as-of", "yesterday"])
    assert "is no day" in capsys.readouterr().err
    assert main(["index", articles, "--store", "x"]) == 2


HEAD = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\n"
MATCHES = f"{HEAD}I1,01/12/2024,Milan,Empoli,3,0\nI1,x,Milan,Roma,1,1\nI1,29/12/2024,Milan,Roma,,\n"


def test_results_are_kept_and_a_fixture_gets_its_goals_later(tmp_path, capsys):
    file = tmp_path / "I1.csv"
    file.write_text(MATCHES, "utf-8")
    assert main(["results", str(file), "--store", str(tmp_path / "store")]) == 1
    output, errors = capsys.readouterr()
    assert "2 matches read (1 played), 2 new, 2 kept, 1 problems" in output and "I1.csv, line 3" in errors
    file.write_text(f"{HEAD}I1,29/12/2024,Milan,Roma,1,1\n", "utf-8")
    assert main(["results", str(file), "--store", str(tmp_path / "store")]) == 0
    kept = kept_results(tmp_path / "store")
    assert kept["home_goals"].tolist() == [3, 1] and kept["home"].tolist() == ["Milan", "Milan"]


def test_a_broken_file_of_results_is_named_and_stays(tmp_path, capsys):
    (tmp_path / FILE).write_text("nonsense\n1\n", "utf-8")
    file = tmp_path / "I1.csv"
    file.write_text(MATCHES, "utf-8")
    assert main(["results", str(file), "--store", str(tmp_path)]) == 2
    assert FILE in capsys.readouterr().err and (tmp_path / FILE).read_text("utf-8").startswith("nonsense")
