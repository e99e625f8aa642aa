"""Which archive the pages show: the store where it has articles, else the bundled season.

What is worked out from the archive is remembered under its edition, a name for the files it is made of, so that a
rerun after somebody added articles shows them, and two visitors at once never mix two states of it.
"""

import hashlib
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import streamlit as st

from analysis.archive import listing
from analysis.memory import let_go
from analysis.store import store_folder

SEASON = "season"
_EDITION = "edition"


def folder() -> Path:
    """The folder of the store: `streamlit run dashboard.py -- --store DIR`, else as on the command line."""
    arguments = sys.argv[1:]
    place = arguments.index("--store") + 1 if "--store" in arguments else len(arguments)
    return store_folder(arguments[place] if place < len(arguments) else None)


def refresh() -> None:
    """Look at the store's files anew. Once a run, so that a page shows one state of it from top to bottom."""
    st.session_state[_EDITION] = _present()
    let_go(folder())


def present() -> str:
    """The name of what the archive is made of: SEASON, or a hash of the store's files."""
    return st.session_state.get(_EDITION) or _present()


def _present() -> str:
    names = listing(folder())
    return (
        hashlib.sha256("\n".join([str(folder()), *names]).encode("utf-8", "replace")).hexdigest() if names else SEASON
    )


def remembered(cache: Callable[[Callable], Callable]) -> Callable[[Callable], Callable]:
    """A decorator as `cache` (st.cache_data or st.cache_resource with options) that tells editions apart."""

    def decorate(function: Callable) -> Callable:
        def dated(edition: str, *arguments: object, **named: object) -> object:
            return function(*arguments, **named)

        # Streamlit knows a function by its name and source; the source is the same for all that pass here.
        dated.__module__, dated.__qualname__ = function.__module__, function.__qualname__
        cached = cache(dated)

        @wraps(function)
        def call(*arguments: object, **named: object) -> object:
            return cached(present(), *arguments, **named)

        return call

    return decorate
