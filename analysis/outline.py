"""The outline of a text: its words, with mentions as slots, as needles are sought in it.

Punctuation, articles before a slot and a lone "s" are left out, for patterns may leave them out; numbers are all alike.
"""

from bisect import bisect_right
from itertools import accumulate

from analysis.document import Document
from analysis.lexicon import Lexicon
from analysis.mentions import Mention
from analysis.needles import in_outline


def allowed_phrases(document: Document, by_sentence: list[list[Mention]], lexicon: Lexicon) -> dict[int, list]:
    """Cues and links that the sentences of a field allow, by the sentence's number; its mentions given likewise."""
    articles = lexicon.words["the"]
    lines = [_line(document.spaced, *span, mentions, articles)
             for span, mentions in zip(document.sentences, by_sentence, strict=True)]  # fmt: skip
    starts = list(accumulate(map(len, lines), initial=0))
    found: dict[int, set[int]] = {}
    # Each line begins and ends with a space and no needle holds two, so that none reaches into the next line.
    for position, numbers in lexicon.phrases.occurrences("".join(lines)):
        found.setdefault(bisect_right(starts, position) - 1, set()).update(numbers)
    return {number: lexicon.phrases.numbered(found[number]) for number in sorted(found)}


def _line(spaced: str, start: int, end: int, mentions: list[Mention], articles: frozenset[str]) -> str:
    words: list[str] = []
    for mention in mentions:
        if mention.start < start or mention.end > end:
            continue
        words += spaced[start : mention.start].split()
        while words and (words[-1] in articles or words[-1] == "s"):
            words.pop()
        words.append(mention.shown)
        start = mention.end
    words += spaced[start:end].split()
    return in_outline(words)
