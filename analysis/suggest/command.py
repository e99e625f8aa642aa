"""`gazetteer`: rows proposed for the gazetteer, rows taken over from a review, and whether its files hold together."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from analysis.gazetteer import DATA
from analysis.load.decode import printable
from analysis.schema import SchemaError

SHOWN = 50
"""Problems printed; further ones are counted."""
_ACTIONS = {
    "suggest": "propose coaches and clubs that articles name often and the gazetteer does not list",
    "refresh": "ask Wikidata for names of those listed and propose the forms that are not",
    "accept": "add the rows marked yes in a review file to the gazetteer",
    "check": "look whether the files of the gazetteer hold together",
}
_REVIEW = """\
The rows are those of data/gazetteer, in its own columns, with what speaks for them. Nothing is written to the
gazetteer: read them, mend cells, write yes in the column "accept", and run

  python -m analysis gazetteer accept REVIEW.csv
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `gazetteer` and their arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", title="actions")
    for name, text in _ACTIONS.items():
        action = actions.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.",
                                    formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
        if name in ("suggest", "refresh"):
            action.epilog = _REVIEW
            action.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")
            import_module(f"analysis.suggest.{name}").configure(action)
        else:
            action.add_argument("--folder", type=Path, default=DATA / "gazetteer", metavar="DIR",
                                help="the gazetteer (default: that of Panchina)")  # fmt: skip
        if name == "accept":
            action.add_argument("review", type=Path, metavar="REVIEW", help="a file that suggest or refresh wrote")


def run(arguments: argparse.Namespace) -> int:
    """Run the action; 0 if all went well, 1 if something is wrong with the data, 2 if nothing could be done."""
    try:
        if arguments.action in ("suggest", "refresh"):
            return import_module(f"analysis.suggest.{arguments.action}").run(arguments)
        return _check(arguments.folder) if arguments.action == "check" else _accept(arguments)
    except BrokenPipeError:
        raise
    except (OSError, SchemaError, UnicodeDecodeError) as error:
        told = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
        print(f"error: {printable(told)}", file=sys.stderr)
        return 2


def _check(folder: Path) -> int:
    from analysis.suggest.check import problems

    found = problems(folder)
    _say(found)
    print(f"{len(found)} problems" if found else "the gazetteer holds together")
    return 1 if found else 0


def _accept(arguments: argparse.Namespace) -> int:
    from analysis.suggest.accept import accept

    done = accept(arguments.review, arguments.folder)
    _say(done.problems)
    added = ", ".join(f"{count} in {name}" for name, count in done.counts.items()) or "no row"
    print(f"{added} added, {len(done.problems)} refused")
    if done.counts:
        print("Look at the change, then run `make season`: what was read in the bundled season depends on it.")
    return 1 if done.problems else 0


def _say(found: list[str]) -> None:
    for problem in found[:SHOWN]:
        print(f"error: {printable(problem)}", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"error: … and {len(found) - SHOWN} more", file=sys.stderr)
