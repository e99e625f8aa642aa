"""The published form of a store: one small file a day, without anyone's full text. docs/STORE.md tells its columns."""

import io
import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.archive import Archive
from analysis.frames import Frames
from analysis.picking import of_articles
from analysis.schema import ARTICLES, CAUSES, DIRECTION, STORIES, Schema
from analysis.store.articles import ARROW as ARTICLE_FIELDS
from analysis.store.files import PART, parts, write_whole
from analysis.store.parts import Parts, to_frame
from analysis.store.readings import ARROW as READING_FIELDS
from analysis.store.readings import LISTS, flat_table

KIND = "published 1"
UNDATED = "undated"
_DAY = re.compile(rf"(?:\d{{4}}-\d\d-\d\d|{UNDATED})")
_TEXTS = [name for name in (*ARTICLES.columns, "story_id") if name != "published_at"]
_VALUES = {"field": ("title", "text"), "risk": range(5), "cause": CAUSES}
"""Closed values beside those of the schemas."""
LONGEST_SOURCE = 200
"""Characters of a source that are shown; what the store keeps has no more."""
_FIELDS = [ARTICLE_FIELDS.field(name) for name in ARTICLES.columns]
ARROW = pa.schema([*_FIELDS, ("story_id", pa.string()), *(READING_FIELDS.field(name) for name in LISTS)])
"""ARTICLES with the shared sentences as text, the story, and the lists of what was read; offsets are into that text."""


def published_parts(folder: Path) -> Parts:
    """The day files of a published form."""
    return Parts(folder, KIND, ARROW)


def days(folder: Path) -> list[str]:
    """Days (or UNDATED) that `folder` has a file of, in order."""
    stems = [name.removesuffix(PART) for name in parts(folder)]
    return [stem for stem in stems if _DAY.fullmatch(stem)]


def is_published(folder: Path) -> bool:
    """Whether `folder` is a published form and no store."""
    return not (folder / "articles").is_dir() and bool(days(folder))


def published_listing(folder: Path) -> tuple[str, ...]:
    """Names of the day files with size and time, which change when one is written anew."""
    told = ((name, (folder / f"{name}{PART}").stat()) for name in days(folder))
    return tuple(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in told)


def read_rows(folder: Path) -> tuple[pa.Table, tuple[str, ...]]:
    """All published rows, and the names of the files that could not be read."""
    files = published_parts(folder)
    names = tuple(f"{day}{PART}" for day in days(folder))
    tables = [table for _, table in files.each(names, ARROW.names)]
    return pa.concat_tables([files.empty(ARROW.names), *tables]), tuple(map(str, files.problems))


def read_published(folder: Path) -> Archive:
    """The archive that a published form holds."""
    rows, problems = read_rows(folder)
    whole = _sound(rows.select([*_TEXTS, "published_at"]), Schema("articles", {**ARTICLES.columns, **STORIES.columns},
                                                                  ARTICLES.values))  # fmt: skip
    whole = whole.drop_duplicates("article_id", ignore_index=True)
    ids = rows["article_id"].combine_chunks()
    flat = {name: flat_table(rows[name], ids, schema) for name, schema in LISTS.items()}
    found = {name: _sound(flat[name], schema) for name, schema in LISTS.items()}
    found = {name: of_articles(frame, whole["article_id"]).reset_index(drop=True) for name, frame in found.items()}
    lost = len(rows) - len(whole) + sum(len(flat[name]) - len(found[name]) for name in LISTS)
    problems += (f"{lost} rows that break the published form were left out; publish it again",) if lost else ()
    articles, stories = whole[list(ARTICLES.columns)], whole[list(STORIES.columns)]
    none = pd.DataFrame()
    return Archive(articles, Frames(**found), none, none, False, is_published=True, stories=stories, problems=problems)


def _sound(table: pa.Table, schema: Schema) -> pd.DataFrame:
    """Rows of `table` that keep to `schema`: a published form may come from anybody, and a page must not fail on it."""
    for name in table.schema.names:
        if name != "published_at":
            table = table.filter(pc.is_valid(table[name]))
    frame = to_frame(table).astype(schema.columns)
    if "source" in frame:
        frame = frame.assign(source=frame["source"].str.slice(0, LONGEST_SOURCE))
    for column, allowed in {**_VALUES, **schema.values}.items():
        frame = frame[frame[column].isin(allowed)] if column in frame else frame
    if "start" in frame:
        frame = frame[(frame["start"] >= 0) & (frame["start"] < frame["end"])]
    if "direction" in frame:
        frame = frame[(frame["direction"] == frame["stage"].map(DIRECTION)) & frame["confidence"].between(0, 1)]
    return frame[frame["coach"] != ""] if "coach" in frame else frame


def day_bytes(rows: pa.Table) -> bytes:
    """The file of one day; the same rows give the same bytes."""
    buffer = io.BytesIO()
    published_parts(Path()).write(buffer, [rows.sort_by("article_id")])
    return buffer.getvalue()


def write_day(folder: Path, day: str, data: bytes) -> bool:
    """Write the file of a day unless it is there just so; whether it was written."""
    path = folder / f"{day}{PART}"
    if path.exists() and path.read_bytes() == data:
        return False
    write_whole(path, lambda stream: stream.write(data))
    return True
