"""Imported results beside the articles: `results.csv` in the folder of the store, by schema RESULTS, dates as days.

Spreadsheets open it, so an apostrophe stands before what they would take for a formula, and is taken away on reading.
"""

from pathlib import Path

import pandas as pd

from analysis.output import as_written, formula_safe
from analysis.results.results import combined
from analysis.schema import RESULTS, TEXT, TIME
from analysis.store.files import write_whole

FILE = "results.csv"
_TEXTS = [name for name, kind in RESULTS.columns.items() if kind == TEXT]


def keep_results(folder: Path, results: pd.DataFrame) -> tuple[int, int]:
    """Put `results` (schema RESULTS) with those in `folder`; how many are kept now, and how many of them are new.

    A match told twice is kept once, with its goals where they are known. Raises OSError where it cannot be written,
    ValueError where the file that is there is no file of results.
    """
    before = kept_results(folder)
    # As they will come back, so that the same match is known again.
    given = {name: _safe(results[name]).map(as_written, na_action="ignore") for name in _TEXTS}
    whole = combined(before, results.assign(**given).astype(RESULTS.columns))
    texts = {name: _safe(whole[name]) for name in _TEXTS}
    table = whole.assign(date=whole["date"].dt.strftime("%Y-%m-%d"), **texts)
    write_whole(folder / FILE, lambda stream: stream.write(table.to_csv(index=False).encode("utf-8")))
    return len(whole), len(whole) - len(before)


def _safe(texts: pd.Series) -> pd.Series:
    return texts.map(formula_safe, na_action="ignore")


def kept_results(folder: Path) -> pd.DataFrame:
    """Results (schema RESULTS) kept in `folder`; none where nothing was imported. ValueError for a broken file."""
    path = folder / FILE
    if not path.exists():
        return RESULTS.empty()
    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False, na_values={"home_goals": "", "away_goals": ""})
        times = {name: pd.to_datetime(table[name], utc=True) for name, kind in RESULTS.columns.items() if kind == TIME}
        texts = {name: table[name].map(as_written, na_action="ignore") for name in _TEXTS}
        return table.assign(**times, **texts)[list(RESULTS.columns)].astype(RESULTS.columns)
    except (ValueError, KeyError) as error:
        raise ValueError(f"{path}: {error}; take the file away and import the results anew") from error


def results_listing(folder: Path) -> str:
    """What changes when the results of `folder` do; "" where there are none."""
    path = folder / FILE
    return f"{path.stat().st_size} {path.stat().st_mtime_ns}" if path.exists() else ""
