"""Ties role phrases to the names and clubs beside them, and finds out whom a bare "the manager" means."""

import re
from datetime import date, timedelta

from analysis.gazetteer import Gazetteer
from analysis.lexicon import Lexicon
from analysis.lexicon.patterns import BOARD, CLUB, COACH, PERSON, ROLE
from analysis.mentions.document import Document
from analysis.mentions.people import KIND_OF, Mention, Mentions, Person

_TOKEN = re.compile(r"[\w.]+|[,(:–\"]|[^\s]")
_OWNS_A_NAME = re.compile(r"['’]s? (?=[^\W\d_a-z])")
_NEAR_WORDS = 6
_APPOSITION = (",", "(", "as", "als", "come", "como", "comme", "is", "ist", "est")
_OTHER_TRADES = ("official", "media", "staff")
CHANGEOVER_DAYS = 45
"""A coach whom the article names and who began or ended at the club this near its date is meant before anyone else."""


class RoleBinder:
    """Works through an article's mentions from left to right, field by field."""

    def __init__(self, documents: list[Document], mentions: Mentions, lexicon: Lexicon, gazetteer: Gazetteer,
                 day: date | None):  # fmt: skip
        self._documents, self._mentions, self._gazetteer, self._day = documents, mentions, gazetteer, day
        words = lexicon.words
        self._glue = words["the"] | words["of"]
        self._of, self._former, self._new = words["of"] | words["at"] | words["by"], words["former"], words["new"]
        self._the = words["the"]
        self._of_only = words["of"]

    def bind(self) -> None:
        """Fill in kinds, clubs, and the persons behind role phrases, in place."""
        for document in self._documents:
            self._bind_neighbours(document, self._mentions.by_field[document.field])
        if not self._mentions.coaches():
            self._promote_first_person()
        for document in self._documents:
            self._resolve_bare(document, self._mentions.by_field[document.field])
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

    def _between(self, document: Document, start: int, end: int) -> list[str] | None:
        """Words and marks between two mentions; None where they stand in different sentences or far apart."""
        if end - start > 60 or start > end:
            return None
        gap = document.plain[start:end]
        if "\n" in gap or document.sentence_at(start) != document.sentence_at(end):
            return None
        return _TOKEN.findall(gap)

    def _mark_age(self, document: Document, mention: Mention, before: Mention | None) -> None:
        start, word = document.word_before(mention.start)
        if before is not None and before.character == CLUB and self._between(document, before.end, mention.start) == []:
            start, word = document.word_before(before.start)
        words = {word, document.word_before(start)[1]} if word in self._the else {word}
        after = document.word_after(mention.end)[1]
        mention.is_former = bool(words & self._former) or document.plain[mention.start :].startswith(("ex ", "former "))
        mention.is_new = bool(words & self._new) or after in self._new

    def _bind_club(self, document: Document, mentions: list[Mention], position: int) -> None:
        mention = mentions[position]
        for following in mentions[position + 1 : position + 3]:
            gap = self._between(document, mention.end, following.start)
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
            gap = self._between(document, previous.end, mention.start)
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
            if neighbour.country and not neighbour.role and self._between(document, start.end, end.start) == []:
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
            gap = self._between(document, end, following.start)
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
            gap = self._between(document, previous.end, start)
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

    # Bare role phrases

    def _resolve_bare(self, document: Document, mentions: list[Mention]) -> None:
        recent: list[Person] = []
        for position, mention in enumerate(mentions):
            if mention.person is not None and mention.person.kind == "coach":
                if mention.person in recent:
                    recent.remove(mention.person)
                recent.insert(0 if self._is_attribute(document, mentions, position) else len(recent), mention.person)
                continue
            if mention.role is not None and mention.character == ROLE and mention.person is None:
                mention.person = self._coach_of_subject(document, mentions, position) or self._referent(mention, recent)
            elif mention.country and mention.role is None and mention.person is None:
                self._resolve_nationality(document, mentions, position, recent)

    def _is_attribute(self, document: Document, mentions: list[Mention], position: int) -> bool:
        """Whether a coach is only named with his team: "at home to McInnes' Hearts", "il Barcellona di Xavi"."""
        mention = mentions[position]
        if _OWNS_A_NAME.match(document.text, mention.end):
            return True
        before = mentions[position - 1] if position else None
        if before is None or before.character != CLUB:
            return False
        gap = self._between(document, before.end, mention.start)
        return bool(gap) and set(gap) <= self._of_only

    def _coach_of_subject(self, document: Document, mentions: list[Mention], position: int) -> Person | None:
        """Of "Benfica have sacked the manager": the coach tied to the club that the sentence began with."""
        mention = mentions[position]
        if mention.club or mention.country or mention.is_former or mention.is_new:
            return None
        sentence = document.sentence_at(mention.start)
        before = [m for m in mentions[max(0, position - 6) : position] if document.sentence_at(m.start) == sentence]
        if any(m.shown == COACH for m in before):
            return None
        club = next((m.club for m in before if m.character == CLUB), "")
        return next((person for person in self._mentions.coaches() if club and self._leads(person, club)), None)

    def _leads(self, person: Person, club: str) -> bool:
        if club in person.clubs:
            return True
        return bool(person.known and self._day and self._gazetteer.club_of(person.name, self._day) == club)

    def _referent(self, mention: Mention, recent: list[Person]) -> Person | None:
        coaches = self._mentions.coaches()
        if mention.is_former and not mention.country:
            return self._former_of(mention.club, recent, coaches)
        if mention.club:
            return self._coach_of(mention.club, coaches)
        candidates = [person for person in (self._main(recent), *reversed(recent), *coaches[:1]) if person]
        if mention.country:
            return next((person for person in [*candidates, *coaches] if person.country == mention.country), None)
        return candidates[0] if candidates and not mention.is_new else None

    def _main(self, recent: list[Person]) -> Person | None:
        """The one coach of the title, once the text has named him."""
        titled = {id(m.person): m.person for m in self._mentions.by_field.get("title", []) if m.person is not None}
        coaches = [person for person in titled.values() if person.kind == "coach"]
        return coaches[0] if len(coaches) == 1 and coaches[0] in recent else None

    def _former_of(self, club: str, recent: list[Person], coaches: list[Person]) -> Person | None:
        """Of "the former Fiorentina coach": who is known to have been that, else who was spoken of last."""
        for person in coaches:
            if club and club in person.former_clubs:
                return person
        person = recent[-1] if recent else None
        if person is not None and club and club not in person.clubs:
            person.former_clubs.append(club)
        return person

    def _coach_of(self, club: str, coaches: list[Person]) -> Person | None:
        """Whom the text itself calls coach of `club`; else whom the spells name at the article's date.

        Where neither does he stays without a name, and is reported so.
        """
        for person in coaches:
            if club in person.clubs:
                return person
        for person in coaches:
            if person.known and self._day and self._gazetteer.club_of(person.name, self._day) == club:
                return person
        near = [person for person in coaches if person.known and self._was_near(person.name, club)]
        if near:
            return near[0]
        if len(coaches) == 1 and not coaches[0].clubs and not coaches[0].known:
            return coaches[0]
        name = self._gazetteer.coach_at(club, self._day) if self._day else None
        person = Person(name or "", "coach", self._gazetteer.coaches.get(name or ""), [club], is_named=False)
        self._mentions.persons.append(person)
        return person

    def _was_near(self, coach: str, club: str) -> bool:
        if self._day is None:
            return False
        margin = timedelta(days=CHANGEOVER_DAYS)
        return any(
            spell.club == club and spell.start - margin <= self._day <= (spell.end or spell.checked) + margin
            for spell in self._gazetteer.spells_of(coach)
        )

    def _resolve_nationality(
        self, document: Document, mentions: list[Mention], position: int, recent: list[Person]
    ) -> None:
        """ "The Norwegian", with an article before it and no other mention glued to it."""
        mention = mentions[position]
        if document.word_before(mention.start)[1] not in self._the | self._of:
            return
        following = mentions[position + 1] if position + 1 < len(mentions) else None
        if (
            following
            and self._between(document, mention.end, following.start) == []
            and following.character in (BOARD, ROLE)
        ):
            return
        matching = [person for person in self._mentions.coaches() if person.country == mention.country]
        if len(matching) == 1 or (matching and matching[0] in recent):
            mention.person, mention.character = matching[0], ROLE
