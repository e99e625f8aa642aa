"""An archive laid out for reading in place, so that a million articles need no more memory than what is looked at.

A shelf is a folder of Arrow files, one a frame: `claims.arrow`, `articles.arrow`, `evidence.arrow`, `relations.arrow`,
`causes.arrow`, each by schema of the same name and sorted by the day of the article, the articles themselves by coach
first; these have `story_id` besides.
They are mapped into memory, not read: texts that nobody opens stay on the disk. Columns that repeat a few words
(coach, club, source, stage ...) are codes into those words, categories in pandas. What the index rests on is worked
out beforehand and lies in `ledgers` (analysis.archive.kept_ledger).
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import ipc

from analysis.archive.archive import Archive
from analysis.archive.kept_ledger import FOLDER, is_kept, keep_ledgers
from analysis.frames import Frames
from analysis.gazetteer import DATA, load_gazetteer
from analysis.index.placing import hashes
from analysis.schema import (
    ARTICLES,
    CAUSE_EVIDENCE,
    CLAIMS,
    EVIDENCE,
    FLAG,
    NUMBER,
    RELATION_EDGES,
    STORIES,
    TEXT,
    TIME,
    WHOLE,
)

SHELVED = {"claims": CLAIMS, "articles": ARTICLES, "evidence": EVIDENCE, "relations": RELATION_EDGES,
           "causes": CAUSE_EVIDENCE}  # fmt: skip
_LONG = {"article_id", "story_id", "url", "title", "text"}
"""Columns of texts that hardly repeat; all others of text are coded."""
_ARROW = {NUMBER: pa.float32(), WHOLE: pa.int32(), FLAG: pa.bool_(), TIME: pa.timestamp("ns", tz="UTC")}
SUFFIX = ".arrow"


def arrow_schema(name: str) -> pa.Schema:
    """The Arrow columns of a frame on the shelf."""
    fields = [(column, _field(column, dtype)) for column, dtype in SHELVED[name].columns.items()]
    return pa.schema([*fields, ("story_id", pa.large_string())] if name == "articles" else fields)


def _field(column: str, dtype: str) -> pa.DataType:
    if dtype != TEXT:
        return _ARROW[dtype]
    return pa.large_string() if column in _LONG else pa.dictionary(pa.int32(), pa.string())


def write_shelf(folder: Path, tables: dict[str, Iterable[pd.DataFrame]]) -> None:
    """Write a shelf from frames that come part by part, sorted by day: `tables` has an iterable for each of SHELVED.

    The words of the coded columns are gathered over all parts, so every part must fit in memory, not the whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    for name in SHELVED:
        schema, parts = arrow_schema(name), tables[name]
        whole = pa.concat_tables([_table(part, schema) for part in parts] or [schema.empty_table()])
        whole = whole.unify_dictionaries().combine_chunks()
        if name == "claims":
            coach_of = _coaches(whole)
        if name == "articles":
            whole = whole.take(_by_coach(whole, *coach_of))
        with pa.OSFile(str(folder / f".{name}{SUFFIX}"), "wb") as file, ipc.new_file(file, schema) as writer:
            writer.write_table(whole)
        (folder / f".{name}{SUFFIX}").replace(folder / f"{name}{SUFFIX}")


def _coaches(claims: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the articles of claims, sorted, and a code of the coach of each."""
    key, coach = hashes(claims["article_id"].to_pandas()), claims["coach"].chunk(0).indices
    key, first = np.unique(key, return_index=True)
    return key, coach.to_numpy(zero_copy_only=False)[first]


def _by_coach(articles: pa.Table, known: np.ndarray, coach: np.ndarray) -> np.ndarray:
    """Rows of `articles` coach by coach, each by day: what one page reads lies together, and few pages are mapped."""
    key = hashes(articles["article_id"].to_pandas())
    at = np.minimum(np.searchsorted(known, key), max(len(known) - 1, 0))
    told = np.where(known[at] == key, coach[at], -1) if len(known) else np.full(len(key), -1)
    return np.argsort(told, kind="stable")


def _table(part: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pandas(part[schema.names], schema, preserve_index=False).replace_schema_metadata(None)


def shelve(archive: Archive, stories: pd.DataFrame, folder: Path) -> None:
    """Lay `archive` out in `folder`; `stories` by schema STORIES."""
    story_of = stories.set_index("article_id")["story_id"]
    articles = archive.articles.assign(story_id=archive.articles["article_id"].map(story_of).astype("string"))
    days = articles.set_index("article_id")["published_at"]
    frames = {"claims": archive.claims, "articles": articles, "evidence": archive.evidence,
              "relations": archive.relations, "causes": archive.causes}  # fmt: skip
    write_shelf(folder, {name: [_by_day(frame, days)] for name, frame in frames.items()})
    add_ledgers(folder)


def _by_day(frame: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    order = frame["article_id"].map(days)
    return frame.iloc[order.argsort(kind="stable").to_numpy()] if len(frame) else frame


def add_ledgers(folder: Path) -> None:
    """Work out the ledgers of the shelf `folder`, so that a dashboard over it need not."""
    archive = read_shelf(folder)
    published = archive.articles["published_at"].dropna()
    if len(published):
        last = published.max().date()
        keep_ledgers(folder, archive.claims, archive.stories, archive.evidence, load_gazetteer().spells, last)


def renew_ledgers(folder: Path) -> bool:
    """`add_ledgers` in a process of its own, which gives back at its end the memory that takes; whether it could."""
    command = [sys.executable, "-m", "analysis.archive.shelf", str(folder.resolve())]
    return subprocess.run(command, cwd=DATA.parent, capture_output=True).returncode == 0


def has_ledgers(folder: Path) -> bool:
    """Whether the shelf `folder` has ledgers that today's code and gazetteer would make."""
    return is_kept(folder, read_shelf(folder).claims, load_gazetteer().spells)


def is_shelf(folder: Path) -> bool:
    """Whether `folder` is a shelf."""
    return all((folder / f"{name}{SUFFIX}").is_file() for name in SHELVED)


def shelf_listing(folder: Path) -> tuple[str, ...]:
    """Names of the files with size and time, which change when one is written anew."""
    told = ((name, (folder / f"{name}{SUFFIX}").stat()) for name in SHELVED)
    return tuple(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in told)


def read_shelf(folder: Path) -> Archive:
    """The archive on the shelf `folder`."""
    frames = {name: _frame(folder / f"{name}{SUFFIX}") for name in SHELVED}
    articles, none = frames.pop("articles"), pd.DataFrame()
    held = Frames(**frames)
    stories = articles[list(STORIES.columns)]
    return Archive(articles[list(ARTICLES.columns)], held, none, none, False, stories=stories, shelf=folder)


def _frame(path: Path) -> pd.DataFrame:
    table = ipc.open_file(pa.memory_map(str(path))).read_all()
    texts = {pa.large_string(): pd.StringDtype("pyarrow")}
    return table.to_pandas(types_mapper=texts.get, split_blocks=True)


if __name__ == "__main__":
    add_ledgers(Path(sys.argv[1]))
