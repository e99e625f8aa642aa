"""Whether the files of the gazetteer hold together: what `gazetteer check` looks at, and `accept` before it writes."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from analysis.gazetteer import Gazetteer, load_gazetteer
from analysis.schema import GAZETTEER_TABLES, SchemaError, read_table
from analysis.text import LANGUAGES, fold

LANGUAGES_ALLOWED = f"write any of {' '.join(LANGUAGES)}, or nothing for all"
HANDOVER = timedelta(days=7)
"""Two spells at one club may overlap by this much: an announcement and the first day at work are not the same day."""
_REFERENCES = {"club_aliases.csv": ("club",), "coach_aliases.csv": ("coach",),
               "memberships.csv": ("club", "competition"), "spells.csv": ("club", "coach")}  # fmt: skip
_LISTED_IN = {"club": "clubs.csv", "coach": "coaches.csv", "competition": "competitions.csv"}
_SAME = {"clubs.csv": ("club",), "coaches.csv": ("coach",), "club_aliases.csv": ("alias", "club", "lang"),
         "coach_aliases.csv": ("alias", "coach", "lang"), "spells.csv": ("coach", "club", "start")}  # fmt: skip


class Line(NamedTuple):
    """A row of a data file and the line it ends on."""

    number: int
    row: dict[str, str]


Tables = dict[str, list[Line]]


def problems(folder: Path) -> list[str]:
    """What is wrong with the gazetteer in `folder`, each with file and line, and how to mend it; [] if nothing is.

    Of a file that breaks its own columns or values the first such row is named, and nothing else is looked at till
    it is mended.
    """
    tables, broken = read_tables(folder)
    if broken:
        return broken
    gazetteer = load_gazetteer.__wrapped__(folder)  # not remembered: the reader's own gazetteer is
    return [*_rows_twice(tables), *_unknown_names(tables), *_unknown_languages(tables), *_wrong_spells(tables),
            *_crowded_clubs(tables), *_undeclared(tables, gazetteer), *_strange_collisions(tables)]  # fmt: skip


def read_tables(folder: Path) -> tuple[Tables, list[str]]:
    """Rows of every file of the gazetteer in `folder` with their lines, and the faults of files that break them."""
    tables, broken = {}, []
    for name, table in GAZETTEER_TABLES.items():
        try:
            read_table(folder / name, table)
            tables[name] = list(_lines(folder / name))
        except SchemaError as error:
            broken.append(str(error))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            broken.append(f"{name}: cannot be read ({error}); it must be CSV in UTF-8")
    return tables, [*broken, *_wrong_days(tables)]


def _lines(path: Path) -> Iterator[Line]:
    with open(path, encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            yield Line(reader.line_num, row)


def names_of(tables: Tables, column: str) -> set[str]:
    """The canonical names that `column` (club, coach or competition) may hold."""
    return {line.row[column] for line in tables[_LISTED_IN[column]]}


def _rows_twice(tables: Tables) -> Iterator[str]:
    for name, key in _SAME.items():
        first: dict[tuple[str, ...], int] = {}
        for number, row in tables[name]:
            cells = tuple(row[column] for column in key)
            if cells in first:
                yield f"{name}, line {number}: {', '.join(filter(None, cells))} stands in line {first[cells]} already"
            first.setdefault(cells, number)


def _unknown_names(tables: Tables) -> Iterator[str]:
    for name, columns in _REFERENCES.items():
        for column in columns:
            known = names_of(tables, column)
            for number, row in tables[name]:
                if row[column] not in known:
                    where = _LISTED_IN[column]
                    yield f"{name}, line {number}: {column} {row[column]!r} is not in {where}; add it there"


def _unknown_languages(tables: Tables) -> Iterator[str]:
    for name in ("club_aliases.csv", "coach_aliases.csv", "collisions.csv"):
        for number, row in tables[name]:
            strange = set(row["lang"].split()) - set(LANGUAGES)
            if strange:
                yield f"{name}, line {number}: lang holds {' '.join(sorted(strange))}; {LANGUAGES_ALLOWED}"


def _wrong_days(tables: Tables) -> Iterator[str]:
    """Days that no calendar has, which keep the gazetteer from being loaded at all."""
    for number, row in tables.get("spells.csv", ()):
        for column in ("start", "end", "checked"):
            try:
                date.fromisoformat(row[column] or "2000-01-01")
            except ValueError as error:
                yield f"spells.csv, line {number}: {column} is {row[column]!r}: {error}"


def _wrong_spells(tables: Tables) -> Iterator[str]:
    """Spells that end before they start or were checked too early; days are ISO 8601, in the order of their letters."""
    for number, row in tables["spells.csv"]:
        last = row["end"] or row["start"]
        if row["end"] and row["end"] <= row["start"]:
            yield f"spells.csv, line {number}: ends {row['end']}, which is not after its start {row['start']}"
        if row["checked"] < last:
            yield f"spells.csv, line {number}: checked {row['checked']}, before {last}; a spell is checked after it"


def _crowded_clubs(tables: Tables) -> Iterator[str]:
    """Spells that are not interim and overlap at one club."""
    by_club: dict[str, list[Line]] = defaultdict(list)
    for line in tables["spells.csv"]:
        if line.row["interim"] == "no":
            by_club[line.row["club"]].append(line)
    for club, lines in by_club.items():
        lines.sort(key=lambda line: line.row["start"])
        for first, second in zip(lines, lines[1:], strict=False):
            if _last_day(first) > second.row["start"]:
                there = f"{first.row['coach']} (line {first.number}) is there; end that spell or mark one interim"
                yield f"spells.csv, line {second.number}: {second.row['coach']} starts at {club} while {there}"


def _last_day(line: Line) -> str:
    return (date.fromisoformat(line.row["end"] or line.row["checked"]) - HANDOVER).isoformat()


def _undeclared(tables: Tables, gazetteer: Gazetteer) -> Iterator[str]:
    """Forms that stand for several names and are declared nowhere."""
    coaches = {fold(line.row["alias"]) for line in tables["coach_collisions.csv"]}
    yield from _shared(gazetteer.coach_aliases("it"), coaches, "coach_collisions.csv", "")
    told: set[str] = set()
    for lang in LANGUAGES:
        clubs = {fold(line.row["alias"]) for line in tables["collisions.csv"]
                 if not line.row["lang"] or lang in line.row["lang"].split()}  # fmt: skip
        aliases = gazetteer.club_aliases(lang)
        yield from _shared(aliases, clubs | told, "collisions.csv", f" in {lang}")
        told |= {form for form, group in aliases.items() if any(len(alias.names) > 1 for alias in group)}


def _shared(aliases: dict, declared: set[str], name: str, where: str) -> Iterator[str]:
    for form, group in aliases.items():
        for alias in group:
            if len(alias.names) > 1 and form not in declared:
                yield f"{name}: {alias.form!r} stands for {' and '.join(alias.names)}{where}; declare it there"


def _strange_collisions(tables: Tables) -> Iterator[str]:
    for name, column in (("collisions.csv", "club"), ("coach_collisions.csv", "coach")):
        known = names_of(tables, column)
        for number, row in tables[name]:
            strange = {*row["others"].split(";"), *([row["preferred"]] if row["preferred"] else [])} - known
            if strange:
                yield f"{name}, line {number}: {', '.join(sorted(strange))} not in {_LISTED_IN[column]}"


def new_problems(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Problems of `after` that are not among those of `before`."""
    return list((Counter(after) - Counter(before)).elements())
