"""Collecting articles from the web: feeds, searches and pages; docs/COLLECT.md tells the rules.

This package is the only one that fetches what others wrote. `Client` fetches, `Guard` says what may be fetched,
`read_page(url)` gives the article at one address; all fail with a `CollectError` whose message is the reason.
"""

from importlib import import_module
from typing import Any

_PLACES = {"Client": "fetch", "CollectError": "errors", "Guard": "guard", "read_page": "pages"}
__all__ = ["Client", "CollectError", "Guard", "read_page"]


def __getattr__(name: str) -> Any:
    # Only when asked for: what reads pages and feeds takes seconds to import.
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
