"""The sentences of an article in which its coaches and clubs stand, and what each of them speaks of."""

import re
from dataclasses import dataclass
from datetime import date

from analysis.lexicon import Lexicon
from analysis.lexicon.patterns import CLUB
from analysis.lexicon.surroundings import Heard
from analysis.mentions.document import Document
from analysis.mentions.people import Mention, Person

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGIT = re.compile(r"\d")
_SCORE = re.compile(r"(?<![\d.,])\d{1,2} ?(?:[-–:x]| a ) ?\d{1,2}(?![\d.,])")
LEAD = 2
"""So many sentences of a text are its lead."""


@dataclass(frozen=True)
class Scene:
    """A sentence that names a coach or a club."""

    field: str
    number: int
    coaches: list[Mention]
    clubs: list[Mention]
    heard: list[Heard]
    told: frozenset[str]
    """Classes of the words heard, and score, old_year, this_year, quote."""
    carried: Person | None
    """Whom the sentences before left off with, where this one names no coach."""

    def between(self, start: int, end: int) -> set[str]:
        """Classes of the words that stand between two places."""
        return {name for position, name in self.heard if start <= position < end}


def scenes(
    documents: list[Document], named: dict[str, list[list[Mention]]], lexicon: Lexicon, day: date | None
) -> list[Scene]:
    """The scenes of an article in reading order, field by field; `named` are the mentions of each sentence."""
    return [scene for document in documents for scene in _of_field(document, named[document.field], lexicon, day)]


def _of_field(document: Document, named: list[list[Mention]], lexicon: Lexicon, day: date | None) -> list[Scene]:
    if not any(named):
        return []
    heard = lexicon.surroundings.heard(document.spaced)
    found, position, last = [], 0, None
    for number, (of_sentence, (start, end)) in enumerate(zip(named, document.sentences, strict=True)):
        coaches = [m for m in of_sentence if m.person is not None and m.person.kind == "coach"]
        clubs = [m for m in of_sentence if m.character == CLUB and m.club]
        while position < len(heard) and heard[position][0] < start:
            position += 1
        first = position
        while position < len(heard) and heard[position][0] < end:
            position += 1
        if coaches or clubs:
            words = heard[first:position]
            told = frozenset({name for _, name in words} | _told(document.folded[start:end], day))
            found.append(Scene(document.field, number, coaches, clubs, words, told, None if coaches else last))
        last = coaches[-1].person if coaches else last
    return found


def _told(text: str, day: date | None) -> set[str]:
    told = {"quote"} if '"' in text else set()
    if not _DIGIT.search(text):
        return told
    told |= {"score"} if _SCORE.search(text) else set()
    if day is not None:
        years = {int(year) for year in _YEAR.findall(text)}
        told |= {"old_year"} if any(year < day.year for year in years) else set()
        told |= {"this_year"} if day.year in years else set()
    return told
