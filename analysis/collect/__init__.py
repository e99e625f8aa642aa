"""Collecting articles from the web: feeds, searches and pages; docs/COLLECT.md tells the rules.

This package is the only one that fetches anything. `Client` fetches, `Guard` says what may be fetched.
"""

from analysis.collect.errors import CollectError
from analysis.collect.fetch import Client
from analysis.collect.guard import Guard

__all__ = ["Client", "CollectError", "Guard"]
