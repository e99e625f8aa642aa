"""One article field made ready for reading: folded, cut into sentences, with the lexicon's hits in it."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from analysis.gazetteer import Alias
from analysis.lexicon import Entry, Lexicon
from analysis.text import fold, sentences, spaced

_TOKEN = re.compile(r"[\w.]+|[,(:–\"]|[^\s]")
_FAR = 60
"""So many characters apart two mentions have nothing to do with each other."""


@dataclass(slots=True)
class Hit:
    """A lexicon form found at [start, end) of a field, with the names among its meanings that its capitals allow."""

    start: int
    end: int
    entry: Entry
    clubs: list[Alias]
    coaches: list[Alias]


@dataclass
class Document:
    """A field of an article (`title` or `text`) and everything found in it before meaning is asked for."""

    field: str
    text: str
    folded: str
    plain: str
    """The folded text with hyphens and apostrophes as spaces, as lexicon forms are written."""
    spaced: str
    """The folded text with a space for whatever belongs to no word."""
    sentences: list[tuple[int, int]]
    hits: list[Hit]
    _starts: list[int] = field(default_factory=list)

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def word_before(self, offset: int) -> tuple[int, str]:
        """Start and folded form of the word that ends just before `offset`, on the same line; (-1, "") if none."""
        end = offset
        while end > 0 and self.plain[end - 1] == " ":
            end -= 1
        start = self.spaced.rfind(" ", 0, end) + 1
        return (start, self.plain[start:end]) if start < end else (-1, "")

    def word_after(self, offset: int) -> tuple[int, str]:
        """End and folded form of the word that begins just after `offset`; (-1, "") if none."""
        start = offset
        while self.plain[start : start + 1] == " ":
            start += 1
        end = self.spaced.find(" ", start)
        end = len(self.plain) if end < 0 else end
        return (end, self.plain[start:end]) if start < end else (-1, "")


def words_between(document: Document, start: int, end: int) -> list[str] | None:
    """Words and marks between two mentions; None where they stand in different sentences or far apart."""
    if end - start > _FAR or start > end:
        return None
    gap = document.plain[start:end]
    if "\n" in gap or document.sentence_at(start) != document.sentence_at(end):
        return None
    return _TOKEN.findall(gap)


def separated(folded: str) -> str:
    """Hyphens and apostrophes as spaces, so that "l'esonero" and "Al-Ahly" fall into words."""
    return folded.replace("'", " ").replace("-", " ")


def open_document(name: str, text: str, lexicon: Lexicon) -> Document:
    """Fold `text`, cut it into sentences and look every lexicon form up in one pass."""
    folded = fold(text)
    words = spaced(folded)
    spans = sentences(text)
    plain = separated(folded)
    hits = _hits(text, plain, words, lexicon)
    return Document(name, text, folded, plain, words, spans, hits, [start for start, _ in spans])


def _hits(text: str, plain: str, words: str, lexicon: Lexicon) -> list[Hit]:
    """Names, roles and demonyms in a text given as it stands, `separated` and `spaced`."""
    hits, forms = [], lexicon.forms
    for number, start, _ in lexicon.automaton.find_matches_as_indexes(f" {words} ", overlapping=True):
        form = forms[number]
        entry = form.entry
        if not form.is_single and not plain.startswith(form.text, start):
            continue
        clubs = [alias for alias in entry.clubs if alias.agrees(text, start)]
        coaches = [alias for alias in entry.coaches if alias.agrees(text, start)]
        if clubs or coaches or entry.role or entry.country:
            hits.append(Hit(start, start + len(form.text), entry, clubs, coaches))
    return hits
