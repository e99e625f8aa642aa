"""Results files read from disk; nothing here fails on a file, it says what is wrong with it."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.load.decode import decode
from analysis.results.names import NameOf
from analysis.results.results import combined, parse_results
from analysis.schema import RESULTS

MAX_BYTES = 64 * 2**20
"""Larger files are refused: a season of all leagues has a few megabytes."""


def read_results(paths: Iterable[str | Path], name_of: NameOf | None = None) -> tuple[pd.DataFrame, list[str]]:
    """Results (schema RESULTS) of all `paths`, files or folders, and what could not be read, by file and place."""
    frames, problems = [], []
    for file in (file for path in paths for file in _files(Path(path))):
        text, problem = _text(file)
        found, troubles = parse_results(str(file), text, name_of) if not problem else (RESULTS.empty(), [problem])
        frames.append(found)
        problems += troubles
    return combined(*frames), problems


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]


def _text(path: Path) -> tuple[str, str]:
    """Text of a file and what is wrong with it ("" for nothing)."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return "", f"{path}: more than {MAX_BYTES // 2**20} MB; give one file a competition and season"
        return decode(path.read_bytes())[0], ""
    except OSError as error:
        return "", f"{path}: {error.strerror or error}"
