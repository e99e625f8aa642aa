"""Needles: words of which every match of a pattern holds one, looked for before the pattern itself is tried.

A needle is a phrase of folded words and slots with one space between; one that ends in `*` goes on with any letters.
Needles are sought in the outline of a text (see analysis.mentions.outline), all those of a language in one pass.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from analysis.lexicon.slots import COACH, PERSON, SLOTS

MOST_FORMS = 80
"""A run of words that stands for more phrases than this is cut, and the rarer part searched for."""
OPEN = "*"
OF_A_SLOT = 0.05
"""How often a placeholder, a number or a mark is met, a word of text."""
_WORD = re.compile(r"\w+")
_WORD_OR_SLOT = re.compile(rf"\w+|[{''.join(sorted(SLOTS))}]")
_NUMBER = re.compile(r"\d+")


class Rarity:
    """How often needles may be met, judged by counts of words in sentences of the language."""

    def __init__(self, sentences: Iterable[str] = ()):
        counts = Counter(word for sentence in sentences for word in _WORD.findall(sentence))
        self._words = sorted(counts)
        self._sums = [0, *accumulate(counts[word] for word in self._words)]
        self._counts, self._total = counts, sum(counts.values()) + 1000
        self._shares: dict[str, float] = {}
        self._sets: dict[frozenset[str], float] = {}

    def of(self, needles: frozenset[str]) -> float:
        """Expected matches of any of `needles` a word of text; long words are rarer than short ones."""
        if needles not in self._sets:
            self._sets[needles] = sum(map(self._share, needles))
        return self._sets[needles]

    def forget(self) -> None:
        """Drop what is kept of needles met before."""
        self._shares.clear()
        self._sets.clear()

    def _share(self, needle: str) -> float:
        if needle not in self._shares:
            self._shares[needle] = self._new_share(needle)
        return self._shares[needle]

    def _new_share(self, needle: str) -> float:
        words = needle.split()
        if len(words) > 1:
            return min(map(self._share, words)) * 0.1 ** (len(words) - 1)
        if any(map(str.isalpha, needle)):
            return (self._count(needle) + 1 / len(needle)) / self._total
        return OF_A_SLOT

    def _count(self, word: str) -> int:
        if not word.endswith(OPEN):
            return self._counts[word]
        first = bisect_left(self._words, word[:-1])
        return self._sums[bisect_left(self._words, word[:-1] + "\uffff")] - self._sums[first]


def product(forms: frozenset[str], further: frozenset[str], articles: frozenset[str]) -> frozenset[str]:
    """Every one of `forms` with every one of `further` after it; "" on either side leaves the other alone."""
    return frozenset(_joined(one, other, articles) for one in forms for other in further)


def _joined(one: str, other: str, articles: frozenset[str]) -> str:
    if other[:1] in SLOTS:
        one = without_articles(one, articles)
    return f"{one} {other}" if one and other else one or other


def without_articles(form: str, articles: frozenset[str]) -> str:
    """`form` without the articles at its end, which outlines leave out before a slot."""
    words = form.split()
    while words and _may_go(words[-1], articles):
        words.pop()
    return " ".join(words)


def _may_go(word: str, articles: frozenset[str]) -> bool:
    if word.endswith(OPEN):
        return any(article.startswith(word[:-1]) for article in articles)
    return word in articles or word == "s"


def is_open(forms: frozenset[str]) -> bool:
    """Whether one of `forms` goes on with any letters, so that nothing can follow."""
    return any(form.endswith(OPEN) for form in forms)


class Run:
    """Words and slots of a pattern that follow each other without a gap, as the phrases they stand for."""

    def __init__(self, articles: frozenset[str]) -> None:
        self._articles = articles
        self.groups: list[frozenset[str]] = []
        """Sets of needles; every match holds one of each."""
        self.is_whole = True
        """Whether a single run is all there is, so that `forms` is the pattern."""
        self.forms: frozenset[str] = frozenset([""])

    def add(self, forms: frozenset[str], most: int = MOST_FORMS) -> None:
        """Go on with one of `forms`, of which "" stands for nothing."""
        longer = product(self.forms, forms, self._articles)
        if len(longer) > most or is_open(self.forms):
            self.end()
            longer = forms
        self.forms = longer

    def add_slot(self, beginnings: frozenset[str], ends: frozenset[str]) -> None:
        """A slot of many shapes follows, of which only the first and the last characters are certain."""
        self.add(beginnings, most=MOST_FORMS * len(beginnings))
        self.end()
        self.forms = ends

    def end(self) -> None:
        """Something else follows: the phrases so far are needles, unless they may all be absent."""
        forms = frozenset(without_articles(form, self._articles) for form in self.forms)
        if "" not in forms:
            self.groups.append(forms)
        self.is_whole, self.forms = False, frozenset([""])


def in_outline(lines: Iterable[Iterable[str]]) -> list[str]:
    """Words and slots of each line as they stand in an outline."""
    text = "\n".join(f" {' '.join(words)} " for words in lines)
    text = _NUMBER.sub("0", text).replace(PERSON, COACH)
    while " s " in text:
        text = text.replace(" s ", " ")
    return text.split("\n")


def outlined(canonical: str, articles: frozenset[str]) -> str:
    """The outline of a canonical sentence."""
    words: list[str] = []
    for word in _WORD_OR_SLOT.findall(canonical):
        while word in SLOTS and words and (words[-1] in articles or words[-1] == "s"):
            words.pop()
        words.append(word)
    return in_outline([words])[0]


def as_text(needle: str) -> str:
    """The needle as it stands in an outline."""
    text = in_outline([_WORD_OR_SLOT.findall(needle)])[0]
    return text[:-1] if needle.endswith(OPEN) else text


def marks_of(text: str) -> list[str]:
    """The marks of a text that patterns may ask for."""
    return [mark for mark in ",?:" if mark in text]
