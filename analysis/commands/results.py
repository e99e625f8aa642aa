"""`results`: matches from football-data and openfootball files, kept beside the articles for the dashboard."""

import argparse
import sys

from analysis.gazetteer import load_gazetteer
from analysis.load.decode import printable
from analysis.results.files import read_results
from analysis.results.kept import FILE, keep_results
from analysis.results.names import gazetteer_names
from analysis.store import store_folder

SHOWN = 20
"""Problems printed; further ones are counted."""
_EPILOG = f"""\
A FILE is a football-data.co.uk CSV, an openfootball text or JSON file, or a folder of such files. Matches yet to be
played are fixtures. Clubs get the names they have in the gazetteer.

The results are kept in {FILE} in the folder of the store, which need not hold articles, and joined to those
kept before: a match told again is there once, with its goals where they are known now. The dashboard shows them.

What cannot be read is named on standard error by file and line, and the rest is kept.
Exit status: 0 all went well, 1 something could not be read, 2 the results cannot be kept.

  python -m analysis results I1.csv E0.csv
  python -m analysis results 2024-25/it.1.json 1-premierleague.txt
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `results`."""
    parser.epilog = _EPILOG
    parser.add_argument("files", nargs="+", metavar="FILE", help="results file, or folder of such files")
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")


def run(arguments: argparse.Namespace) -> int:
    """Import the files; 0 if all went well, 1 if something could not be read, 2 if nothing can be kept."""
    found, problems = read_results(arguments.files, gazetteer_names(load_gazetteer()))
    for problem in problems[:SHOWN]:
        print(f"error: {printable(problem)}", file=sys.stderr)
    if len(problems) > SHOWN:
        print(f"error: … and {len(problems) - SHOWN} more", file=sys.stderr)
    try:
        whole, new = keep_results(store_folder(arguments.store), found)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        print(f"cannot keep the results ({printable(str(reason))})", file=sys.stderr)
        return 2
    played = int(found["home_goals"].notna().sum())
    print(f"{len(found)} matches read ({played} played), {new} new, {whole} kept, {len(problems)} problems")
    return 1 if problems else 0
