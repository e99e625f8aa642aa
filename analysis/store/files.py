"""Files that are there whole or not at all, and folders read while others write.

A file is written under a temporary name, brought to the disk, and only then given its name; a process killed at any
moment leaves nothing but a temporary file, which no reader looks at.
"""

import os
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

PART = ".parquet"
TEMPORARY = ".tmp"
ABANDONED_SECONDS = 24 * 3600
"""A temporary file this old has no writer any more."""
_LISTINGS = 100
"""Listings tried before a folder that never holds still is taken as it is."""


def part_name() -> str:
    """A name that no other writer gives: time, process and chance."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    return f"{now}-{os.getpid()}-{secrets.token_hex(4)}{PART}"


def write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Have `write` fill the file `path`, which appears whole, replaces an older one, and survives a power cut.

    Raises OSError where the disk is full or the folder cannot be written; then nothing is left of the attempt.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        with open(temporary, "xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it, and bring their names to the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the system can (Windows does so by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def parts(folder: Path) -> tuple[str, ...]:
    """Names of the parts in `folder`, sorted; none where there is no such folder.

    A name that appears and one that goes while a folder is read may both be missed, so it is read until it has told
    the same twice.
    """
    before = None
    for _ in range(_LISTINGS):
        names = _names(folder)
        if names == before:
            break
        before = names
    return names


def _names(folder: Path) -> tuple[str, ...]:
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted(entry.name for entry in entries if is_part(entry.name)))
    except (FileNotFoundError, NotADirectoryError):
        return ()


def is_part(name: str) -> bool:
    """Whether a file of this name is a part: no temporary, no hidden file."""
    return name.endswith(PART) and not name.startswith(".")


def remove_abandoned(folder: Path) -> int:
    """Remove the temporary files that killed writers left in `folder`; how many there were."""
    oldest = time.time() - ABANDONED_SECONDS
    removed = 0
    for path in folder.glob(f".*{TEMPORARY}"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
                removed += 1
        except OSError:
            continue
    return removed
