"""What the dashboard shows: a store, the bundled season, or a shelf of very many articles."""

from analysis.archive.archive import OPENING_DAY, SAMPLE, Archive, listing, load_season, load_store, read_briefs

__all__ = ["Archive", "OPENING_DAY", "SAMPLE", "listing", "load_season", "load_store", "read_briefs"]
