"""Whether this is somebody's own machine, and what a visitor may ask of it.

Unless PANCHINA_LOCAL is 1, which `make run` sets on a server bound to localhost, the dashboard is taken to be open to
anyone: nobody makes it fetch an address, and what is given to read is bounded in size, number and time.
"""

import os
from dataclasses import dataclass

from analysis.load.files import SUFFIXES

VARIABLE = "PANCHINA_LOCAL"


@dataclass(frozen=True)
class Bounds:
    """What is read in one go: `megabytes` of all files, so many `articles` of so many `characters`, in `seconds`."""

    megabytes: int
    articles: int
    characters: int
    seconds: float
    suffixes: tuple[str, ...]


# A Parquet file unpacks to what it likes, whatever its footer says: strangers' ones are left to the command line.
PUBLIC = Bounds(10, 200, 100_000, 15.0, tuple(suffix for suffix in SUFFIXES if suffix != ".parquet"))
LOCAL = Bounds(64, 500, 100_000, 120.0, tuple(SUFFIXES))


def is_local() -> bool:
    """Whether the dashboard runs for its owner alone."""
    return os.environ.get(VARIABLE) == "1"


def bounds() -> Bounds:
    """What may be read in one go here."""
    return LOCAL if is_local() else PUBLIC
