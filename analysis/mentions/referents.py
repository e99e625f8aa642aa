"""Whom a bare "the manager", "the Fiorentina coach" or "the Norwegian" means."""

import re
from datetime import date, timedelta

from analysis.gazetteer import Gazetteer
from analysis.lexicon import Lexicon
from analysis.lexicon.patterns import BOARD, CLUB, COACH, ROLE
from analysis.mentions.document import Document, words_between
from analysis.mentions.people import Mention, Mentions, Person

CHANGEOVER_DAYS = 45
"""A coach whom the article names and who began or ended at the club this near its date is meant before anyone else."""
_OWNS_A_NAME = re.compile(r"['’]s? (?=[^\W\d_a-z])")


class Referents:
    """Gives the roles and nationalities that stand for a coach their person."""

    def __init__(self, mentions: Mentions, lexicon: Lexicon, gazetteer: Gazetteer, day: date | None):
        self._mentions, self._gazetteer, self._day = mentions, gazetteer, day
        words = lexicon.words
        self._of = words["of"]
        self._before_nationality = words["the"] | words["of"] | words["at"] | words["by"]

    def resolve(self, document: Document, mentions: list[Mention]) -> None:
        """Fill in the persons of a field's mentions, in place."""
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
        gap = words_between(document, before.end, mention.start)
        return bool(gap) and set(gap) <= self._of

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
        if document.word_before(mention.start)[1] not in self._before_nationality:
            return
        following = mentions[position + 1] if position + 1 < len(mentions) else None
        if (
            following
            and words_between(document, mention.end, following.start) == []
            and following.character in (BOARD, ROLE)
        ):
            return
        matching = [person for person in self._mentions.coaches() if person.country == mention.country]
        if len(matching) == 1 or (matching and matching[0] in recent):
            mention.person, mention.character = matching[0], ROLE
