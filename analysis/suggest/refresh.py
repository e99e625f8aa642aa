"""`gazetteer refresh`: names that Wikidata has and the gazetteer has not, as rows to review."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis.collect.arguments import seconds
from analysis.collect.command import CONTACT, agent
from analysis.collect.errors import CollectError
from analysis.collect.fetch import Client
from analysis.collect.guard import Guard
from analysis.gazetteer import DATA, load_gazetteer
from analysis.load.decode import printable
from analysis.output import open_output
from analysis.suggest.differences import asked_names, difference_rows, listed
from analysis.suggest.review import write_review
from analysis.suggest.wikidata import BASE, BOUNDS, Form, ask, queries

QUERIES = DATA / "queries"
_MOST_FAILURES = 3
_UNFOUND_SHOWN = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `gazetteer refresh`."""
    parser.add_argument("kind", choices=("coaches", "clubs"), help="whose names to ask for")
    parser.add_argument("names", nargs="*", metavar="NAME", help="canonical names; without any all of the gazetteer")
    parser.add_argument("--query-file", type=Path, metavar="FILE",
                        help="a SPARQL query of your own; data/queries/ has those used otherwise")  # fmt: skip
    parser.add_argument("--base", metavar="URL", default=BASE, help="the query service (default: %(default)s)")
    parser.add_argument("--pause", metavar="S", type=seconds, default=1.0,
                        help="seconds between two requests (default: %(default)g)")  # fmt: skip
    parser.add_argument("--allow-local", action="store_true", help="also ask services on this machine")


def run(arguments: argparse.Namespace) -> int:
    """Ask, compare and write rows to review; 0 if all was answered, 1 if something was not."""
    gazetteer = load_gazetteer()
    found = listed(gazetteer, arguments.kind)
    if unknown := [name for name in arguments.names if name not in found.names]:
        print(f"error: {printable(unknown[0])!r} is not in {arguments.kind}.csv", file=sys.stderr)
        return 2
    query = (arguments.query_file or QUERIES / f"{arguments.kind}.rq").read_text(encoding="utf-8")
    asked = asked_names(gazetteer, arguments.kind, arguments.names)
    forms, problems = _answered(query, asked, arguments)
    rows = difference_rows(forms, found, asked)
    with open_output(arguments.output) as stream:
        write_review(rows, stream)
    _say(rows, forms, asked, problems)
    return 1 if problems else 0


def _answered(query: str, asked: dict[str, str], arguments: argparse.Namespace) -> tuple[list[Form], list[str]]:
    """The forms answered, and what went wrong; after some failures in a row no more is asked."""
    forms: list[Form] = []
    problems: list[str] = []
    failures = 0
    contact = os.environ.get(CONTACT, "")
    with Client(Guard(arguments.allow_local), agent=agent(contact), bounds=BOUNDS, pause=arguments.pause) as client:
        try:
            for url in _shown(list(queries(query, asked, arguments.base))):
                try:
                    forms += ask(client, url)
                    failures = 0
                except CollectError as error:
                    problems.append(str(error))
                    failures += 1
                if failures == _MOST_FAILURES:
                    problems.append(f"{failures} requests in a row failed; the rest was not asked for")
                    break
        except CollectError as error:
            problems.append(str(error))
    return forms, problems


def _shown(urls: list[str]) -> Iterator[str]:
    for number, url in enumerate(urls, start=1):
        if sys.stderr.isatty():
            print(f"\rrequest {number} of {len(urls)}", end="" if number < len(urls) else "\n", file=sys.stderr)
        yield url


def _say(rows: list[dict], forms: list[Form], asked: dict[str, str], problems: list[str]) -> None:
    for problem in dict.fromkeys(problems):
        print(f"error: {printable(problem)}", file=sys.stderr)
    had = {asked.get(form.name, form.name) for form in forms}
    unfound = sorted(set(asked.values()) - had)
    print(f"{len(had)} names answered, {len(rows)} rows to review", file=sys.stderr)
    if unfound and forms:
        more = f" and {len(unfound) - _UNFOUND_SHOWN} more" if len(unfound) > _UNFOUND_SHOWN else ""
        print(f"not found: {', '.join(unfound[:_UNFOUND_SHOWN])}{more}", file=sys.stderr)
