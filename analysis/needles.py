"""Needles: words of which every match of a pattern holds one, looked for before the pattern itself is tried.

A needle is a phrase of folded words with one space between them; one that ends in `*` goes on with any letters. Text is
searched for needles in the form that `bare` gives it, all needles of a language in one pass.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from analysis.text import spaced

MOST_FORMS = 80
"""A run of words that stands for more phrases than this is cut, and the rarer part searched for."""
OPEN = "*"
OF_A_SLOT = 0.05
"""How often a placeholder, a number or a mark is met, a word of text."""
_WORD = re.compile(r"\w+")


class Rarity:
    """How often needles may be met, judged by counts of words in sentences of the language."""

    def __init__(self, sentences: Iterable[str] = ()):
        counts = Counter(word for sentence in sentences for word in _WORD.findall(sentence))
        self._words = sorted(counts)
        self._sums = [0, *accumulate(counts[word] for word in self._words)]
        self._counts, self._total = counts, sum(counts.values()) + 1000
        self._shares: dict[str, float] = {}

    def of(self, needles: frozenset[str]) -> float:
        """Expected matches of any of `needles` a word of text; long words are rarer than short ones."""
        known = self._shares
        return sum([known[needle] if needle in known else self._share(needle) for needle in needles])

    def _share(self, needle: str) -> float:
        words = needle.split()
        if len(words) > 1:
            share = min(self._share(word) for word in words) * 0.1 ** (len(words) - 1)
        elif any(map(str.isalpha, needle)):
            share = (self._count(needle) + 1 / len(needle)) / self._total
        else:
            share = OF_A_SLOT
        self._shares[needle] = share
        return share

    def _count(self, word: str) -> int:
        if not word.endswith(OPEN):
            return self._counts[word]
        first = bisect_left(self._words, word[:-1])
        return self._sums[bisect_left(self._words, word[:-1] + "\uffff")] - self._sums[first]


def product(forms: frozenset[str], further: frozenset[str], glue: str = " ") -> frozenset[str]:
    """Every one of `forms` with every one of `further` after it; "" on either side leaves the other alone."""
    return frozenset(f"{one}{glue}{other}" if one and other else one or other for one in forms for other in further)


def is_open(forms: frozenset[str]) -> bool:
    """Whether one of `forms` goes on with any letters, so that nothing can follow."""
    return any(form.endswith(OPEN) for form in forms)


class Run:
    """Words of a pattern that follow each other without a gap, as the phrases they stand for."""

    def __init__(self) -> None:
        self.groups: list[frozenset[str]] = []
        """Sets of needles; every match holds one of each."""
        self.is_whole = True
        """Whether a single run is all there is, so that `forms` is the pattern."""
        self.forms: frozenset[str] = frozenset([""])

    def add(self, forms: frozenset[str]) -> None:
        """Go on with one of `forms`, of which "" stands for nothing."""
        longer = product(self.forms, forms)
        if len(longer) > MOST_FORMS or is_open(self.forms):
            self.end()
            longer = forms
        self.forms = longer

    def end(self) -> None:
        """Something else follows: the phrases so far are needles, unless they may all be absent."""
        if "" not in self.forms:
            self.groups.append(self.forms)
        self.is_whole, self.forms = False, frozenset([""])


def bare(text: str) -> str:
    """Folded text as a row of words, one space around each; without the lone "s" a space of a pattern may hold.

    >>> bare("the club's coach, sacked")
    ' the club coach sacked '
    """
    return bare_words(spaced(text))


def bare_words(text: str) -> str:
    """The same for text that is `spaced` already."""
    words = f" {' '.join(text.split())} "
    while " s " in words:
        words = words.replace(" s ", " ")
    return words


def as_text(needle: str) -> str:
    """The needle as it stands in bare text."""
    text = bare(needle)
    return text[:-1] if needle.endswith(OPEN) else text


def can_be_sought(needles: frozenset[str]) -> bool:
    """Whether bare text shows each of `needles`: not so a lone "s" or mark."""
    return all(as_text(needle).strip() for needle in needles)
