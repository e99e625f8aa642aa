"""Ties role phrases to the names and clubs beside them; whom a bare "the manager" means, referents find out."""

from datetime import date

from analysis.gazetteer import Gazetteer
from analysis.lexicon import Lexicon
from analysis.lexicon.patterns import BOARD, CLUB, COACH, PERSON, ROLE
from analysis.mentions.document import Document, words_between
from analysis.mentions.people import KIND_OF, Mention, Mentions, Person
from analysis.mentions.referents import Referents

_NEAR_WORDS = 6
_APPOSITION = (",", "(", "as", "als", "come", "como", "comme", "is", "ist", "est")
_OTHER_TRADES = ("official", "media", "staff")


class RoleBinder:
    """Works through an article's mentions from left to right, field by field."""

    def __init__(self, documents: list[Document], mentions: Mentions, lexicon: Lexicon, gazetteer: Gazetteer,
                 day: date | None):  # fmt: skip
        self._documents, self._mentions = documents, mentions
        self._referents = Referents(mentions, lexicon, gazetteer, day)
        words = lexicon.words
        self._glue = words["the"] | words["of"]
        self._of, self._former, self._new = words["of"] | words["at"] | words["by"], words["former"], words["new"]
        self._the = words["the"]

    def bind(self) -> None:
        """Fill in kinds, clubs, and the persons behind role phrases, in place."""
        for document in self._documents:
            self._bind_neighbours(document, self._mentions.by_field[document.field])
        if not self._mentions.coaches():
            self._promote_first_person()
        for document in self._documents:
            self._referents.resolve(document, self._mentions.by_field[document.field])
        for document in self._documents:
            mentions = self._mentions.by_field[document.field]
            mentions[:] = [mention for mention in mentions if mention.character]

    def _bind_neighbours(self, document: Document, mentions: list[Mention]) -> None:
        for position, mention in enumerate(mentions):
            if mention.role is None:
                continue
            before = mentions[position - 1] if position else None
            self._mark_age(document, mention, before)
            self._bind_club(document, mentions, position)
            self._bind_country(document, mentions, position)
            self._bind_name(document, mentions, position)

    def _mark_age(self, document: Document, mention: Mention, before: Mention | None) -> None:
        start, word = document.word_before(mention.start)
        if before is not None and before.character == CLUB and words_between(document, before.end, mention.start) == []:
            start, word = document.word_before(before.start)
        words = {word, document.word_before(start)[1]} if word in self._the else {word}
        after = document.word_after(mention.end)[1]
        mention.is_former = bool(words & self._former) or document.plain[mention.start :].startswith(("ex ", "former "))
        mention.is_new = bool(words & self._new) or after in self._new

    def _bind_club(self, document: Document, mentions: list[Mention], position: int) -> None:
        mention = mentions[position]
        for following in mentions[position + 1 : position + 3]:
            gap = words_between(document, mention.end, following.start)
            if gap is None:
                break
            if (
                following.character == CLUB
                and gap
                and gap[0] in self._of
                and all(word in self._glue | self._of for word in gap)
            ):
                mention.club = following.club
                return
            if following.character == CLUB and not gap and following.is_city is False:
                mention.club = following.club  # "il tecnico Milan", "seleccionador España" in headlines
                return
        if position:
            previous = mentions[position - 1]
            gap = words_between(document, previous.end, mention.start)
            if (
                previous.character == CLUB
                and gap is not None
                and all(word in ("s", "new") or word in self._new for word in gap)
            ):
                mention.club = previous.club

    def _bind_country(self, document: Document, mentions: list[Mention], position: int) -> None:
        mention = mentions[position]
        for neighbour in mentions[max(0, position - 1) : position] + mentions[position + 1 : position + 2]:
            start, end = sorted((mention, neighbour), key=lambda m: m.start)
            if neighbour.country and not neighbour.role and words_between(document, start.end, end.start) == []:
                mention.country = neighbour.country
                mention.start, mention.end = start.start, end.end  # "il tecnico argentino" is one phrase
                neighbour.country = ""

    def _bind_name(self, document: Document, mentions: list[Mention], position: int) -> None:
        role = mentions[position]
        named = self._name_after(document, mentions, position) or self._name_before(document, mentions, position)
        if named is None or named.person is None:
            return
        role.person = named.person
        self._describe(named.person, role)

    def _describe(self, person: Person, role: Mention) -> None:
        kind = KIND_OF[role.character]
        person.is_titled = person.is_titled or kind == "coach"
        if person.kind == "unknown" or (person.kind in ("player", "media", "official") and kind == "coach"):
            person.kind = kind
        elif kind in _OTHER_TRADES and not role.is_former and not person.is_titled:
            person.kind = kind  # "il presidente Villas-Boas" coached once, and does no longer
        if role.character == ROLE and role.club:
            (person.former_clubs if role.is_former else person.clubs).append(role.club)

    def _name_after(self, document: Document, mentions: list[Mention], position: int) -> Mention | None:
        role, end = mentions[position], mentions[position].end
        for following in mentions[position + 1 : position + 4]:
            gap = words_between(document, end, following.start)
            if gap is None or len(gap) > 3:
                return None
            if following.character in (COACH, PERSON):
                if role.character != ROLE and "," in gap and following.person and following.person.known:
                    return None  # "son attaquant, Luis Enrique n'était pas consulté" begins anew with a coach
                allowed = self._the | {",", '"'}  # "the chairman of Bob Bradley" is not Bob Bradley
                return following if all(word in allowed for word in gap) and gap.count(",") < 2 else None
            is_tied_club = following.character == CLUB and all(word in self._glue | self._of for word in gap)
            is_nationality = following.country and not following.role and not gap
            if not (is_tied_club or is_nationality):
                return None
            end = following.end
        return None

    def _name_before(self, document: Document, mentions: list[Mention], position: int) -> Mention | None:
        role = mentions[position]
        start = role.start
        for previous in reversed(mentions[max(0, position - 3) : position]):
            gap = words_between(document, previous.end, start)
            if gap is None or len(gap) > _NEAR_WORDS:
                return None
            if previous.character in (COACH, PERSON):
                marks = (",", "(") if role.character == BOARD else _APPOSITION
                opened = any(mark in gap for mark in marks)
                filler = self._glue | self._former | self._new | {",", "(", "s", "as", "als", "come", "como", "comme",
                                                                  "is", "ist", "est", "e"}  # fmt: skip
                return previous if opened and all(word in filler for word in gap) else None
            if previous.character == CLUB or (previous.country and not previous.role):
                middle = set(gap) - {"s"} - self._glue - self._new - self._former
                if middle:
                    return None
                start = previous.start
                continue
            return None
        return None

    def _promote_first_person(self) -> None:
        """Where an unnamed coach is spoken of and nobody is known as one, the first unknown person is meant."""
        every = [mention for mentions in self._mentions.by_field.values() for mention in mentions]
        if not any(m.character == ROLE and m.person is None and not m.is_former and not m.is_new for m in every):
            return
        first = next((m.person for m in every if m.person is not None and m.person.kind == "unknown"), None)
        if first is not None:
            first.kind = "coach"
