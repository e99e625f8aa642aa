"""The version of the reader: readings made under another one are made anew."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from analysis.gazetteer import DATA

ANALYSIS = Path(__file__).resolve().parents[1]
READ_FROM = ("lexicon", "gazetteer", "assertions.csv", "corrections.csv", "hints.csv", "plausibility.csv",
             "trade_weights.csv", "verdict_weights.csv", "cause_weights.csv", "relation_weights.csv")  # fmt: skip
"""Files and folders of data/ that a reading depends on."""
_IMPORT = re.compile(r"^\s*(?:from|import) (analysis(?:\.\w+)+)", re.MULTILINE)


@lru_cache(maxsize=1)
def reader_version(data: Path = DATA) -> str:
    """A name for the lexicon, the gazetteer, the corrections and the code that a reading is made with."""
    told = hashlib.sha256()
    for path in [*_modules("analysis.frames"), *_data_files(data)]:
        told.update(f"{path.name}:{path.stat().st_size}:".encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _data_files(data: Path) -> list[Path]:
    named = [data / name for name in READ_FROM]
    return sorted(
        file for path in named for file in (path.rglob("*.csv") if path.is_dir() else [path]) if file.exists()
    )


def _modules(first: str) -> list[Path]:
    """The files of the module `first` and of all that it imports from analysis/, directly or not."""
    found: set[Path] = set()
    waiting = [first]
    while waiting:
        for path in _files(waiting.pop()) - found:
            found.add(path)
            waiting += _IMPORT.findall(path.read_text("utf-8"))
    return sorted(found)


def _files(module: str) -> set[Path]:
    """What runs when `module` is imported: its file, and those of the packages it stands in."""
    steps = module.split(".")[1:]
    packages = {ANALYSIS.joinpath(*steps[:count], "__init__.py") for count in range(1, len(steps) + 1)}
    return {path for path in packages | {ANALYSIS.joinpath(*steps).with_suffix(".py")} if path.exists()}
