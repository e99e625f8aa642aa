"""`index`: articles in, the pressure index of every coach and day out."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from analysis.archive import Archive, load_season, load_store
from analysis.load.decode import printable
from analysis.output import formula_safe, open_output
from analysis.schema import INDEX

FORMATS = ("csv", "jsonl", "parquet")
SHOWN = 20
_EPILOG = """\
A PATH is what `score` takes: a txt, md, html, jsonl, json, csv, tsv or parquet file, a folder of such files, or - for
JSON lines on standard input. Without one the bundled season is taken, with --store the articles of a store.

One row for every day of a coach's spell inside the dates of the articles, whether or not anything was written that day:
  date, coach, club
  index         pressure, 0 to 100, higher is worse
  lower, upper  its 80 % interval
  stories       stories about him in the seven days up to this one, near-duplicates once
  stage         the gravest of these days, a later statement of the club winning
Nothing published after --as-of is used. What cannot be read is named on standard error; the rest is used all the same.
Exit status: 0 all was read, 1 something was not, 2 wrong arguments or no place to write.

  python -m analysis index --as-of 2024-12-06
  python -m analysis index articles.jsonl --format parquet --output index.parquet
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `index`."""
    parser.epilog = _EPILOG
    parser.add_argument("paths", nargs="*", metavar="PATH", help="file, folder, or - (default: the bundled season)")
    parser.add_argument("--store", metavar="DIR", help="take the articles of this store instead")
    parser.add_argument("--as-of", metavar="DAY", type=_day, help="last day, as 2024-12-06 (default: the newest)")
    parser.add_argument("--format", choices=FORMATS, default="csv", help="form of the output (default: %(default)s)")
    parser.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")


def _day(text: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(pd.to_datetime(text, format="%Y-%m-%d"), tz="UTC")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day, expected one as 2024-12-06") from None


def run(arguments: argparse.Namespace) -> int:
    """Print the index; 0 if all was read, 1 if something was not, 2 if nothing can be written."""
    if arguments.store and arguments.paths:
        print("give either PATHs or --store, not both", file=sys.stderr)
        return 2
    problems: list[str] = []
    warnings: list[str] = []
    rows = index_of(_archive(arguments, problems, warnings), arguments.as_of)
    _say("error", problems)
    _say("warning", warnings)
    try:
        _write(rows, arguments.format, arguments.output)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"cannot write {arguments.output or 'the output'} ({error.strerror or error})", file=sys.stderr)
        return 2
    return 1 if problems else 0


def _say(kind: str, messages: list[str]) -> None:
    for message in messages[:SHOWN]:
        print(f"{kind}: {printable(message)}", file=sys.stderr)
    if len(messages) > SHOWN:
        print(f"{kind}: … and {len(messages) - SHOWN} more", file=sys.stderr)


def _archive(arguments: argparse.Namespace, problems: list[str], warnings: list[str]) -> Archive:
    if arguments.store:
        archive = load_store(arguments.store)
        problems += archive.problems
        return archive
    return archive_of(arguments.paths, problems.append, warnings.append) if arguments.paths else load_season()


def archive_of(paths: list[str], refuse: Callable[[str], None], warn: Callable[[str], None]) -> Archive:
    """An archive of the articles in `paths`, as `score` reads them.

    `refuse` is told of each that cannot be read, `warn` of what had to be guessed or left out in the others.
    """
    from analysis.frames import read_frames
    from analysis.load import load, to_frame

    def good() -> Iterator[dict]:
        for found in load(paths):
            if "error" in found:
                refuse(found["error"])
            else:
                for warning in found.get("warnings", ()):
                    warn(warning)
                yield found

    articles = to_frame(good())
    return Archive(articles, read_frames(articles), pd.DataFrame(), pd.DataFrame(), is_demonstration=False)


def index_of(archive: Archive, as_of: pd.Timestamp | None = None) -> pd.DataFrame:
    """Rows of schema INDEX of every coach in `archive` up to `as_of` (default: its newest article)."""
    from analysis.gazetteer import load_gazetteer
    from analysis.index import pressure_index
    from analysis.stories import group_stories

    stories = group_stories(archive.articles) if archive.stories is None else archive.stories
    dated = archive.articles.loc[archive.articles["date_precision"].isin(["day", "month"]), "published_at"].dropna()
    last = dated.max() if as_of is None and len(dated) else as_of
    rows = pressure_index(archive.claims, stories, load_gazetteer().spells, as_of=last, since=dated.min())
    return rows[list(INDEX.columns)]


def _write(rows: pd.DataFrame, form: str, output: str | None) -> None:
    if form == "parquet":
        target = sys.stdout.buffer if output in (None, "-") else Path(output)
        rows.to_parquet(target, index=False)
        return
    numbers = {name: rows[name].round(4) for name in ("index", "lower", "upper")}
    table = rows.assign(date=rows["date"].dt.strftime("%Y-%m-%d"), **numbers)
    with open_output(output) as stream:
        if form == "jsonl":
            table.to_json(stream, orient="records", lines=True, force_ascii=False)
            return
        safe = {name: table[name].map(formula_safe) for name in ("coach", "club")}
        table.assign(**safe).to_csv(stream, index=False, lineterminator="\n")
