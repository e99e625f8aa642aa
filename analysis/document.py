"""One article field made ready for reading: folded, cut into sentences, with the lexicon's hits in it."""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from analysis.lexicon import Entry, Lexicon, RuleIndex
from analysis.needles import bare
from analysis.text import fold, sentences

_WORD_LIKE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


@dataclass(frozen=True)
class Hit:
    """A lexicon form found at [start, end) of a field."""

    start: int
    end: int
    entry: Entry


@dataclass
class Document:
    """A field of an article (`title` or `text`) and everything found in it before meaning is asked for."""

    field: str
    text: str
    folded: str
    plain: str
    """The folded text with hyphens and apostrophes as spaces, in which lexicon forms are looked up."""
    sentences: list[tuple[int, int]]
    hits: list[Hit]
    cues: dict[int, set[int]]
    """Numbers of the cues of which a sentence holds a needle, by the sentence's number."""
    links: dict[int, set[int]]
    """The same for phrases that tie clubs to coaches."""
    _starts: list[int] = field(default_factory=list)

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def word_before(self, offset: int) -> tuple[int, str]:
        """Start and folded form of the word that ends just before `offset`, on the same line; (-1, "") if none."""
        end = offset
        while end > 0 and self.plain[end - 1] in " ":
            end -= 1
        start = end
        while start > 0 and is_word(self.plain[start - 1]):
            start -= 1
        return (start, self.plain[start:end]) if start < end else (-1, "")

    def word_after(self, offset: int) -> tuple[int, str]:
        """End and folded form of the word that begins just after `offset`; (-1, "") if none."""
        start = offset
        while start < len(self.plain) and self.plain[start] == " ":
            start += 1
        end = start
        while end < len(self.plain) and is_word(self.plain[end]):
            end += 1
        return (end, self.plain[start:end]) if start < end else (-1, "")


def is_word(character: str) -> bool:
    """Whether a folded character belongs to a word."""
    return character in _WORD_LIKE or (character > "\x7f" and character.isalnum())


def separated(folded: str) -> str:
    """Hyphens and apostrophes as spaces, so that "l'esonero" and "Al-Ahly" fall into words."""
    return folded.replace("'", " ").replace("-", " ")


def open_document(name: str, text: str, lexicon: Lexicon) -> Document:
    """Fold `text`, cut it into sentences and look every lexicon form up in one pass."""
    folded = fold(text)
    spans = sentences(text)
    bared = [bare(folded[start:end]) for start, end in spans]
    document = Document(name, text, folded, separated(folded), spans, [], _allowed(lexicon.cues, bared),
                        _allowed(lexicon.links, bared), [start for start, _ in spans])  # fmt: skip
    _collect(document, lexicon)
    return document


def _allowed(rules: RuleIndex, bared: list[str]) -> dict[int, set[int]]:
    """Numbers of the rules of which a sentence holds a needle, by the sentence's number."""
    starts = list(accumulate(map(len, bared), initial=0))
    found: dict[int, set[int]] = {}
    for position, numbers in rules.occurrences("".join(bared)):
        found.setdefault(bisect_right(starts, position) - 1, set()).update(numbers)
    return found


def _collect(document: Document, lexicon: Lexicon) -> None:
    plain, hits, entries = document.plain, document.hits, lexicon.entries
    length = len(plain)
    genitive = lexicon.lang == "de"
    for index, start, end in lexicon.automaton.find_matches_as_indexes(plain, overlapping=True):
        if start and is_word(plain[start - 1]):
            continue
        entry = entries[index]
        if end < length and is_word(plain[end]):
            named = entry.clubs or entry.coaches
            is_genitive = (
                genitive and named and plain[end] == "s" and not (end + 1 < length and is_word(plain[end + 1]))
            )
            if not is_genitive:
                continue
            end += 1
        hits.append(Hit(start, end, entry))
