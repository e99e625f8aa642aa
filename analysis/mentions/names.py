"""Names of persons who are in no list, found from capitals, given names and the words around them."""

import re
from typing import NamedTuple

from analysis.lexicon import Lexicon
from analysis.mentions.document import Document

_PARTICLES = (
    "de|da|di|do|dos|das|del|della|dello|dei|degli|delle|de la|de los|de las|van|van der|van den|van de|von|von der|zu|"
    "den|der|el|al|le|la|ten|ter|bin|ben|ould|y|e|st\\.?"
)
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_REST = r"(?:\.|(?:\w|['’.\-](?=\w))*)"
_SEQUENCE = re.compile(
    # The capital comes first, for it is found fast; that it begins a word is asked of it then.
    rf"{_CAPITAL}(?<!\w.){_REST}(?:[ \u00a0](?:(?:{_PARTICLES})[ ’'])*{_CAPITAL}{_REST}){{0,4}}"
)


class NameSpan(NamedTuple):
    """A run of capitalised words at [start, end) that may be somebody's name; `words` are folded, with offsets."""

    start: int
    end: int
    words: list[tuple[str, int, int]]


def capitalised_runs(document: Document, lexicon: Lexicon) -> list[NameSpan]:
    """Runs of capitalised words, without leading words that never belong to a name."""
    runs, spaced, function_words = [], document.spaced, lexicon.function_words
    for match in _SEQUENCE.finditer(document.text):
        start, end = match.span()
        words = spaced[start:end].split()
        first, last = 0, len(words)
        while first < last and words[first] in function_words:
            first += 1
        while first < last and (words[last - 1] in function_words or words[last - 1] == "s"):
            last -= 1
        if first < last:
            runs.append(_run(spaced, start, words, first, last))
    return runs


def _run(spaced: str, start: int, words: list[str], first: int, last: int) -> NameSpan:
    """Words first..last-1 of those that follow each other from `start` on."""
    placed = []
    for word in words[:last]:
        start = spaced.index(word, start)
        placed.append((word, start, start := start + len(word)))
    return NameSpan(placed[first][1], placed[-1][2], placed[first:])


def subspan(span: NameSpan, first: int, last: int) -> NameSpan | None:
    """The words first..last-1 of a span, as a span."""
    words = span.words[first:last]
    return NameSpan(words[0][1], words[-1][2], words) if words else None


def display_name(text: str) -> str:
    """A name as it should be shown: capitals throughout (a headline) become ordinary ones."""
    text = " ".join(text.split()).rstrip(".")
    return text.title() if text.isupper() and len(text) > 3 else text
