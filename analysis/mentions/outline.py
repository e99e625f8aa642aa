"""The outline of a text: its words, with mentions as slots, as needles are sought in it.

Punctuation, articles before a slot and a lone "s" are left out, for patterns may leave them out; numbers are all alike.
"""

from itertools import accumulate

from analysis.lexicon import Lexicon
from analysis.lexicon.lexicon import RuleIndex
from analysis.lexicon.needles import in_outline, marks_of
from analysis.mentions.document import Document
from analysis.mentions.people import Mention


class Outline:
    """The outline of a field, line by line as its sentences are; `by_sentence` holds their mentions."""

    def __init__(self, document: Document, by_sentence: list[list[Mention]], lexicon: Lexicon):
        articles = lexicon.words["the"]
        self._document = document
        self._lines = in_outline(_words(document.spaced, *span, mentions, articles)
                                 for span, mentions in zip(document.sentences, by_sentence, strict=True))  # fmt: skip

    def allowed(self, rules: RuleIndex, among: set[int] | None = None) -> dict[int, list]:
        """Those of `rules` that the sentences of the field, or those `among` them, allow, by the sentence's number."""
        lines = self._lines if among is None else [x if n in among else "" for n, x in enumerate(self._lines)]
        starts = list(accumulate(map(len, lines), initial=0))
        found: dict[int, set[int]] = {}
        number, last = 0, len(lines) - 1
        # Each line begins and ends with a space and no needle holds two, so that none reaches into the next line.
        for position, numbers in rules.occurrences("".join(lines)):
            while number < last and starts[number + 1] <= position:
                number += 1
            while starts[number] > position:  # a long needle may have ended after a short one began in the next line
                number -= 1
            if number in found:
                found[number].update(numbers)
            else:
                found[number] = set(numbers)
        return self._checked(rules, found)

    def _checked(self, rules: RuleIndex, found: dict[int, set[int]]) -> dict[int, list]:
        document, allowed = self._document, {}
        for number in sorted(found):
            marks = marks_of(document.folded[slice(*document.sentences[number])])
            if may_match := rules.allowed(found[number], self._lines[number], marks):
                allowed[number] = may_match
        return allowed


def _words(spaced: str, start: int, end: int, mentions: list[Mention], articles: frozenset[str]) -> list[str]:
    words: list[str] = []
    for mention in mentions:
        if mention.start < start or mention.end > end:
            continue
        words += spaced[start : mention.start].split()
        while words and (words[-1] in articles or words[-1] == "s"):
            words.pop()
        words.append(mention.shown)
        start = mention.end
    return words + spaced[start:end].split()
