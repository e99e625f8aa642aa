"""Bad input on the command line: a message names file, row and mend; the rest goes through.

The same in a real browser: tests/browser/test_bad_files.py.
"""

import json
from pathlib import Path

import pytest

from analysis.commands.registry import main
from analysis.store import Store
from tests.hostile.bad_files import FILES, GOOD, ONLY_SCORED, REFUSED, TOLD, write_files


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_files(tmp_path_factory.mktemp("bad"))


@pytest.mark.parametrize("name", FILES)
def test_score_names_it_and_reads_the_rest(capsys, folder, name):
    status = main(["score", str(folder / name)])
    printed = capsys.readouterr()
    assert status == (1 if name in REFUSED else 0)
    assert all(words in printed.err for words in TOLD[name])
    results = [json.loads(line) for line in printed.out.splitlines()]
    read = [result for result in results if "error" not in result]
    assert len(read) == GOOD.get(name, 0)
    assert all(result["lang"] == "nl" or result["coaches"][0]["stage"] == "dismissed" for result in read)


@pytest.mark.parametrize("form", ["csv", "table"])
def test_an_article_without_a_row_is_told_of(capsys, folder, form):
    main(["score", str(folder / "dutch.txt"), "--format", form])
    assert "its language (nl)" in capsys.readouterr().err


@pytest.mark.parametrize("name", FILES)
def test_add_names_it_and_keeps_the_rest(capsys, folder, tmp_path, name):
    status = main(["add", str(folder / name), "--store", str(tmp_path / "store"), "--unread"])
    assert status == (1 if name in REFUSED else 0)
    told = capsys.readouterr().err
    assert name in ONLY_SCORED or all(words in told for words in TOLD[name])
    # The three of dates.jsonl have the same words, and no date to tell them apart.
    assert len(Store(tmp_path / "store")) == {"dates.jsonl": 1, "middle.jsonl": 2}.get(name, GOOD.get(name, 0))


@pytest.mark.parametrize("name", FILES)
def test_index_names_it_and_uses_the_rest(capsys, folder, name):
    assert main(["index", str(folder / name)]) == (1 if name in REFUSED else 0)
    told = capsys.readouterr().err
    assert name in ONLY_SCORED or all(words in told for words in TOLD[name])


def test_all_at_once_lose_none_of_the_good(capsys, folder):
    assert main(["score", str(folder)]) == 1
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sum("error" not in result for result in results) == sum(GOOD.values())
