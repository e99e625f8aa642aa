"""Which club each coach of an article leads, from what the text says, the dated spells, and what is left over."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from analysis.claims.claims import Claim
from analysis.claims.holders import COURTING
from analysis.gazetteer import Gazetteer
from analysis.lexicon import Lexicon
from analysis.lexicon.patterns import CLUB
from analysis.mentions.canonical import CanonicalSentence
from analysis.mentions.people import Mentions, Person
from analysis.relations.edges import Edge, clubs_tied
from analysis.schema import DIRECTION

APPOINTED, TIED, SPELL = 4.0, 3.0, 3.5
"""Votes for a club: words of appointment, other words that tie, and a spell that covers the day."""
JUST_LEFT_DAYS = 4
"""So many days after his farewell papers still write of a coach at the club that he left."""
LEAD_WORDS = 4
"""A word of meeting stands at most this many words before the opponent."""


Sentences = Callable[[Person | None], list[CanonicalSentence]]
"""Makes the canonical sentences that name a club or a coach, of those only the ones about a person if one is given."""
Stated = set[tuple[int, str, str]]
"""Edges without their words: id of the person, club, relation; a long text states the same ones over and over."""


class Employers:
    """Collects votes for each coach's club and decides; make a new one for each article."""

    def __init__(self, mentions: Mentions, lexicon: Lexicon, gazetteer: Gazetteer, day: date | None):
        self._mentions, self._lexicon, self._gazetteer, self._day = mentions, lexicon, gazetteer, day
        self._votes: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._spell_clubs: dict[str, str | None] = {}

    def tie(self, person: Person, club: str, weight: float) -> None:
        """Count words that tie `person` to `club`."""
        self._votes[id(person)][club] += weight

    def leads(self, person: Person, club: str) -> bool:
        """Whether the text or a spell, so far, makes `person` the coach of `club`."""
        return club in person.clubs or club in self._votes.get(id(person), ()) or self.spell_club(person) == club

    def decide(self, claims: list[Claim], edges: list[Edge], sentences: Sentences, courted: set[int]) -> dict[int, str]:
        """The employer of each coach by id(person); coaches of whom nothing tells are left out.

        `courted` are ids of persons whom clubs are said to want.
        """
        coaches = self._mentions.coaches()
        for person in coaches:
            self._vote_from_text(person)
        stated = {(id(edge.person), edge.club, edge.relation) for edge in edges}
        for claim in claims:
            self._vote_from_claim(claim, stated)
        courted = courted | {id(other) for claim in claims if claim.cue.stage in COURTING for other in claim.others}
        employers: dict[int, str] = {}
        for person in coaches:
            self._set(employers, person, self._votes.get(id(person), {}))
        for person in coaches:
            if id(person) not in employers and id(person) not in courted and self._may_guess(person, edges):
                self._set(employers, person, self._left_over(person, edges, sentences, set(employers.values())))
        for person in coaches:
            if id(person) not in employers and id(person) not in courted:
                self._set(employers, person, self._last_resort(person, edges, claims, employers))
        return employers

    def _set(self, employers: dict[int, str], person: Person, votes: dict[str, float]) -> None:
        counted = dict(votes)
        for club in person.former_clubs:
            if club not in person.clubs:
                counted[club] = counted.get(club, 0) - TIED
        if counted and max(counted.values()) > 0:
            employers[id(person)] = max(counted, key=counted.get)

    # Votes

    def spell_club(self, person: Person) -> str | None:
        """The club he leads on the article's day by the spells; else the one he has just left, the news of the day."""
        if not person.known or not self._day:
            return None
        if person.name not in self._spell_clubs:
            just_before = self._day - timedelta(days=JUST_LEFT_DAYS)
            club = self._gazetteer.club_of(person.name, self._day) or self._gazetteer.club_of(person.name, just_before)
            self._spell_clubs[person.name] = club
        return self._spell_clubs[person.name]

    def _vote_from_text(self, person: Person) -> None:
        for club in person.clubs:
            self.tie(person, club, TIED)
        club = self.spell_club(person)
        if club and self._is_named(club):
            self.tie(person, club, SPELL)

    def _vote_from_claim(self, claim: Claim, stated: Stated) -> None:
        for club in claim.clubs if claim.decided_by != "historical" else ():
            self.tie(claim.person, club, TIED)
        if not claim.clubs and claim.stage != "none":
            for club, share in self._nearby(claim, stated).items():
                self.tie(claim.person, club, share)

    def _nearby(self, claim: Claim, stated: Stated) -> dict[str, float]:
        """Clubs of the claim's sentence not tied to him otherwise; one that courts another coach counts more."""
        own = id(claim.person)
        tied = {club for person, club, relation in stated if person == own and relation != "rival"}
        matches = {club for _, club, relation in stated if relation == "opponent"}
        courting = {club for person, club, relation in stated if person != own and relation == "destination"}
        places = {p: m.club for p, m in claim.sentence.mentions.items() if m.character == CLUB}
        met = {club for position, club in places.items() if self.is_met(claim.sentence, position)}
        elsewhere = {club for person in self._mentions.persons if person is not claim.person for club in person.clubs}
        clubs = set(places.values()) - tied - elsewhere
        clubs = clubs - matches - met or clubs - matches or clubs
        shares = {club: (1 + (club in courting)) / len(clubs) for club in clubs}
        return {
            club: shares[club] for club in places.values() if club in shares
        }  # in reading order, so that ties stand

    def is_met(self, sentence: CanonicalSentence, position: int) -> bool:
        """Whether the club at `position` follows a word of meeting: "contre le Caen", "against Leeds"."""
        against, skipped = self._lexicon.against, self._lexicon.words["the"]
        if against is None:
            return False
        lead = " ".join(sentence.text[:position].split()[-LEAD_WORDS:])
        return any(set(lead[found.end() :].split()) <= skipped for found in against.finditer(lead))

    def _is_named(self, club: str) -> bool:
        return any(m.club == club for mentions in self._mentions.by_field.values() for m in mentions)

    # What is left over

    def _may_guess(self, person: Person, edges: list[Edge]) -> bool:
        """Not for candidates, nor where a spell names a club of which the article does not speak."""
        return not clubs_tied(edges, person, "destination", "destination_denied") and self.spell_club(person) is None

    def _left_over(self, person: Person, edges: list[Edge], sentences: Sentences, taken: set[str]) -> dict[str, float]:
        """The club nearest to him of those nothing explains otherwise; else the one that opens the title."""
        tied = clubs_tied(edges, person) | taken | set(person.former_clubs)
        near = [pair for sentence in sentences(person) for pair in self._distances(sentence, person, tied)]
        if near:
            return {min(near)[2]: 1.0}
        if person is not self._mentions.focus():
            return {}
        opening = self._opening_club()
        if opening and opening not in tied:
            return {opening: 1.0}
        named = {
            mention.club
            for sentence in sentences(None)
            for position, mention in sentence.mentions.items()
            if mention.character == CLUB and mention.club not in tied and not self.is_met(sentence, position)
        }
        return dict.fromkeys(named, 1.0) if len(named) == 1 else {}

    def _last_resort(
        self, person: Person, edges: list[Edge], claims: list[Claim], employers: dict[int, str]
    ) -> dict[str, float]:
        """The club of his spell though nobody names it; else the one bench that the article says has fallen free."""
        spell = self.spell_club(person)
        if spell:
            return {spell: 1.0}
        if clubs_tied(edges, person, "destination", "destination_denied"):
            return {}
        vacant = {employers.get(id(claim.person)) for claim in claims if DIRECTION[claim.stage] == "left"}
        return {club: 1.0 for club in vacant if club} if len(vacant) == 1 and set(employers.values()) <= vacant else {}

    def _opening_club(self) -> str:
        """The club with which the title begins: "Messina, cori e silenzi"."""
        title = self._mentions.by_field.get("title", [])
        return title[0].club if title and title[0].character == CLUB and title[0].start < 3 else ""

    def _distances(self, sentence: CanonicalSentence, person: Person, tied: set[str]) -> list[tuple[bool, int, str]]:
        places = [position for position, mention in sentence.mentions.items() if mention.person is person]
        return [
            (self.is_met(sentence, position), min(abs(position - place) for place in places), mention.club)
            for position, mention in sentence.mentions.items()
            if places and mention.character == CLUB and mention.club not in tied
        ]
