"""`digest`: what a day or a week brought, with the sentences behind it."""

import argparse
import sys
from datetime import UTC, date, datetime

import pandas as pd

from analysis.alerts.alert import day, last_day, open_archive
from analysis.alerts.book import Book
from analysis.alerts.digest_text import FORMATS, Digest, Line
from analysis.alerts.message import Evidence, coach_link, stage_name
from analysis.alerts.rules import INTERFACES
from analysis.alerts.secrets import SettingError, public_url
from analysis.alerts.tell import iso_day
from analysis.alerts.watch import recent_destinations
from analysis.alerts.words import Words, mark
from analysis.index.ledger import reported_gone
from analysis.load.decode import printable
from analysis.output import open_output
from analysis.picking import as_text
from analysis.store.messages import Messages
from analysis.store.paths import store_folder
from analysis.views import DEPARTURES, movers

PERIODS = {"day": 1, "week": 7}
MOST_MOVED, MOST_HOT = 8, 10
LEAST_MOVE, LEAST_HOT = 5.0, 10.0
"""Index points from which a move, and a standing, is worth a line: less is one fading rumour."""
_EPILOG = """\
Four parts, each line with its sentence, source and day: what moved most, who is under most pressure, who left, and
which next clubs were named for the first time in a month. Without articles in the store the bundled season is taken.
PANCHINA_URL, where it is set, gives every line its link into the dashboard. Words from articles are harmless text in
both forms. Exit status: 0 all went well, 1 some file could not be read, 2 wrong arguments or no place to write.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `digest`."""
    parser.epilog = _EPILOG
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--period", choices=PERIODS, default="day", help="how far back (default: %(default)s)")
    parser.add_argument("--as-of", metavar="DAY", type=day, help="the last day, as 2024-12-06 (default: today)")
    parser.add_argument("--format", choices=FORMATS, default="markdown", help="form of it (default: %(default)s)")
    parser.add_argument("--language", choices=INTERFACES, default="en", help="en or it (default: %(default)s)")
    parser.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write the digest; 0 if all went well, 1 where some file could not be read, 2 where it cannot be written."""
    messages, say = Messages(), Words(arguments.language)
    try:
        url = public_url()
        archive = open_archive(store_folder(arguments.store), is_season_allowed=True)
        book = Book(archive, last_day(arguments.as_of, archive, datetime.now(UTC)))
        words = FORMATS[arguments.format](make_digest(book, PERIODS[arguments.period], url, say), say)
        with open_output(arguments.output) as stream:
            stream.write(words)
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        print(
            printable(f"cannot write {arguments.output or 'the output'} ({error.strerror or error})"), file=sys.stderr
        )
        return 2
    messages.say_all("store", archive.problems)
    return 1 if archive.problems else 0


def make_digest(book: Book, days: int, url: str, say: Words) -> Digest:
    """The digest of the `days` days up to the last of `book`; lines link to the dashboard at `url` unless it is ""."""
    first, last = iso_day(book.last - days + 1), iso_day(book.last)
    what = say("The day of {day}", day=say.day(last)) if days == 1 else (
        say("The week from {first} to {last}", first=say.day(first), last=say.day(last)))  # fmt: skip
    about = say("Demonstration: season 2024-25, briefs written for Panchina from recorded facts.")
    parts = {
        say("What moved"): _moved(book, days, say),
        say("Under most pressure"): _hottest(book, days, say),
        say("Departures"): _departures(book, days, say),
        say("New destinations"): _destinations(book, days, say),
    }
    linked = {title: [_linked(line, url, last) for line in lines] for title, lines in parts.items()}
    return Digest(f"Panchina: {what}", about if book.archive.is_demonstration else "", linked, say.language)


def _linked(line: Line, url: str, day_shown: str) -> Line:
    link = coach_link(url, line.coach, date.fromisoformat(day_shown))
    return Line(line.coach, line.club, line.what, line.evidence, link)


def _moved(book: Book, days: int, say: Words) -> list[Line]:
    seats = book.seats_with_change(book.last, days)
    lines = []
    for row in movers(seats, days, LEAST_MOVE, MOST_MOVED).to_dict("records"):
        change = row[f"change_{days}"]
        message = mark("index up {change} to {index}") if change > 0 else mark("index down {change} to {index}")
        what = say(message, change=say.number(abs(change)), index=say.number(row["index"]))
        evidence = _risen(book, row, days) if change > 0 else _backed(book, row)
        why = "" if evidence else say("(no new sentence: older stories count less)")
        lines.append(Line(row["coach"], row["club"], f"{what} {why}".strip(), evidence))
    return lines


def _risen(book: Book, row: dict, days: int) -> Evidence | None:
    return book.index_evidence(row["coach"], row["club"], book.last, book.last - days)


def _backed(book: Book, row: dict) -> Evidence | None:
    said = (book.stage_evidence(row["coach"], stage, book.last) for stage in ("renewed", "reassured"))
    return next((evidence for evidence in said if evidence), None)


def _hottest(book: Book, days: int, say: Words) -> list[Line]:
    seats = book.seats_with_change(book.last, days).head(MOST_HOT)
    lines = []
    for row in seats[(seats["index"] >= LEAST_HOT).to_numpy(dtype=bool)].to_dict("records"):
        whole = book.standing(row["coach"], row["club"], book.last)
        stage = stage_name(row["stage"], book.is_confirmed(row["coach"], row["stage"], book.last), say)
        what = say("index {index} ({lower} to {upper}), {stage}", stage=stage,
                   **{name: say.number(whole[name]) for name in ("index", "lower", "upper")})  # fmt: skip
        lines.append(Line(row["coach"], row["club"], what, book.index_evidence(row["coach"], row["club"], book.last)))
    return lines


def _departures(book: Book, days: int, say: Words) -> list[Line]:
    spells = as_text(book.ledger.spells)
    is_over = (spells["ended_by"] != "").to_numpy(dtype=bool) & spells["end"].between(
        book.last - days + 1, book.last
    ).to_numpy()
    gone = spells[is_over][["coach", "club"]].assign(is_confirmed=True)
    told = reported_gone(book.ledger, pd.Timestamp(iso_day(book.last), tz="UTC"))
    recent = told["date"] > pd.Timestamp(iso_day(book.last - days), tz="UTC")
    reported = as_text(told[recent.to_numpy(dtype=bool)])[["coach", "club"]].assign(is_confirmed=False)
    rows = pd.concat([gone, reported]).drop_duplicates(["coach", "club"])
    return [line for row in rows.to_dict("records") if (line := _departure(book, row, say))]


def _departure(book: Book, row: dict, say: Words) -> Line | None:
    """The line of who left, by the newest sentence that says so; None where no article does (a dated spell ended)."""
    for stage in DEPARTURES:
        if evidence := book.stage_evidence(row["coach"], stage, book.last):
            return Line(row["coach"], row["club"], stage_name(stage, row["is_confirmed"], say), evidence)
    return None


def _destinations(book: Book, days: int, say: Words) -> list[Line]:
    lines = []
    for _, row in recent_destinations(book, days).iterrows():
        what = say("named for {club}", club=say.club(row["club"]))
        lines.append(Line(row["coach"], book.club_of(row["coach"], row["day"]), what, book.quoted(row)))
    return lines
