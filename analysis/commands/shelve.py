"""`shelve`: a store laid out for a dashboard over very many articles (analysis.archive.shelf)."""

import argparse
import sys
from pathlib import Path

from analysis.archive import load_store
from analysis.archive.shelf import shelve
from analysis.store import store_folder
from analysis.stories import group_stories

_EPILOG = """\
The dashboard reads a shelf in place, so that a million articles take no more memory than what is looked at:

  python -m analysis shelve --output shelf/
  PANCHINA_STORE=shelf/ streamlit run dashboard.py

A shelf does not grow; make it anew when the store has new articles. It holds the full texts.
Exit status: 0 it was written, 2 it cannot be written.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `shelve`."""
    parser.epilog = _EPILOG
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--output", metavar="DIR", required=True, help="folder of the shelf")


def run(arguments: argparse.Namespace) -> int:
    """Write the shelf; 0 if it was written, 2 if not."""
    archive = load_store(arguments.store)
    if archive.articles.empty:
        print(f"{store_folder(arguments.store)} holds no articles; keep some with `add` first", file=sys.stderr)
        return 2
    stories = group_stories(archive.articles) if archive.stories is None else archive.stories
    try:
        shelve(archive, stories, Path(arguments.output))
    except OSError as error:
        print(f"cannot write the shelf ({error.strerror or error})", file=sys.stderr)
        return 2
    print(f"{len(archive.articles)} articles on the shelf {arguments.output}")
    return 0
