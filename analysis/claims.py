"""Cues in canonical sentences, each given its coach and what it asserts of him."""

import re
from dataclasses import dataclass, field
from datetime import date

from analysis.assertions import assertion
from analysis.canonical import CanonicalSentence, canonical_sentence
from analysis.dating import with_dates
from analysis.document import Document
from analysis.lexicon import Cue, Lexicon
from analysis.lists import Lists
from analysis.mentions import Mention, Mentions, Person
from analysis.patterns import BOARD, CLUB, COACH, FANS, PERSON, PLAYER, ROLE, STAFF
from analysis.scope import ModifierSpan, acting_on, find_modifiers

OF_COACHES = ("dismissed", "ultimatum", "pressure", "succession")
"""Stages whose cues are seldom said of players; a player's story speaks of his future, contract and farewell."""
DEPARTED = ("dismissed", "resigned", "left_mutual")
_WORDS = re.compile(r"\w+")
_QUOTE = re.compile(r"\"[^\"]*\"")
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


@dataclass(frozen=True)
class _Match:
    cue: Cue
    start: int
    end: int
    groups: dict[str, tuple[int, int]]


class ClaimReader:
    """Reads the claims of one article."""

    def __init__(self, documents: list[Document], mentions: Mentions, lexicon: Lexicon, day: date | None):
        self._documents, self._mentions, self._lexicon, self._day = documents, mentions, lexicon, day
        self._lists = Lists(lexicon, COACH + PERSON)
        self.courtships: list[Courtship] = []
        """Filled by read()."""
        self.sentences: dict[tuple[str, int], CanonicalSentence] = {}

    def sentence(self, document: Document, number: int) -> CanonicalSentence:
        """The canonical form of a sentence, made once."""
        key = (document.field, number)
        if key not in self.sentences:
            start, end = document.sentences[number]
            self.sentences[key] = canonical_sentence(
                document, number, self._mentions.between(document.field, start, end)
            )
        return self.sentences[key]

    def read(self) -> list[Claim]:
        """All claims of the article in reading order, those set aside (stage "none") included."""
        claims: list[Claim] = []
        for document in self._documents:
            for number in sorted(document.cues):
                claims += self._read_sentence(document, number)
        return claims

    def _read_sentence(self, document: Document, number: int) -> list[Claim]:
        sentence = self.sentence(document, number)
        matches = _longest(self._matches(document, sentence), sentence.text)
        if not matches:
            return []
        modifiers = find_modifiers(sentence, self._lexicon)
        claims = [self._claim(document, sentence, match, modifiers) for match in matches]
        return [claim for claim in claims if claim is not None]

    def _matches(self, document: Document, sentence: CanonicalSentence) -> list[_Match]:
        return [
            _Match(cue, match.start(), match.end(), {k: match.span(k) for k, v in match.groupdict().items() if v})
            for cue in self._lexicon.cues.fitting(document.cues[sentence.number], sentence.words)
            for match in cue.pattern.regex.finditer(sentence.text)
        ]

    def _claim(self, document: Document, sentence: CanonicalSentence, match: _Match,
               modifiers: list[ModifierSpan]) -> Claim | None:  # fmt: skip
        holder, person = self._holder(document, sentence, match)
        self._note_courtship(document, sentence, match, person)
        if person is None or not self._may_hold(person, match.cue, sentence):
            return None
        if holder is None and self._is_of_another_world(document, sentence, match):
            return None
        if holder is None and _courts_a_player(sentence, match):
            return None
        acting = acting_on(match.start, match.end, match.cue.pattern.source, sentence, modifiers)
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
        others = [other for other in self._candidates(sentence, match) if other is not person]
        return Claim(person, stage, risk, match.cue, document.field, start, end, sentence, match.start, match.end,
                     holder, acting, decided, clubs, others)  # fmt: skip

    def _note_courtship(
        self, document: Document, sentence: CanonicalSentence, match: _Match, person: Person | None
    ) -> None:
        """A cue of talks that names a candidate and no coach beside him still says who is wanted."""
        named = [other for other in self._candidates(sentence, match) if other.kind == "coach"]
        if match.cue.stage == "succession" and named and (person is None or person in named):
            span = (sentence.original(match.start), sentence.original(match.end, is_end=True))
            self.courtships += [Courtship(other, sentence, document.field, *span) for other in named]

    def _candidates(self, sentence: CanonicalSentence, match: _Match) -> list[Person]:
        """Persons in the {name} slots of a cue, and those joined to them."""
        places = [end - 1 for name, (_, end) in match.groups.items() if name.startswith("name")]
        joined = [p for place in places for p in self._lists.around(sentence, place)]
        persons = [sentence.mentions[position].person for position in joined]
        return [person for person in dict.fromkeys(persons) if person is not None]

    def _is_of_another_world(self, document: Document, sentence: CanonicalSentence, match: _Match) -> bool:
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

    def _is_likely_coach(self, person: Person, cue: Cue, sentence: CanonicalSentence) -> bool:
        """A full name nobody ties to another trade, beside a club, with words that are seldom said of players.

        The sentence must name no other coach; and a headline or teaser, where most names are players', must speak
        of coaches in so many words.
        """
        others = [m for m in sentence.mentions.values() if m.shown == COACH and m.person is not person]
        is_report = any(document.field == "text" and len(document.sentences) > 1 for document in self._documents)
        if others or not (is_report or self._mentions.has_role()):
            return False
        shown = {mention.shown for mention in sentence.mentions.values()}
        return (
            cue.stage in OF_COACHES
            and " " in person.name
            and not self._mentions.is_elsewhere
            and not shown & {PLAYER, STAFF}
            and bool(shown & {CLUB, BOARD})
        )

    # The holder

    def _holder(
        self, document: Document, sentence: CanonicalSentence, match: _Match
    ) -> tuple[Mention | None, Person | None]:
        for name, (start, end) in match.groups.items():
            if name.startswith("coach"):
                return self._in_slot(sentence, start, end)
        if match.cue.subject == "slot":
            return None, self._carried(document, sentence, match)
        mention = self._nearest(sentence, match)
        if mention is not None:
            return mention, mention.person if mention.character in (COACH, ROLE, PERSON) else None
        return None, self._carried(document, sentence, match)

    def _in_slot(self, sentence: CanonicalSentence, start: int, end: int) -> tuple[Mention | None, Person | None]:
        inside = [sentence.mentions[position] for position in range(start, end) if position in sentence.mentions]
        persons = [mention for mention in inside if mention.person is not None and mention.character != CLUB]
        if not persons:
            return None, None
        return persons[-1], persons[-1].person

    def _nearest(self, sentence: CanonicalSentence, match: _Match) -> Mention | None:
        others = [span for name, span in match.groups.items() if name.startswith("name")]
        named = _named(sentence, match)  # met again in the sentence as "the Portuguese" he is still somebody else
        others += [(p, p + 1) for p, m in sentence.mentions.items() if m.person is not None and m.person in named]
        shown = {
            mention.shown
            for position, mention in sentence.mentions.items()
            if mention.person is not None and not _in_any(position, others)
        }
        if shown & {COACH, ROLE}:  # a coach is at hand, so somebody whose trade nobody tells is not meant
            others = others + [(p, p + 1) for p, m in sentence.mentions.items() if m.shown == PERSON]
        before = [p for p in sentence.mentions if p < match.start and self._counts(sentence, p, match.cue, others)]
        if match.cue.is_noun:  # "the president does not rule out a sacking": it is not his own
            before = [p for p in before if sentence.mentions[p].shown != BOARD]
        after = [p for p in sentence.mentions if p >= match.end and self._counts(sentence, p, match.cue, others)]
        inside = [
            position
            for position, mention in sentence.mentions.items()
            if match.start <= position < match.end
            and not _in_any(position, others)
            and mention.shown in (COACH, ROLE)
            and mention.person is not None
        ]
        if inside:
            return sentence.mentions[inside[0]]
        previous, following = max(before, default=None), min(after, default=None)
        subject = match.cue.subject
        if subject == "before" and previous is not None:
            return sentence.mentions[previous]
        if subject == "after":
            return sentence.mentions[following] if following is not None else None
        options = [position for position in (previous, following) if position is not None]
        if not options:
            return None
        return sentence.mentions[min(options, key=lambda p: abs(p - (match.start if p < match.start else match.end)))]

    def _counts(self, sentence: CanonicalSentence, position: int, cue: Cue, others: list[tuple[int, int]]) -> bool:
        """Whether a mention may hold the cue, or stands in the way of those further off."""
        mention = sentence.mentions[position]
        if _in_any(position, others) or self._is_opponent(sentence, position):
            return False
        if mention.shown in (COACH, STAFF, PLAYER):
            return mention.person is not None or mention.shown != COACH
        if mention.shown == ROLE:
            return mention.person is not None
        if mention.shown == PERSON:
            return cue.proves_coach or (cue.stage in OF_COACHES and mention.person is not None)
        return mention.shown == BOARD and self._is_possessor(sentence, position, cue)

    def _is_opponent(self, sentence: CanonicalSentence, position: int) -> bool:
        """Whether a coach is only named with the opponent: "la derrota ante el Alavés de Coudet"."""
        words = sentence.text[:position].split()
        clubs = [index for index, word in enumerate(words[-4:]) if word == CLUB]
        if not clubs or self._lexicon.against is None or sentence.mentions[position].shown != COACH:
            return False
        place = len(words) - len(words[-4:]) + clubs[-1]
        between = words[place + 1 :]
        before = " ".join(words[max(0, place - 3) : place])
        the = self._lexicon.words["the"]
        lead = [match for match in self._lexicon.against.finditer(before) if set(before[match.end() :].split()) <= the]
        return bool(lead) and bool(between) and all(word in self._lexicon.words["of"] | the for word in between)

    def _is_possessor(self, sentence: CanonicalSentence, position: int, cue: Cue) -> bool:
        """Whether an officer may be who goes: "le dimissioni del presidente", not "ma démission au président"."""
        if sentence.mentions[position].role is None or cue.proves_coach or not (cue.is_noun or cue.stage == "resigned"):
            return False
        words = _WORDS.findall(sentence.text[:position])
        return not words or words[-1] not in self._lexicon.words["by"] | self._lexicon.words["at"]

    def _carried(self, document: Document, sentence: CanonicalSentence, match: _Match) -> Person | None:
        """Without a coach in the sentence: whoever was spoken of last, else the article's first coach.

        Whom the cue names as somebody else, a successor say, is not meant.
        """
        others = [span for name, span in match.groups.items() if name.startswith("name")]
        named = {id(m.person) for p, m in sentence.mentions.items() if _in_any(p, others)}
        earlier = self._mentions.last_coach_before(document.field, sentence.start)
        if earlier is not None and id(earlier) not in named:
            return earlier
        return next((person for person in self._mentions.coaches() if id(person) not in named), None)


def _without_older(acting: dict[str, ModifierSpan], match: _Match) -> set[str]:
    """Categories that act; of "in 2016" and "yesterday" the nearer dates the cue."""
    categories = set(acting)
    if {"historical", "recent"} <= categories:
        distances = {name: _distance(acting[name], match) for name in ("historical", "recent")}
        categories.discard("historical" if distances["recent"] <= distances["historical"] else "recent")
    return categories


def _distance(span: ModifierSpan, match: _Match) -> int:
    return max(span.start - match.end, match.start - span.end, 0)


def _courts_a_player(sentence: CanonicalSentence, match: _Match) -> bool:
    """Whether, no coach standing near, the one contacted is none either: "Il Milan ha contattato Frattesi"."""
    persons = _named(sentence, match)
    return match.cue.stage == "succession" and bool(persons) and all(person.kind != "coach" for person in persons)


def _named(sentence: CanonicalSentence, match: _Match) -> list[Person]:
    """Persons in the {name} slots of a cue."""
    mentions = [
        sentence.mentions[position]
        for name, (start, end) in match.groups.items()
        if name.startswith("name")
        for position in range(start, end)
        if position in sentence.mentions
    ]
    return [mention.person for mention in mentions if mention.person is not None]


def _in_any(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _longest(matches: list[_Match], text: str) -> list[_Match]:
    """Of matches that share words the one that asks for most, then the longest; a shared name alone is no clash."""
    ordered = sorted(matches, key=lambda m: (-m.cue.pattern.weight, m.start - m.end, m.start))
    chosen: list[_Match] = []
    for match in ordered:
        if not any(_share_words(match, other, text) for other in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.start)


def _share_words(one: _Match, other: _Match, text: str) -> bool:
    return any(map(str.isalnum, text[max(one.start, other.start) : min(one.end, other.end)]))


__all__ = ["FANS", "Claim", "ClaimReader"]
