"""The command line: one registry of subcommands, each in a module of its own.

A subcommand's module has `configure(parser)`, which adds its arguments, and `run(arguments)`, which does the work and
returns the exit status. It is imported only when it is asked for, so that help and short commands start at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

PROGRAM = "python -m analysis"
INTERRUPTED, CUT_OFF = 130, 141
"""Exit statuses that shells give to programs ended by Ctrl-C and by a reader who closed the pipe."""


class Command(NamedTuple):
    """Where a subcommand lives, and one line of help."""

    module: str
    help: str


COMMANDS = {
    "score": Command("analysis.commands.score", "read articles and print what each says of coaches and their jobs"),
    "index": Command("analysis.commands.index", "read articles and print the pressure index of every coach and day"),
    "results": Command("analysis.commands.results", "keep results of matches from files, for the dashboard"),
    "shelve": Command("analysis.commands.shelve", "lay a store out for a dashboard over very many articles"),
    "collect": Command("analysis.collect.command", "collect articles from feeds, searches and pages into the store"),
    "backfill": Command("analysis.collect.backfill", "keep what GDELT lists for a query between two days"),
    "add": Command("analysis.store.add", "keep articles from files in the store"),
    "export": Command("analysis.store.export", "write out everything in the store"),
    "alert": Command("analysis.alerts.alert", "hold rules against the store and tell what is new"),
    "digest": Command("analysis.alerts.digest", "write what a day or a week brought as Markdown or HTML"),
    "publish": Command("analysis.store.publish", "write the store out for sharing, without full texts"),
    "gazetteer": Command("analysis.suggest.command", "propose rows for the gazetteer, take them over, check its files"),
    "compact": Command("analysis.store.compact", "merge the store's many small files into few"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the subcommand that `argv` (default: the program's arguments) names and return its exit status.

    Raises SystemExit as argparse does: status 0 after help, 2 for arguments it does not know.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser(given[:1]).parse_args(given)
    try:
        status = import_module(COMMANDS[arguments.command].module).run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has read enough; Python's own flush at exit must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_OFF
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    return status


def _parser(chosen: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(PROGRAM, description="Panchina: whose job is in danger, says the football press.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(
            name,
            help=command.help,
            description=f"{command.help[0].upper()}{command.help[1:]}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name in chosen:
            import_module(command.module).configure(subparser)
    return parser
