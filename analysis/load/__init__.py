"""Articles from files: the one door through which text comes in."""

from analysis.load.articles import load, load_bytes, to_frame

__all__ = ["load", "load_bytes", "to_frame"]
