"""`gazetteer suggest`: coaches and clubs that articles name often and the gazetteer does not list."""

import argparse
import sys

import pandas as pd

from analysis.frames import Frames, read_frames
from analysis.gazetteer import load_gazetteer
from analysis.load import load, to_frame
from analysis.output import open_output
from analysis.store import Store
from analysis.store.articles import trusted
from analysis.store.messages import Messages, show_progress
from analysis.suggest.clubs import club_rows, look_through
from analysis.suggest.coaches import coach_rows
from analysis.suggest.review import write_review

LEAST = 3
"""Articles in which a name must have been met."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `gazetteer suggest`."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="articles as `score` reads them, in place of the store"
    )
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--least", type=_count, default=LEAST, metavar="N",
                        help="articles in which a name must stand (default: %(default)s)")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Write the proposed rows; 0 if all went well, 1 if something could not be read."""
    messages = Messages()
    articles, frames = _from_files(arguments.files, messages) if arguments.files else _from_store(arguments, messages)
    rows = suggested(articles, frames, arguments.least)
    with open_output(arguments.output) as stream:
        count = write_review(rows, stream)
    print(f"{len(articles)} articles, {count} rows to review", file=sys.stderr)
    return 1 if messages.counts["error"] or messages.counts["store"] else 0


def suggested(articles: pd.DataFrame, frames: Frames, least: int = LEAST) -> list[dict]:
    """Proposed rows (columns of analysis.suggest.review): coaches first, then clubs.

    `articles` by schema ARTICLES, `frames` what was read in them; names met in fewer than `least` articles are left
    out.
    """
    gazetteer = load_gazetteer()
    finder = look_through(articles, gazetteer, show_progress)
    return [*coach_rows(articles, frames, finder.titled, gazetteer, least), *club_rows(finder, gazetteer, least)]


def _from_files(files: list[str], messages: Messages) -> tuple[pd.DataFrame, Frames]:
    good = []
    for result in load(files):
        messages.say_all("warning", result.get("warnings", ()))
        if "error" in result:
            messages.say("error", result["error"])
        else:
            good.append(result)
    articles = to_frame(good)
    return articles, read_frames(articles)


def _from_store(arguments: argparse.Namespace, messages: Messages) -> tuple[pd.DataFrame, Frames]:
    store = Store(arguments.store)
    store.read_new(show_progress)
    articles, frames = store.whole()
    messages.say_all("store", store.problems)
    return trusted(articles), frames


def _count(value: str) -> int:
    if not value.isdecimal() or not int(value):
        raise argparse.ArgumentTypeError(f"{value!r} is no count of articles; write a number from 1 on")
    return int(value)
