"""Names of persons who are in no list, found from capitals, given names and the words around them."""

import re
from dataclasses import dataclass

from analysis.document import Document
from analysis.lexicon import Lexicon

_PARTICLES = (
    "de|da|di|do|dos|das|del|della|dello|dei|degli|delle|de la|de los|de las|van|van der|van den|van de|von|von der|zu|"
    "den|der|el|al|le|la|ten|ter|bin|ben|ould|y|e|st\\.?"
)
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_CAPITALISED = rf"(?:{_CAPITAL}\.|{_CAPITAL}(?:\w|['’.\-](?=\w))*)"
_SEQUENCE = re.compile(rf"(?<![\w]){_CAPITALISED}(?:[ \u00a0](?:(?:{_PARTICLES})[ ’'])*{_CAPITALISED}){{0,4}}")
_WORD = re.compile(r"\w+")
_INITIAL = re.compile(r"[^\W\d_]\.$")


@dataclass(frozen=True)
class NameSpan:
    """A run of capitalised words at [start, end) that may be somebody's name; `words` are folded, with offsets."""

    start: int
    end: int
    words: tuple[tuple[str, int, int], ...]


def capitalised_runs(document: Document, lexicon: Lexicon) -> list[NameSpan]:
    """Runs of capitalised words, without leading words that never belong to a name."""
    runs = []
    for match in _SEQUENCE.finditer(document.text):
        span = _trim(document, match.start(), match.end(), lexicon.function_words)
        if span:
            runs.append(span)
    return runs


def _trim(document: Document, start: int, end: int, function_words: frozenset[str]) -> NameSpan | None:
    words = _words(document, start, end)
    while words and words[0][0] in function_words:
        words = words[1:]
    while words and (words[-1][0] in function_words or words[-1][0] == "s"):
        words = words[:-1]
    if not words:
        return None
    last_end = words[-1][2]
    if document.text[last_end - 1 : last_end] == "." and not _INITIAL.search(document.text[:last_end]):
        last_end -= 1
    return NameSpan(words[0][1], last_end, tuple(words))


def _words(document: Document, start: int, end: int) -> list[tuple[str, int, int]]:
    return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(document.plain, start, end)]


def subspan(span: NameSpan, first: int, last: int) -> NameSpan | None:
    """The words first..last-1 of a span, as a span."""
    words = span.words[first:last]
    return NameSpan(words[0][1], words[-1][2], words) if words else None


def display_name(text: str) -> str:
    """A name as it should be shown: capitals throughout (a headline) become ordinary ones."""
    text = " ".join(text.split()).rstrip(".")
    return text.title() if text.isupper() and len(text) > 3 else text
