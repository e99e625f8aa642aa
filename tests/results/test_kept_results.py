"""Imported results in the store's folder: what a spreadsheet opens, and what comes back."""

import csv

import pandas as pd
import pytest

from analysis.output import formula_safe
from analysis.results.files import read_results
from analysis.results.kept import FILE, keep_results, kept_results
from analysis.schema import RESULTS
from tests.hostile.attacks import FORMULAS
from tests.hostile.matches import write_matches

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def match(**cells: str) -> pd.DataFrame:
    row = {"date": pd.Timestamp("2024-12-06", tz="UTC"), "competition": "Serie A", "home": "Milan", "away": "Roma",
           "home_goals": 2, "away_goals": 1, "note": ""}  # fmt: skip
    return RESULTS.frame([{**row, **cells}])


@pytest.mark.parametrize("column", ["competition", "home", "away", "note"])
@pytest.mark.parametrize("attack", FORMULAS.values(), ids=FORMULAS)
def test_no_cell_of_the_file_starts_a_formula_and_it_comes_back_as_it_was(tmp_path, column, attack):
    keep_results(tmp_path, match(**{column: attack}))
    with open(tmp_path / FILE, encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert not [cell for row in rows for cell in row if cell.startswith(STARTS)]
    (kept,) = kept_results(tmp_path)[column]
    assert formula_safe(kept) == formula_safe(attack)
    assert keep_results(tmp_path, match(**{column: attack})) == (1, 0), "the same match is kept once"


def test_a_name_that_begins_with_an_apostrophe_keeps_it(tmp_path):
    keep_results(tmp_path, match(home="'s-Hertogenbosch"))
    assert list(kept_results(tmp_path)["home"]) == ["'s-Hertogenbosch"]


def test_hostile_files_of_results_make_a_file_without_formulas(tmp_path):
    found, _ = read_results([str(path) for path in write_matches(tmp_path / "given")], {})
    whole, _ = keep_results(tmp_path, found)
    with open(tmp_path / FILE, encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == whole + 1 > 50
    assert not [cell for row in rows for cell in row if cell.startswith(STARTS)]
