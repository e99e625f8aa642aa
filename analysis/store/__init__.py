"""The article store: `Store(path)` to keep and read articles; docs/STORE.md tells how it is kept."""

from analysis.store.addresses import canonical_url
from analysis.store.compact import compact
from analysis.store.paths import store_folder
from analysis.store.state import State
from analysis.store.store import AddResult, Store

__all__ = ["AddResult", "State", "Store", "canonical_url", "compact", "store_folder"]
