"""Persons and mentions: who and what an article names, by field and position."""

from bisect import bisect_left
from dataclasses import dataclass, field

from analysis.gazetteer import Coach
from analysis.lexicon import RoleWord
from analysis.lexicon.patterns import BOARD, COACH, FANS, MEDIA, PERSON, PLAYER, ROLE, STAFF
from analysis.mentions.document import Document

_KIND_CHARACTER = {"coach": COACH, "unknown": PERSON, "staff": STAFF, "official": BOARD, "player": PLAYER,
                   "media": MEDIA, "fans": FANS}  # fmt: skip

KIND_OF = {ROLE: "coach", STAFF: "staff", BOARD: "official", PLAYER: "player", MEDIA: "media", FANS: "fans"}
"""What somebody is by the placeholder of the role he is called by."""


@dataclass(eq=False)
class Person:
    """Somebody the article names. `kind` is coach, staff, official, player, media, fans or unknown."""

    name: str
    kind: str = "unknown"
    known: Coach | None = None
    clubs: list[str] = field(default_factory=list)
    """Clubs the text ties him to as present coach, first mention first."""
    former_clubs: list[str] = field(default_factory=list)
    is_named: bool = True
    is_titled: bool = False
    """Whether the text calls him coach, manager or the like."""

    @property
    def country(self) -> str:
        """Nationality where known, else ""."""
        return self.known.nationality if self.known else ""


@dataclass(eq=False)
class Mention:
    """A span [start, end) of a field that stands for a person, a role or a club."""

    start: int
    end: int
    character: str
    person: Person | None = None
    club: str = ""
    role: RoleWord | None = None
    country: str = ""
    is_former: bool = False
    is_new: bool = False
    is_city: bool = False

    @property
    def shown(self) -> str:
        """The placeholder of this mention in a canonical sentence."""
        if self.person is not None and self.character != ROLE:
            return _KIND_CHARACTER[self.person.kind]
        return self.character


@dataclass
class Mentions:
    """All mentions of an article, by field and position, and the persons behind them."""

    by_field: dict[str, list[Mention]]
    """Mentions of each field by start, without overlaps."""
    persons: list[Person]
    elsewhere: dict[str, list[int]] = field(default_factory=dict)
    """By field, where words of other sports or of politics stand: a bare name may be anybody's."""
    _starts: dict[str, tuple[int, list[int]]] = field(default_factory=dict)

    def between(self, name: str, start: int, end: int) -> list[Mention]:
        """Mentions of the field `name` that begin in [start, end)."""
        starts = self._positions(name)
        return self.by_field[name][bisect_left(starts, start) : bisect_left(starts, end)]

    def by_sentence(self, document: Document) -> list[list[Mention]]:
        """The mentions of each sentence of a field."""
        mentions, position, found = self.by_field[document.field], 0, []
        for start, end in document.sentences:
            first = position
            while position < len(mentions) and mentions[position].start < end:
                position += 1
            found.append([mention for mention in mentions[first:position] if mention.start >= start])
        return found

    def last_coach_before(self, name: str, offset: int) -> Person | None:
        """The coach named last before `offset` of the field `name`."""
        mentions = self.by_field[name]
        for index in range(bisect_left(self._positions(name), offset) - 1, -1, -1):
            person = mentions[index].person
            if person is not None and person.kind == "coach":
                return person
        return None

    @property
    def is_elsewhere(self) -> bool:
        """Whether the article speaks of another sport or of politics too."""
        return bool(self.elsewhere)

    def has_role(self) -> bool:
        """Whether any word for a head coach occurs."""
        return any(mention.character == ROLE for mentions in self.by_field.values() for mention in mentions)

    def focus(self) -> Person | None:
        """Whom the article is about: the coach of its title, else the first of its text."""
        for name in ("title", "text"):
            for mention in self.by_field.get(name, []):
                if mention.person is not None and mention.person.kind == "coach":
                    return mention.person
        return next(iter(self.coaches()), None)

    def _positions(self, name: str) -> list[int]:
        mentions = self.by_field[name]
        if name not in self._starts or self._starts[name][0] != len(mentions):
            self._starts[name] = (len(mentions), [mention.start for mention in mentions])
        return self._starts[name][1]

    def may_name_a_coach(self) -> bool:
        """Whether anybody is a coach or may still turn out to be one."""
        return any(person.kind in ("coach", "unknown") for person in self.persons)

    def coaches(self) -> list[Person]:
        """Persons found to be head coaches, in order of first mention."""
        return [person for person in self.persons if person.kind == "coach"]
