"""The published form of a store: one small file a day, without anyone's full text. docs/STORE.md tells its columns."""

import io
import re
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.archive import Archive
from analysis.frames import Frames
from analysis.schema import ARTICLES, STORIES
from analysis.store.articles import ARROW as ARTICLE_FIELDS
from analysis.store.files import PART, parts, write_whole
from analysis.store.parts import Parts, to_frame
from analysis.store.readings import ARROW as READING_FIELDS
from analysis.store.readings import LISTS, flat_lists

KIND = "published 1"
UNDATED = "undated"
_DAY = re.compile(rf"(?:\d{{4}}-\d\d-\d\d|{UNDATED})")
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
    articles = to_frame(rows.select(list(ARTICLES.columns))).astype(ARTICLES.columns)
    stories = to_frame(rows.select(list(STORIES.columns))).astype(STORIES.columns)
    ids = rows["article_id"].combine_chunks()
    frames = Frames(**{name: flat_lists(rows[name], ids, schema) for name, schema in LISTS.items()})
    none = pd.DataFrame()
    return Archive(articles, frames, none, none, False, is_published=True, stories=stories, problems=problems)


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
