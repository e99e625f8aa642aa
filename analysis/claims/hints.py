"""What the words of a sentence hint about a coach in it, where no cue has words for it: a weighed bag of words.

Every language has more ways to say that a coach's days are numbered than any list of cues. Words and pairs of words,
each with a weight learnt from labelled articles (`python -m bench.hints --write`, data/hints.csv), say of each sentence
about a coach how much it sounds like an alarm of him. The sum is a feature of claims (analysis.claims.features); where
it is high and no cue speaks, it makes a claim of its own (analysis.claims.hinted), whose stage further weights of the
same words choose.

Words are folded and cut after six letters ("esoner*"); names stand as what they are: HIM for the coach himself, COACH
for others, CLUB, BOARD and so on.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import fsum, sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.claims.sentences import SentenceReader
from analysis.gazetteer import DATA
from analysis.lexicon.patterns import BOARD, CLUB, COACH, FANS, MEDIA, PERSON, PLAYER, ROLE, STAFF
from analysis.mentions.canonical import CanonicalSentence
from analysis.mentions.document import Document
from analysis.mentions.people import Mention, Person
from analysis.schema import DIRECTION, Table, read_table

WEIGHTS = DATA / "hints.csv"
STAGES = tuple(stage for stage, direction in DIRECTION.items() if direction in ("risk", "left"))
SOUNDS = ("alarm", *STAGES)
TABLE = Table(("lang", "words", *SOUNDS), {}, ())
BIAS = "(BIAS)"
"""Added to every sum."""
STEM = 6
"""Letters of a word that count."""
SCALE = 5.0
"""Weights are of words in a sentence whose weights' vector has this length, so that long sentences do not shout."""
_NAMES = {COACH: "COACH", ROLE: "ROLE", PERSON: "PERSON", CLUB: "CLUB", BOARD: "BOARD", FANS: "FANS",
          PLAYER: "PLAYER", MEDIA: "PRESS", STAFF: "STAFF"}  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+|[?\"]")
_MOST_COACHES = 3


class Told(NamedTuple):
    """A sentence about a coach: it names him, or names nobody and follows one that does."""

    person: Person
    field: str
    number: int
    sentence: CanonicalSentence
    words: frozenset[str]
    """What it tells: words, pairs and, in capitals between brackets, where it stands."""


@dataclass(frozen=True)
class Hints:
    """The weights of one language: a row for each word or pair, a column for each of SOUNDS."""

    rows: dict[str, int]
    values: np.ndarray

    def of(self, words: Iterable[str]) -> np.ndarray:
        """How much a sentence with these words sounds like each of SOUNDS: logits."""
        words = set(words)
        found = [self.rows[word] for word in words if word in self.rows]
        return self.values[self.rows[BIAS]] + SCALE / sqrt(max(len(words), 1)) * self.values[found].sum(0)

    def alarm_of(self, words: Collection[str]) -> float:
        """How much a sentence with these distinct words sounds like an alarm: the first of `of`, found faster."""
        weights = self._alarms
        known = fsum(map(weights.__getitem__, weights.keys() & words))
        return weights[BIAS] + SCALE / sqrt(max(len(words), 1)) * known

    def alarm(self, word: str) -> float:
        """The weight of a word for an alarm; 0 where it has none."""
        return self._alarms.get(word, 0.0)

    @cached_property
    def _alarms(self) -> dict[str, float]:
        return {word: float(self.values[row, 0]) for word, row in self.rows.items()}


@lru_cache(maxsize=1)
def load_hints(path: Path = WEIGHTS) -> dict[str, Hints]:
    """The weights by language. Raises SchemaError where a column is missing."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in read_table(path, TABLE):
        rows.setdefault(row["lang"], []).append(row)
    return {
        lang: Hints(
            {row["words"]: number for number, row in enumerate(of_language)},
            np.array([[float(row[sound]) for sound in SOUNDS] for row in of_language]),
        )
        for lang, of_language in rows.items()
    }


def told_of_coaches(documents: list[Document], reader: SentenceReader) -> list[Told]:
    """Every sentence of an article for every coach it is about."""
    found, last = [], None
    for document in documents:
        for number, named in enumerate(reader.named[document.field]):
            coaches = {id(m.person): m.person for m in named if m.person is not None and m.person.kind == "coach"}
            about = list(coaches.values()) or [last]
            if about == [None]:
                continue
            sentence, place = reader.sentence(document, number), _place(document, number, len(coaches))
            found += [Told(person, document.field, number, sentence, _words_and_pairs(sentence, person, place))
                      for person in about]  # fmt: skip
            last = next((m.person for m in reversed(named) if id(m.person) in coaches), last)
    return found


def _words_and_pairs(sentence: CanonicalSentence, person: Person, place: tuple[str, ...]) -> frozenset[str]:
    words = words_of(sentence, person)
    pairs = [f"{first} {second}" for first, second in zip(words, words[1:], strict=False)]
    return frozenset((*words, *pairs, *place))


def words_of(sentence: CanonicalSentence, person: Person) -> list[str]:
    """Words and names of a sentence in order, as seen from `person`."""
    text, start, found = sentence.text, 0, []
    for place, mention in sentence.mentions.items():
        found += _stems(text[start:place])
        found.append(_name(mention, person))
        start = place + 1
    return found + _stems(text[start:])


def places_of(sentence: CanonicalSentence) -> list[int]:
    """Where each of `words_of` begins in the canonical form of the sentence."""
    text, start, found = sentence.text, 0, []
    for place in [*sentence.mentions, len(text)]:
        found += [match.start() + start for match in _TOKEN.finditer(text[start:place])]
        found += [place] if place in sentence.mentions else []
        start = place + 1
    return found


def _name(mention: Mention, person: Person) -> str:
    if mention.person is person:
        return "HIS ROLE" if mention.shown == ROLE else "HIM"
    return _NAMES.get(mention.shown, "OTHER")


def _stems(text: str) -> list[str]:
    return [word if len(word) <= STEM else f"{word[:STEM]}*" for word in _TOKEN.findall(text)]


def _place(document: Document, number: int, coaches: int) -> tuple[str, ...]:
    named = f"(COACHES {min(coaches, _MOST_COACHES)})"
    if document.field == "title":
        return named, "(TITLE)"
    return (named, "(FIRST)") if number == 0 else (named,)
