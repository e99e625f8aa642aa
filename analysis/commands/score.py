"""`score`: articles in, one explained reading an article out, as a stream in input order."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from analysis.load import load
from analysis.load.decode import printable
from analysis.output import FORMATS, open_output
from analysis.schema import LANGUAGES, SchemaError

SHOWN = 20
"""Messages of one kind printed on standard error; every one of them stands in the JSON output."""
_EPILOG = """\
A PATH is a txt, md, html, jsonl, json, csv, tsv or parquet file, a folder of such files,
or - for JSON lines on standard input. Fields: id, date, lang, source, url, title, text;
title or text must be there. A text file may begin with " date 2024-12-06 ".

  jsonl  one JSON object an article: its coaches, relations, causes and evidence
  csv    one row an article and coach, safe to open in a spreadsheet
  table  the same for the eye

What cannot be read appears in its place as {"id", "error"}; the rest is read all the same.
Exit status: 0 all was read, 1 something was not, 2 wrong arguments or no place to write.

  python -m analysis score article.txt
  python -m analysis score feeds/ --format csv --output verdicts.csv
  cat articles.jsonl | python -m analysis score -
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `score`."""
    parser.epilog = _EPILOG
    parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, or - for standard input")
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="form of the output (default: %(default)s)")
    parser.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")


def run(arguments: argparse.Namespace) -> int:
    """Score the paths; 0 if all went well, 1 if something could not be read, 2 if nothing can be written."""
    messages = _Messages()
    try:
        with open_output(arguments.output) as stream:
            write = FORMATS[arguments.format](stream)
            for result in score(arguments.paths):
                messages.note(result)
                write(result)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"cannot write {arguments.output or 'the output'} ({error.strerror or error})", file=sys.stderr)
        return 2
    return messages.close()


def score(paths: list[str], standard_input: BinaryIO | None = None) -> Iterator[dict]:
    """Readings (analysis.reader.read) and problems ({"id", "error"}) of all articles of `paths`, in input order.

    A reading has `warnings` where something of its article had to be guessed or left out.
    """
    for found in load(paths, standard_input):
        yield found if "error" in found else answer(found)


def answer(article: dict) -> dict:
    """The reading of an article of analysis.load; a problem where the reader fails on it."""
    # Imported on first use: it brings the lexicon, which a wrong path or argument never needs.
    from analysis.reader import read

    try:
        reading = read(article)
    except Exception as error:
        # Whatever one article does to the reader, the others are still read.
        return {"id": article["id"], "error": f"{article['id']}: {_fault(error)}"}
    warnings = [*article.get("warnings", ()), *_unscored(article, reading)]
    return reading | ({"warnings": warnings} if warnings else {})


def _unscored(article: dict, reading: dict) -> list[str]:
    if not reading.get("unscored"):
        return []
    place, lang = article.get("place") or article["id"], reading["lang"] or "unknown"
    return [f"{place}: its language ({lang}) is none of {', '.join(LANGUAGES)}, so it stays unscored; if it is one of "
            "them, name it in the field lang"]  # fmt: skip


def _fault(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"the data file {Path(error.filename or '?').name} cannot be read; fetch Panchina's data/ anew"
    if isinstance(error, SchemaError):
        return f"a data file of Panchina is broken ({error}); mend it or fetch data/ anew"
    return f"the reader failed ({type(error).__name__}: {str(error)[:200]}); please report this article"


class _Messages:
    """What is said on standard error: the first messages of each kind as they come, and counts at the end."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def note(self, result: dict) -> None:
        """Count a result and print what is wrong with it."""
        self._counts["error" if "error" in result else "read"] += 1
        if "error" in result:
            self._print("error", result["error"], self._counts["error"])
        for warning in result.get("warnings", ()):
            self._counts["warning"] += 1
            self._print("warning", warning, self._counts["warning"])

    def _print(self, kind: str, message: str, count: int) -> None:
        if count <= SHOWN:
            print(f"{kind}: {printable(message)}", file=sys.stderr)
        elif count == SHOWN + 1:
            print(f"{kind}: … further ones are counted only", file=sys.stderr)

    def close(self) -> int:
        """Print the counts and return the exit status."""
        counts = self._counts
        if counts["error"] or counts["warning"]:
            print(f"{counts['read']} read, {counts['error']} errors, {counts['warning']} warnings", file=sys.stderr)
        return 1 if counts["error"] else 0
