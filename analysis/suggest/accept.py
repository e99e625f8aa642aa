"""`gazetteer accept`: accepted rows of a review file into the files of the gazetteer, where they hold together."""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.gazetteer import load_gazetteer
from analysis.schema import GAZETTEER_TABLES, read_table
from analysis.store.files import write_whole
from analysis.suggest.check import LANGUAGES_ALLOWED, new_problems, problems
from analysis.suggest.review import TABLES, read_review
from analysis.text import LANGUAGES, fold

_OWNER = {"coach_aliases.csv": "coach", "club_aliases.csv": "club", "coaches.csv": "coach", "clubs.csv": "club"}


class Accepted(NamedTuple):
    """How many rows went into each file, and what was refused and why."""

    counts: dict[str, int]
    problems: list[str]


def accept(path: Path, folder: Path) -> Accepted:
    """Add the accepted rows of the review file `path` to the gazetteer in `folder`; bad rows are named, good ones kept.

    Nothing is written where the whole would not hold together any more. Raises SchemaError where `path` is no review
    file or the gazetteer is broken, OSError where a file cannot be read or written.
    """
    gathered = _Gathered(folder)
    for number, name, cells in sorted(read_review(path), key=lambda row: (TABLES.index(row[1]), row[0])):
        gathered.take(f"{path.name}, line {number}", name, cells)
    refused = [*gathered.problems, *_unfit(folder, gathered.rows)]
    if len(refused) > len(gathered.problems):
        return Accepted({}, refused)
    for name, rows in gathered.rows.items():
        _append(folder / name, rows)
    return Accepted({name: len(rows) for name, rows in gathered.rows.items()}, refused)


class _Gathered:
    """Rows that may be added, file by file, and what is wrong with others."""

    def __init__(self, folder: Path):
        self.rows: dict[str, list[dict[str, str]]] = {}
        self.problems: list[str] = []
        gazetteer = load_gazetteer.__wrapped__(folder)  # not remembered: the reader's own gazetteer is
        self._names = {"coach": set(gazetteer.coaches), "club": set(gazetteer.clubs)}
        self._meanings = {"coach": _meanings(gazetteer.coach_aliases), "club": _meanings(gazetteer.club_aliases)}
        self._declared = {"coach": _declared(folder / "coach_collisions.csv"),
                          "club": _declared(folder / "collisions.csv")}  # fmt: skip

    def take(self, where: str, name: str, cells: dict[str, str]) -> None:
        """Add a row of the file `name`, or say why not."""
        wrong = next(self._faults(name, cells), None)
        if wrong:
            self.problems.append(f"{where}: {wrong}")
            return
        owner = _OWNER[name]
        self._names[owner].add(cells[owner])
        self._meanings[owner].setdefault(fold(cells.get("alias") or cells[owner]), set()).add(cells[owner])
        self.rows.setdefault(name, []).append(cells)

    def _faults(self, name: str, cells: dict[str, str]) -> Iterator[str]:
        owner, table = _OWNER[name], GAZETTEER_TABLES[name]
        yield from _cell_faults(cells, table.optional, table.values)
        is_alias = "alias" in cells
        if is_alias and cells[owner] not in self._names[owner]:
            yield f"{cells[owner]!r} is not in the gazetteer; accept its own row too"
        if not is_alias and cells[owner] in self._names[owner]:
            yield f"{cells[owner]!r} is in the gazetteer already"
        form = cells.get("alias") or cells[owner]
        others = self._meanings[owner].get(fold(form), set())
        if is_alias and cells[owner] in others and not cells["lang"]:
            yield f"{form!r} stands for {cells[owner]} already"
        if others - {cells[owner]} and fold(form) not in self._declared[owner]:
            file = "coach_collisions.csv" if owner == "coach" else "collisions.csv"
            yield f"{form!r} stands for {' and '.join(sorted(others))} already; declare it in {file} first"


def _cell_faults(cells: dict[str, str], optional: tuple[str, ...], values: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for column, cell in cells.items():
        if not cell and column not in optional:
            allowed = f"; write {' or '.join(values[column])}" if column in values else ""
            yield f"{column} is empty{allowed}"
        elif cell and column in values and cell not in values[column]:
            yield f"{column} is {cell!r}, expected one of {', '.join(values[column])}"
    if strange := set(cells.get("lang", "").split()) - set(LANGUAGES):
        yield f"lang holds {' '.join(sorted(strange))}; {LANGUAGES_ALLOWED}"


def _meanings(aliases_in) -> dict[str, set[str]]:
    """Folded forms in all languages and the canonical names they stand for."""
    found: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        for form, group in aliases_in(lang).items():
            found.setdefault(form, set()).update(name for alias in group for name in alias.names)
    return found


def _declared(path: Path) -> set[str]:
    return {fold(row["alias"]) for row in read_table(path, GAZETTEER_TABLES[path.name])}


def _unfit(folder: Path, rows: dict[str, list[dict[str, str]]]) -> list[str]:
    """What would be wrong with the gazetteer that is not wrong now, were `rows` added; tried on a copy."""
    if not rows:
        return []
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "gazetteer"
        shutil.copytree(folder, copy)
        for name, added in rows.items():
            _append(copy / name, added)
        return new_problems(problems(folder), problems(copy))


def _append(path: Path, rows: list[dict[str, str]]) -> None:
    """Write the file anew with `rows` at its end: whole or not at all."""
    columns = GAZETTEER_TABLES[path.name].columns
    text = path.read_text(encoding="utf-8")
    added = io.StringIO()
    writer = csv.writer(added, lineterminator="\r\n" if "\r\n" in text else "\n")
    writer.writerows([row[column] for column in columns] for row in rows)
    whole = f"{text}{'' if text.endswith(chr(10)) else chr(10)}{added.getvalue()}"
    write_whole(path.resolve(), lambda stream: stream.write(whole.encode()))
