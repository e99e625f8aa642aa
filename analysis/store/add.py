"""`add`: articles from files into the store."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import islice

from analysis.load import load, to_frame
from analysis.store.messages import Messages, show_progress
from analysis.store.store import AddResult, Store

CHUNK = 1000
"""Articles written at a time."""
_EPILOG = """\
A FILE is a txt, md, html, jsonl, json, csv, tsv or parquet file, a folder of such files, or - for JSON lines on
standard input. Fields: id, date, lang, source, url, title, text; title or text must be there.

What cannot be read is named on standard error, and the rest is kept. An article is known when its address (however
spelt) or its words are in the store already. The new ones are then read, once, so that the dashboard need not.
Exit status: 0 all went well, 1 something could not be read, 2 the store cannot be written.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `add`."""
    parser.epilog = _EPILOG
    parser.add_argument("files", nargs="+", metavar="FILE", help="file, folder, or - for standard input")
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--unread", action="store_true", help="leave the reading to whoever opens the store next")


def run(arguments: argparse.Namespace) -> int:
    """Add the files; 0 if all went well, 1 if something could not be read, 2 if the store cannot be written."""
    messages, store = Messages(), Store(arguments.store)
    try:
        result = add_files(store, arguments.files, messages)
        if not arguments.unread:
            store.read_new(show_progress)
    except OSError as error:
        reason = error.strerror or error
        print(f"cannot write the store ({reason}); what was added before stays, run it again later", file=sys.stderr)
        return 2
    messages.say_all("store", store.problems)
    failed = messages.counts["error"] + result.refused
    print(f"{result.new} new, {result.known} known, {failed} failed")
    return 1 if failed else 0


def add_files(store: Store, files: Iterable[str], messages: Messages) -> AddResult:
    """Add the articles of `files` to `store`, CHUNK at a time; problems and warnings go to `messages`."""
    total = AddResult(0, 0)
    for file in files:
        good = _good(load([file]), messages)
        while chunk := list(islice(good, CHUNK)):
            done = store.add(to_frame(chunk).assign(origin="standard input" if file == "-" else file))
            total = AddResult(*map(sum, zip(total, done, strict=True)))
    return total


def _good(results: Iterable[dict], messages: Messages) -> Iterator[dict]:
    for result in results:
        messages.say_all("warning", result.get("warnings", ()))
        if "error" in result:
            messages.say("error", result["error"])
        else:
            yield result
