"""`compact`: many small parts merged into few, while others read and write."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
from filelock import FileLock, Timeout

from analysis.store.articles import ORDER, article_parts
from analysis.store.files import part_name, remove_abandoned, sync_folder, write_whole
from analysis.store.parts import Parts, to_frame
from analysis.store.paths import store_folder
from analysis.store.readings import FOLDER, reading_parts
from analysis.store.version import reader_version

LARGE = 128 * 2**20
"""Bytes from which a part is left alone."""


class Compacted(NamedTuple):
    """Parts merged, parts made of them, and rows left out because the very same stood twice."""

    merged: int
    made: int
    doubles: int


class BusyError(RuntimeError):
    """Another process is compacting the store."""


def compact(folder: Path) -> Compacted:
    """Merge the parts of the store in `folder` and remove what no one needs any more.

    A merged part goes only after the new one is on the disk; a kill in between leaves rows twice, which reading does
    not mind. Only rows alike in everything that counts are left out, so that what is read stays the same to the
    letter whatever writers add meanwhile. Files that cannot be read stay. Raises BusyError, and OSError where the
    disk is full.
    """
    if not folder.is_dir():
        return Compacted(0, 0, 0)
    with _alone(folder):
        done = merge(article_parts(folder), ORDER)
        _merge_readings(folder)
        for path in [folder, *folder.glob("*/"), *folder.glob(f"{FOLDER}/*/")]:
            remove_abandoned(path)
    return done


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with FileLock(folder / "compact.lock", timeout=0):
            yield
    except Timeout:
        raise BusyError("another process is compacting this store") from None


def _merge_readings(folder: Path) -> None:
    """Merge the readings of the reader's version and remove those of others."""
    version = reader_version()
    for old in folder.glob(f"{FOLDER}/*/"):
        if old.name != version:
            shutil.rmtree(old, ignore_errors=True)
    merge(reading_parts(folder, version), ["digest"])


def merge(parts: Parts, order: list[str]) -> Compacted:
    """Merge the smaller ones of `parts`; of rows with one digest the first in `order` stays."""
    parts.problems = []
    done = [_merge_group(parts, group, order) for group in _groups(parts)]
    return Compacted(*map(sum, zip(*done, strict=True))) if done else Compacted(0, 0, 0)


def _groups(parts: Parts) -> list[tuple[str, ...]]:
    """Parts to be merged with one another, each group about as large as a part may grow."""
    groups: list[tuple[str, ...]] = [()]
    size = 0
    for name in parts.listing():
        length = (parts.folder / name).stat().st_size
        if length >= LARGE:
            continue
        if size + length > LARGE:
            groups, size = [*groups, ()], 0
        groups[-1] += (name,)
        size += length
    return groups


def _merge_group(parts: Parts, group: tuple[str, ...], order: list[str]) -> Compacted:
    rows = _rows(parts, group, list(dict.fromkeys([*order, "digest"])))
    whole = _without_broken(parts, group)
    if whole != group:
        return _merge_group(parts, whole, order)
    if len(group) < 2:
        return Compacted(0, 0, 0)
    kept = rows.sort_values(order, kind="stable").drop_duplicates("digest")
    try:
        write_whole(parts.folder / part_name(), lambda stream: parts.write(stream, _chosen(parts, group, kept)))
    except _BrokenPartError:
        return _merge_group(parts, _without_broken(parts, group), order)
    for name in group:
        os.unlink(parts.folder / name)
    sync_folder(parts.folder)
    return Compacted(len(group), 1, len(rows) - len(kept))


class _BrokenPartError(Exception):
    """A part whose keys can be read, but not all of it."""


def _without_broken(parts: Parts, group: tuple[str, ...]) -> tuple[str, ...]:
    broken = {problem.name for problem in parts.problems}
    return tuple(name for name in group if name not in broken)


def _rows(parts: Parts, group: tuple[str, ...], columns: list[str]) -> pd.DataFrame:
    frames = [to_frame(parts.empty(columns)).assign(part=0, row=0)]
    for number, table in parts.each(group, columns):
        frames.append(to_frame(table).assign(part=number, row=range(len(table))))
    return pd.concat(frames, ignore_index=True)


def _chosen(parts: Parts, group: tuple[str, ...], kept: pd.DataFrame) -> Iterator[pa.Table]:
    """The rows to keep of each part in turn. Raises _BrokenPartError before a broken one could lose a row."""
    rows = {part: rows["row"].sort_values() for part, rows in kept.groupby("part")}
    for number, table in parts.each(group, parts.schema.names):
        yield table.take(pa.array(rows.get(number, []), pa.int64()))
    if _without_broken(parts, group) != group:
        raise _BrokenPartError


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `compact`."""
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")


def run(arguments: argparse.Namespace) -> int:
    """Compact the store; 0 if all went well, 1 where another process does, 2 where it cannot be written."""
    folder = store_folder(arguments.store)
    try:
        done = compact(folder)
    except BusyError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"cannot compact the store ({error.strerror or error}); nothing is lost", file=sys.stderr)
        return 2
    print(f"{done.merged} parts merged into {done.made}, {done.doubles} double rows left out")
    return 0
