"""What was read in the articles, kept beside them under the reader's version, so that only new ones are read.

A part holds one row an article: its `digest` and lists of its claims, evidence, relations and causes. A row is there
with all its lists or not at all; an article read twice by two processes has two equal rows, of which one counts.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.frames import Frames, read_frames
from analysis.schema import CAUSE_EVIDENCE, CLAIMS, EVIDENCE, FLAG, NUMBER, RELATION_EDGES, TEXT, TIME, WHOLE, Schema
from analysis.store.parts import Parts, to_frame

KIND = "readings 1"
FOLDER = "readings"
LISTS = {"claims": CLAIMS, "evidence": EVIDENCE, "relations": RELATION_EDGES, "causes": CAUSE_EVIDENCE}
BATCH = 500
"""Articles read between two parts: what a kill at the worst moment has to read again."""
_ARROW = {
    TEXT: pa.string(),
    NUMBER: pa.float64(),
    WHOLE: pa.int64(),
    TIME: pa.timestamp("us", tz="UTC"),
    FLAG: pa.bool_(),
}
Progress = Callable[[int, int], None]


def _list_type(schema: Schema) -> pa.DataType:
    fields = [(name, _ARROW[dtype]) for name, dtype in schema.columns.items() if name != "article_id"]
    return pa.list_(pa.struct(fields))


ARROW = pa.schema([("digest", pa.string()), ("fault", pa.string()),
                   *((name, _list_type(schema)) for name, schema in LISTS.items())])  # fmt: skip
"""`fault` says why the reader failed on an article, "" where it did not; it is not tried again under this version."""


def reading_parts(store: Path, version: str) -> Parts:
    """The parts of readings made under `version` in the folder of a store."""
    return Parts(store / FOLDER / version, KIND, ARROW)


def read_articles(articles: pd.DataFrame) -> pa.Table:
    """Read `articles` (STORED columns and digest) and return the rows of a part."""
    try:
        return _nested(articles, read_frames(articles))
    except Exception:
        # One article that the reader cannot take must not keep it from the others.
        rows = [_alone(articles.iloc[[position]]) for position in range(len(articles))]
        return pa.concat_tables(rows)


def _alone(article: pd.DataFrame) -> pa.Table:
    try:
        return _nested(article, read_frames(article))
    except Exception as error:
        return _nested(article, read_frames(article.iloc[:0]), f"{type(error).__name__}: {str(error)[:200]}")


def _nested(articles: pd.DataFrame, frames: Frames, fault: str = "") -> pa.Table:
    columns = {"digest": articles["digest"].tolist(), "fault": [fault] * len(articles)}
    for name in LISTS:
        found: dict[str, list[dict]] = {identifier: [] for identifier in articles["article_id"]}
        for row in getattr(frames, name).to_dict("records"):
            found[row.pop("article_id")].append(_without_nulls(row))
        columns[name] = list(found.values())
    return pa.Table.from_pydict(columns, ARROW)


def _without_nulls(row: dict) -> dict:
    return {key: None if value is pd.NaT or value is pd.NA else value for key, value in row.items()}


def batches(articles: pd.DataFrame, progress: Progress | None) -> Iterator[pa.Table]:
    """Readings of `articles`, BATCH at a time; `progress` is told how many of how many are done, at first none."""
    if progress and len(articles):
        progress(0, len(articles))
    for start in range(0, len(articles), BATCH):
        yield read_articles(articles.iloc[start : start + BATCH])
        if progress:
            progress(min(start + BATCH, len(articles)), len(articles))


def to_frames(readings: pa.Table, identifiers: pd.Series) -> Frames:
    """Frames of the readings whose digest is in the index of `identifiers`, under the article ids it gives.

    The order is that of `identifiers`, whatever files the readings are in.
    """
    digests = pd.Index(to_frame(readings.select(["digest"]))["digest"])
    positions = pd.Series(range(len(digests)), digests)[~digests.duplicated()].reindex(identifiers.index).dropna()
    chosen = readings.take(pa.array(positions.astype("int64")))
    ids = pa.array(identifiers[positions.index], pa.string())
    return Frames(**{name: flat_lists(chosen[name], ids, schema) for name, schema in LISTS.items()})


def flat_lists(lists: pa.ChunkedArray, ids: pa.Array, schema: Schema) -> pd.DataFrame:
    """A frame of `schema` from lists of its rows, those of each article under its id."""
    return to_frame(flat_table(lists, ids, schema)).astype(schema.columns)


def flat_table(lists: pa.ChunkedArray, ids: pa.Array, schema: Schema) -> pa.Table:
    """As `flat_lists`, as a table: a value that is missing where `schema` has none is still so."""
    whole = lists.combine_chunks()
    table = pa.Table.from_struct_array(pc.list_flatten(whole))
    table = table.append_column("article_id", ids.take(pc.list_parent_indices(whole)))
    return table.select(list(schema.columns))
