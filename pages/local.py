"""Whether this is somebody's own machine, and what a visitor may ask of it.

Unless PANCHINA_LOCAL is 1, which `make run` sets, and the server listens to this machine alone, the dashboard is taken
to be open to anyone: nobody makes it fetch an address, and what is given to read is bounded in size, number and time.
"""

import ipaddress
import os
from dataclasses import dataclass

import streamlit as st

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


def is_wanted() -> bool:
    """Whether the owner says that the dashboard runs for him alone."""
    return os.environ.get(VARIABLE) == "1"


def is_local() -> bool:
    """Whether the dashboard runs for its owner alone: he says so, and nobody else can reach it."""
    return is_wanted() and is_loopback(_address())


def _address() -> str:
    """Where the server listens, as it was told; "" where it was told nothing, and listens everywhere."""
    return st.get_option("server.address") or ""


def is_loopback(address: str) -> bool:
    """Whether a server at `address` is reached from its own machine alone."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def bounds() -> Bounds:
    """What may be read in one go here."""
    return LOCAL if is_local() else PUBLIC
