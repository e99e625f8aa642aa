"""Clubs, coaches, their aliases and dated spells, read once from data/gazetteer."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

from analysis.schema import GAZETTEER_TABLES, read_table
from analysis.text import fold

DATA = Path(__file__).resolve().parent.parent / "data"
STALE_DAYS = 120
"""A running spell is trusted this many days after the day it was checked; then a role without a name is unresolved."""


@dataclass(frozen=True)
class Club:
    """A club or national team under its canonical name."""

    name: str
    country: str
    is_national: bool
    is_women: bool


@dataclass(frozen=True)
class Coach:
    """A coach known to the gazetteer."""

    name: str
    nationality: str
    is_woman: bool
    origin: str


@dataclass(frozen=True)
class Spell:
    """A coach at a club, [start, end); `end` is None while he was in post on the day `checked`."""

    coach: str
    club: str
    start: date
    end: date | None
    reason: str
    interim: bool
    checked: date

    def covers(self, day: date) -> bool:
        """Whether the spell is known to hold on `day`."""
        return self.start <= day <= self._last

    @cached_property
    def _last(self) -> date:
        """The last day on which it is known to hold."""
        return self.end - timedelta(days=1) if self.end else self.checked + timedelta(days=STALE_DAYS)


@dataclass(frozen=True, slots=True)
class Alias:
    """A surface form and what it may mean: one name, or several of which `preferred` (or "") is assumed."""

    form: str
    names: tuple[str, ...]
    preferred: str
    is_sure: bool
    kind: str
    capital: int = -1
    """Where the form has its first capital; -1 where it has none."""

    def agrees(self, text: str, start: int) -> bool:
        """Whether its capital stands in `text` at `start`: "Sport" is a club where "sport" is not."""
        return self.capital < 0 or text[start + self.capital].isupper()


@dataclass
class Gazetteer:
    """Everything under data/gazetteer, looked up by canonical name."""

    clubs: dict[str, Club]
    coaches: dict[str, Coach]
    spells: list[Spell]
    given_names: dict[str, str]
    memberships: list[dict[str, str]]
    competitions: list[dict[str, str]]
    _club_aliases: list[dict[str, str]]
    _coach_aliases: list[dict[str, str]]
    _collisions: list[dict[str, str]]
    _coach_collisions: list[dict[str, str]]
    _spells_at: dict[str, list[Spell]] = field(default_factory=lambda: defaultdict(list))
    _spells_of: dict[str, list[Spell]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self):
        for spell in sorted(self.spells, key=lambda spell: spell.start):
            self._spells_at[spell.club].append(spell)
            self._spells_of[spell.coach].append(spell)

    def spells_of(self, coach: str) -> list[Spell]:
        """The coach's spells by start."""
        return self._spells_of.get(coach, [])

    def coach_at(self, club: str, day: date) -> str | None:
        """Who coached `club` on `day`, where exactly one spell is known to cover it."""
        names = {spell.coach for spell in self._spells_at.get(club, []) if spell.covers(day)}
        return names.pop() if len(names) == 1 else None

    def club_of(self, coach: str, day: date) -> str | None:
        """The club or national team that `coach` led on `day`; None where none or more than one is known."""
        clubs = {spell.club for spell in self._spells_of.get(coach, []) if spell.covers(day)}
        return clubs.pop() if len(clubs) == 1 else None

    def last_club(self, coach: str, day: date) -> str | None:
        """The club of the last spell that began by `day`."""
        spells = self._spells_of.get(coach, [])
        position = bisect_right([spell.start for spell in spells], day)
        return spells[position - 1].club if position else None

    def competition_of(self, club: str, day: date | None = None) -> str:
        """The competition of `club` in the season of `day` (the last known one without a day), or ""."""
        rows = self._memberships_of().get(club, [])
        if day is not None:
            seasons = {f"{day.year}", f"{day.year}-{(day.year + 1) % 100:02d}" if day.month > 6
                       else f"{day.year - 1}-{day.year % 100:02d}"}  # fmt: skip
            rows = [row for row in rows if row["season"] in seasons] or rows
        return max(rows, key=lambda row: row["season"])["competition"] if rows else ""

    @lru_cache(maxsize=1)  # noqa: B019 - one gazetteer a process
    def _memberships_of(self) -> dict[str, list[dict[str, str]]]:
        by_club = defaultdict(list)
        for row in self.memberships:
            by_club[row["club"]].append(row)
        return by_club

    def __hash__(self) -> int:
        return id(self)

    def club_aliases(self, lang: str) -> dict[str, list[Alias]]:
        """Aliases of clubs in `lang` by their folded form."""
        rows = [row for row in self._club_aliases if _in_language(row, lang)]
        named = {row["alias"] for row in rows if row["alias"] == row["club"]}
        rows += [
            {"alias": club, "club": club, "kind": "name", "use": "sure"} for club in self.clubs if club not in named
        ]
        collisions = {fold(row["alias"]): row for row in self._collisions if _in_language(row, lang)}
        return _group(rows, "club", collisions)

    def coach_aliases(self, lang: str) -> dict[str, list[Alias]]:
        """Aliases of coaches in `lang` by their folded form."""
        rows = [row for row in self._coach_aliases if _in_language(row, lang)]
        rows += [{"alias": coach, "coach": coach, "kind": "full", "use": "sure"} for coach in self.coaches]
        return _group(rows, "coach", {fold(row["alias"]): row for row in self._coach_collisions})


def _in_language(row: dict[str, str], lang: str) -> bool:
    return not row["lang"] or lang in row["lang"].split()


def _group(rows: list[dict[str, str]], key: str, collisions: dict[str, dict[str, str]]) -> dict[str, list[Alias]]:
    """Aliases by folded form; rows that differ in capitals only stay apart, for capitals tell a name from a word."""
    grouped: dict[str, dict[bool, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        grouped[fold(row["alias"])][row["alias"][:1].isupper()].append(row)
    aliases = {}
    for folded, by_case in grouped.items():
        aliases[folded] = []
        for group in by_case.values():
            names = tuple(dict.fromkeys(row[key] for row in group))
            declared = collisions.get(folded, {"preferred": ""})["preferred"]
            preferred = names[0] if len(names) == 1 else declared
            sure = any(row["use"] == "sure" for row in group)
            form = group[0]["alias"]
            capital = next((place for place, character in enumerate(form) if character.isupper()), -1)
            aliases[folded].append(Alias(form, names, preferred, sure, group[0]["kind"], capital))
    return aliases


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


@lru_cache(maxsize=1)
def load_gazetteer(folder: Path = DATA / "gazetteer") -> Gazetteer:
    """Read data/gazetteer. Raises SchemaError where a file breaks its schema."""
    rows = {name: read_table(folder / name, table) for name, table in GAZETTEER_TABLES.items()}
    spells = [
        Spell(row["coach"], row["club"], _day(row["start"]), _day(row["end"]), row["end_reason"],
              row["interim"] == "yes", _day(row["checked"]))
        for row in rows["spells.csv"]
    ]  # fmt: skip
    clubs = [Club(row["club"], row["country"], row["kind"] == "national_team", row["gender"] == "women")
             for row in rows["clubs.csv"]]  # fmt: skip
    coaches = [Coach(row["coach"], row["nationality"], row["gender"] == "women", row["origin"])
               for row in rows["coaches.csv"]]  # fmt: skip
    return Gazetteer(
        {club.name: club for club in clubs},
        {coach.name: coach for coach in coaches},
        spells,
        {fold(row["name"]): row["gender"] for row in rows["given_names.csv"]},
        rows["memberships.csv"],
        rows["competitions.csv"],
        rows["club_aliases.csv"],
        rows["coach_aliases.csv"],
        rows["collisions.csv"],
        rows["coach_collisions.csv"],
    )
