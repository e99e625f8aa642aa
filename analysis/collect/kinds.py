"""Kinds of sources, and the one form that all of them have.

A kind is a module with `KEYS`, the keys that its tables in sources.toml may have, and

    collect(source: Source, client: Client, window: Window) -> Iterator[Batch]

which asks the web through `client` and nothing else, and yields what it found batch by batch: each is kept before the
next is asked for, and its memory is kept with it. A CollectError that it raises ends this source and is its reason;
what befalls a single article goes into `problems`. A new kind is a module and a line in KINDS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple

import pandas as pd

KINDS = {
    "feed": "analysis.collect.feeds",
    "search": "analysis.collect.searches",
    "gdelt": "analysis.collect.gdelt",
    "page": "analysis.collect.pages",
}
"""Kind, which is the name of its tables in sources.toml, and the module that collects it."""
REQUIRED = object()


class Key(NamedTuple):
    """A key of a table: the type of its value, what stands where it is left out, and whether it is a web address."""

    type: type
    default: object = REQUIRED
    is_url: bool = False


COMMON = {
    "name": Key(str),
    "lang": Key(str, ""),
    "days": Key(int, 30),
    "robots": Key(bool, True),
    "enabled": Key(bool, True),
}
"""Keys that every table may have."""


@dataclass(frozen=True)
class Source:
    """One table of sources.toml. `options` holds all keys of its kind, those left out at their defaults."""

    kind: str
    name: str
    lang: str = ""
    days: int = 30
    robots: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the store remembers this source under."""
        return f"{self.kind}: {self.name}"


class Window(NamedTuple):
    """What a source is asked for: articles from `start` to `end`, which is now.

    `memory` is what the last batch of this source asked to be kept (empty at first); `knows(url)` says whether an
    article is kept already.
    """

    start: pd.Timestamp | None
    end: pd.Timestamp
    memory: Mapping[str, Any] = {}
    knows: Callable[[str], bool] = lambda url: False


class Batch(NamedTuple):
    """Articles (dicts with the columns of schema ARTICLES and date_flag), what to remember from now on (None: as
    before), and what could not be had, each with its reason.

    `known` counts what was not even asked for again; `wait` is how long the source asks to be left alone.
    """

    articles: list[dict]
    memory: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = ()
    known: int = 0
    wait: pd.Timedelta | None = None


def keys_of(kind: str) -> dict[str, Key]:
    """The keys that tables of `kind` may have."""
    return COMMON | import_module(KINDS[kind]).KEYS


def collector_of(kind: str) -> Callable[..., Any]:
    """The function that collects sources of `kind`."""
    return import_module(KINDS[kind]).collect
