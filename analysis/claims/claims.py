"""Cues in canonical sentences, each given its coach and what it asserts of him."""

import re
from dataclasses import dataclass, field
from datetime import date

from analysis.claims.assertions import assertion
from analysis.claims.dating import with_dates
from analysis.claims.holders import COURTING, OF_COACHES, CueMatch, Holders
from analysis.claims.scope import ModifierSpan, acting_on
from analysis.claims.sentences import SentenceReader
from analysis.gazetteer import Gazetteer
from analysis.lexicon import Cue, Lexicon
from analysis.lexicon.patterns import BOARD, CLUB, COACH, PLAYER, STAFF
from analysis.mentions.canonical import CanonicalSentence
from analysis.mentions.document import Document
from analysis.mentions.people import Mention, Mentions, Person

DEPARTED = ("dismissed", "resigned", "left_mutual")
_CLAUSE_END = re.compile(r"[;:–]|, ")
_QUESTION = re.compile(r"\?[\"'\s)]*$")


@dataclass
class Claim:
    """One cue read: whose job, which stage and risk, where, and why."""

    person: Person
    stage: str
    risk: int
    cue: Cue
    field: str
    start: int
    end: int
    sentence: CanonicalSentence
    cue_start: int
    cue_end: int
    holder: Mention | None
    modifiers: dict[str, ModifierSpan]
    decided_by: str
    clubs: list[str] = field(default_factory=list)
    """Clubs that the cue's own slots name as the employer."""
    others: list[Person] = field(default_factory=list)
    """Whom the cue's own slots name beside him: a successor or a candidate."""
    likelihood: float | None = None
    """How likely it is news of him (analysis.claims.plausibility); None where that was not weighed."""

    @property
    def is_official(self) -> bool:
        """Whether the club, an officer of it or the coach himself is quoted for it."""
        return "official" in self.modifiers

    @property
    def order(self) -> tuple[bool, int]:
        """Reading order: the title first."""
        return (self.field == "text", self.start)


@dataclass(frozen=True)
class Courtship:
    """Talks with `person` about a bench whose holder the sentence leaves out; [start, end) of `field` says so."""

    person: Person
    sentence: CanonicalSentence
    field: str
    start: int
    end: int


class ClaimReader:
    """Reads the claims of one article."""

    def __init__(self, documents: list[Document], mentions: Mentions, reader: SentenceReader, lexicon: Lexicon,
                 gazetteer: Gazetteer, day: date | None):  # fmt: skip
        self._documents, self._mentions, self._reader = documents, mentions, reader
        self._lexicon, self._gazetteer, self._day = lexicon, gazetteer, day
        self._holders = Holders(mentions, lexicon)
        self.courtships: list[Courtship] = []
        """Filled by read()."""

    def read(self) -> list[Claim]:
        """All claims of the article in reading order, those set aside (stage "none") included."""
        claims: list[Claim] = []
        for document in self._documents:
            for number in self._reader.phrases(document, Cue):
                claims += self._read_sentence(document, number)
        return claims

    def _read_sentence(self, document: Document, number: int) -> list[Claim]:
        matches = self._reader.matches(document, number)
        if not matches:
            return []
        sentence = self._reader.sentence(document, number)
        modifiers = self._reader.modifiers(document, number)
        courting = [match for match in matches if match.cue.stage in COURTING]
        courted = {person for match in courting for person in self._holders.candidates(sentence, match)}
        claims = [self._claim(document, sentence, match, modifiers, courted) for match in matches]
        return [claim for claim in claims if claim is not None]

    def _claim(self, document: Document, sentence: CanonicalSentence, match: CueMatch,
               modifiers: list[ModifierSpan], courted: set[Person]) -> Claim | None:  # fmt: skip
        holder, person = self._holders.find(document, sentence, match, courted)
        self._note_courtship(document, sentence, match, person)
        if person is None or not self._may_hold(person, match.cue, sentence):
            return None
        if holder is None and self._is_of_another_world(document, sentence, match):
            return None
        if holder is None and self._courts_a_player(sentence, match):
            return None
        acting = acting_on(match.start, match.end, match.spelled, sentence, modifiers)
        categories = _without_older(acting, match)
        if self._day is not None:
            looks_ahead = match.cue.stage in ("reassured", "renewed")
            categories = with_dates(acting, categories, sentence, (match.start, match.end), self._lexicon, self._day,
                                    looks_ahead)  # fmt: skip
        if _QUESTION.search(sentence.text) or "question" in categories:
            categories.add("question")
        if match.cue.is_noun and not categories & {
            "historical",
            "negated",
            "denied",
            "hypothetical",
            "outsider",
            "ended",
        }:
            categories.add("possible")
        if "official" in categories:
            categories -= {"reported", "self", "outsider"}
            if match.cue.stage in DEPARTED:  # announced for the summer is announced
                categories.discard("future")
        stage, risk, decided = assertion(match.cue.stage, match.cue.weight, categories)
        start, end = sentence.original(match.start), sentence.original(match.end, is_end=True)
        clubs = [sentence.mentions[span[0]].club for name, span in match.groups.items()
                 if name.startswith("club") and span[0] in sentence.mentions]  # fmt: skip
        others = [other for other in self._holders.candidates(sentence, match) if other is not person]
        return Claim(person, stage, risk, match.cue, document.field, start, end, sentence, match.start, match.end,
                     holder, acting, decided, clubs, others)  # fmt: skip

    def _note_courtship(
        self, document: Document, sentence: CanonicalSentence, match: CueMatch, person: Person | None
    ) -> None:
        """A cue of talks that names a candidate and no coach beside him still says who is wanted."""
        named = [other for other in self._holders.candidates(sentence, match) if other.kind == "coach"]
        if match.cue.stage == "succession" and named and (person is None or person in named):
            span = (sentence.original(match.start), sentence.original(match.end, is_end=True))
            self.courtships += [Courtship(other, sentence, document.field, *span) for other in named]

    def _courts_a_player(self, sentence: CanonicalSentence, match: CueMatch) -> bool:
        """Whether, no coach standing near, the one contacted is none either: "Il Milan ha contattato Frattesi"."""
        persons = self._holders.candidates(sentence, match)
        return match.cue.stage == "succession" and bool(persons) and all(person.kind != "coach" for person in persons)

    def _is_of_another_world(self, document: Document, sentence: CanonicalSentence, match: CueMatch) -> bool:
        """Whether the clause that names no coach speaks of another sport or of politics: "le ministre a été limogé"."""
        elsewhere = self._mentions.elsewhere.get(document.field, ())
        return any(
            sentence.start <= position < sentence.end
            and not _CLAUSE_END.search(document.folded[min(position, place) : max(position, place)])
            for position in elsewhere
            for place in (sentence.original(match.start),)
        )

    def _may_hold(self, person: Person, cue: Cue, sentence: CanonicalSentence) -> bool:
        if person.kind == "unknown" and (cue.proves_coach or self._is_likely_coach(person, cue, sentence)):
            person.kind = "coach"
        return person.kind == "coach"

    def _has_other_coach(self, sentence: CanonicalSentence) -> bool:
        """Whether the article names the man whom the spells make coach of a club of this sentence."""
        clubs = {mention.club for mention in sentence.mentions.values() if mention.character == CLUB}
        known = [coach.name for coach in self._mentions.coaches() if coach.known] if self._day else []
        return any(self._gazetteer.club_of(name, self._day) in clubs for name in known)

    def _is_likely_coach(self, person: Person, cue: Cue, sentence: CanonicalSentence) -> bool:
        """A full name nobody ties to another trade, beside a club, with words that are seldom said of players.

        The sentence must name no other coach; and a headline without a text, where most names are players', must
        speak of coaches in so many words.
        """
        others = [m for m in sentence.mentions.values() if m.shown == COACH and m.person is not person]
        is_report = any(document.field == "text" for document in self._documents)
        if others or not (is_report or self._mentions.has_role()) or self._has_other_coach(sentence):
            return False
        shown = {mention.shown for mention in sentence.mentions.values()}
        return (
            cue.stage in OF_COACHES
            and " " in person.name
            and not self._mentions.is_elsewhere
            and not shown & {PLAYER, STAFF}
            and bool(shown & {CLUB, BOARD})
        )


def _without_older(acting: dict[str, ModifierSpan], match: CueMatch) -> set[str]:
    """Categories that act; of "in 2016" and "yesterday" the nearer dates the cue."""
    categories = set(acting)
    if {"historical", "recent"} <= categories:
        if _distance_of(acting["historical"], acting["recent"]) <= 1:  # "ten years ago this week"
            return categories - {"recent"}
        distances = {name: _distance(acting[name], match) for name in ("historical", "recent")}
        categories.discard("historical" if distances["recent"] <= distances["historical"] else "recent")
    return categories


def _distance_of(one: ModifierSpan, other: ModifierSpan) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _distance(span: ModifierSpan, match: CueMatch) -> int:
    return max(span.start - match.end, match.start - span.end, 0)
