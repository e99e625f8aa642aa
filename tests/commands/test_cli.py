"""The command line keeps its contract: input order, errors in their place, formats, exit status."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.commands.registry import COMMANDS, CUT_OFF, main
from analysis.commands.score import SHOWN
from analysis.output import COLUMNS, FORMATS, formula_safe

ROOT = Path(__file__).resolve().parents[2]
COACHES = {
    "two": [("Ann", "Club A", "pressure", 3, "risk", 0.9), ("Bob", None, "none", 0, "neutral", 0.5)],
    "evil": [("=cmd|' /C calc'!A0", "@club", "none", 0, "neutral", 0.5)],
}
KEYS = ("name", "club", "stage", "risk", "direction", "confidence")


def fake_read(article: dict) -> dict:
    """The reader's contract, answered by title."""
    if article["title"] == "broken":
        raise ValueError("a fault\nof the reader")
    coaches = [dict(zip(KEYS, coach, strict=True)) for coach in COACHES.get(article["title"], [])]
    evidence = [
        {"coach": "Ann", "stage": "pressure", "field": "title", "start": 0, "end": 2, "text": text}
        for text in ("tw", "wo")
    ]
    return {"id": article["id"], "lang": "en", "date": article["date"], "coaches": coaches, "relations": [],
            "causes": [], "cause_evidence": [], "evidence": evidence if coaches else []}  # fmt: skip


@pytest.fixture(autouse=True)
def _reader(monkeypatch):
    monkeypatch.setitem(sys.modules, "analysis.reader", SimpleNamespace(read=fake_read))


@pytest.fixture
def feed(tmp_path):
    """A file of good and bad lines."""
    path = tmp_path / "feed.jsonl"
    path.write_text(
        '{"id": "è", "title": "two"}\n{bad\n{"title": "broken"}\n{"title": "none", "date": "9999"}\n', "utf-8"
    )
    return path


def run_json(capsys, *arguments: str) -> tuple[int, list[dict], str]:
    status = main(["score", *map(str, arguments)])
    printed = capsys.readouterr()
    return status, [json.loads(line) for line in printed.out.splitlines()], printed.err


def test_results_stand_in_input_order_with_problems_in_their_place(capsys, feed, tmp_path):
    status, results, said = run_json(capsys, tmp_path / "missing.txt", feed)
    assert status == 1
    assert [result["id"] for result in results] == ["missing.txt", "è", "feed.jsonl:2", "feed.jsonl:3", "feed.jsonl:4"]
    assert [set(result) == {"id", "error"} for result in results] == [True, False, True, True, False]
    assert results[1]["coaches"][0]["name"] == "Ann"
    assert "2 read, 3 errors, 1 warnings" in said


def test_a_fault_of_the_reader_costs_one_article(capsys, feed):
    _, results, said = run_json(capsys, feed)
    assert "the reader failed (ValueError: a fault" in results[2]["error"]
    assert "a fault?of the reader" in said, "one line a message"


def test_a_missing_data_file_is_not_blamed_on_the_article(capsys, feed, monkeypatch):
    def read(article: dict) -> dict:
        raise FileNotFoundError(2, "No such file", "/somewhere/data/lexicon/it/cues.csv")

    monkeypatch.setitem(sys.modules, "analysis.reader", SimpleNamespace(read=read))
    _, results, _ = run_json(capsys, feed)
    assert "the data file cues.csv cannot be read" in results[0]["error"]
    assert "/somewhere" not in results[0]["error"]


def test_warnings_go_with_the_reading(capsys, feed):
    _, results, said = run_json(capsys, feed)
    (warning,) = results[-1]["warnings"]
    assert warning.startswith("feed.jsonl, row 4: date '9999'")
    assert f"warning: {warning}" in said


def test_all_well_is_status_0_and_silence(capsys, tmp_path):
    good = tmp_path / "good.jsonl"
    good.write_text('{"title": "two"}\n', encoding="utf-8")
    status, results, said = run_json(capsys, good)
    assert (status, len(results), said) == (0, 1, "")


def test_a_dash_is_json_lines_on_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"title": "two"}\n{bad')))
    status, results, _ = run_json(capsys, "-")
    assert (status, [result["id"] for result in results]) == (1, ["stdin:1", "stdin:2"])


def test_csv_has_one_row_an_article_and_coach(capsys, feed):
    assert main(["score", str(feed), "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["id"], row["coach"], row["club"], row["stage"], row["risk"]) for row in rows] == [
        ("è", "Ann", "Club A", "pressure", "3"), ("è", "Bob", "", "none", "0"),
        ("feed.jsonl:2", "", "", "", ""), ("feed.jsonl:3", "", "", "", ""),
    ]  # fmt: skip
    assert rows[0]["evidence"] == "tw | wo"
    assert "not JSON" in rows[2]["error"]


def test_csv_cells_start_no_formula(capsys, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "-1+1", "title": "evil"}', encoding="utf-8")
    main(["score", str(path), "--format", "csv"])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["id"], row["coach"], row["club"]) == ("'-1+1", "'=cmd|' /C calc'!A0", "'@club")


@given(st.text())
def test_no_cell_starts_a_formula_and_no_word_is_lost(text):
    safe = formula_safe(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\r" not in safe.replace("\r\n", ""), "spreadsheets begin a row behind a return"
    assert safe.endswith(re.sub("\r(?!\n)", "\n", text.replace("\0", " ")))


def test_numbers_stay_numbers_in_csv():
    assert formula_safe(-0.5) == -0.5


def test_the_table_is_aligned_and_safe_for_terminals(capsys, tmp_path):
    path = tmp_path / "x.jsonl"
    ids = [
        "short",
        "a very long identifier of an article",
        "\x1b[31mred",
        "日本語の記事の識別子がここにあります",
        "cafe\u0301",
    ]
    path.write_text("\n".join(json.dumps({"id": article_id, "title": "two"}) for article_id in ids), encoding="utf-8")
    main(["score", str(path), "--format", "table"])
    head, *rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 2 * len(ids)
    assert "\x1b" not in "".join(rows)
    assert rows[0].index("Ann") == rows[2].index("Ann") == head.index("coach")
    assert rows[2].startswith("a very long identifier …")
    assert rows[6].index("Ann") < head.index("coach"), "wide characters take two columns"
    assert rows[8].index("Ann") == head.index("coach") + 1, "combining characters take none"


@pytest.mark.parametrize("form", FORMATS)
def test_output_goes_to_a_file_whole(capsys, feed, tmp_path, form):
    main(["score", str(feed), "--format", form])
    printed = capsys.readouterr().out
    target = tmp_path / "out" / "verdicts"
    target.parent.mkdir()
    assert main(["score", str(feed), "--format", form, "--output", str(target)]) == 1
    assert target.read_text(encoding="utf-8") == printed
    assert list(target.parent.iterdir()) == [target], "nothing else is left behind"
    assert capsys.readouterr().out == ""


def test_an_input_can_be_its_own_output(feed):
    assert main(["score", str(feed), "--output", str(feed)]) == 1
    assert len(feed.read_text(encoding="utf-8").splitlines()) == 4


def test_an_interrupted_run_leaves_the_older_output(feed, tmp_path, monkeypatch, capsys):
    def read(article: dict) -> dict:
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "analysis.reader", SimpleNamespace(read=read))
    target = tmp_path / "older"
    target.write_text("older", encoding="utf-8")
    assert main(["score", str(feed), "--output", str(target)]) == 130
    assert target.read_text(encoding="utf-8") == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feed.jsonl", "older"]
    assert capsys.readouterr().err == "stopped\n"


def test_an_output_that_cannot_be_written_is_status_2(capsys, feed, tmp_path):
    assert main(["score", str(feed), "--output", str(tmp_path / "no" / "such" / "folder")]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_many_messages_are_counted_not_printed(capsys, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text("{bad\n" * 500, encoding="utf-8")
    status, results, said = run_json(capsys, path)
    assert (status, len(results), len(said.splitlines())) == (1, 500, SHOWN + 2)
    assert "0 read, 500 errors" in said


@pytest.mark.parametrize("arguments", [[], ["score"], ["nonsense"], ["score", "x", "--format", "xml"]])
def test_wrong_arguments_are_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert all(f"    {name}" in said for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m analysis {name}")


def start(*arguments: str) -> subprocess.Popen:
    """The real program in a process of its own, on an environment that knows no UTF-8."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, "-m", "analysis", *arguments], cwd=ROOT, env=environment, **pipes)


def test_the_program_reads_a_pipe_and_answers_line_by_line():
    with start("score", "-") as program:
        program.stdin.write('{"id": "è", "title": "Il Milan ha esonerato l\'allenatore"}\n'.encode())
        program.stdin.flush()
        answer = json.loads(program.stdout.readline())
        assert answer["id"] == "è", "the answer comes while the pipe is open"
        _, said = program.communicate(b"{bad\n", timeout=60)
        assert program.returncode == 1
        assert b"stdin, row 2" in said


def test_a_reader_that_leaves_early_causes_no_traceback():
    with start("score", "-") as program:
        program.stdout.close()
        program.stdin.write(b'{"title": "Il Milan ha esonerato il tecnico"}\n' * 100)
        program.stdin.close()
        said = program.stderr.read()
        assert program.wait(timeout=60) == CUT_OFF
        assert said == b""
