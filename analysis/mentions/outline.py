"""The outline of a text: its words, with mentions as slots, as needles are sought in it.

Punctuation, articles before a slot and a lone "s" are left out, for patterns may leave them out; numbers are all alike.
"""

from itertools import accumulate

from analysis.lexicon import Lexicon
from analysis.lexicon.needles import in_outline, marks_of
from analysis.mentions.document import Document
from analysis.mentions.people import Mention


def allowed_phrases(document: Document, by_sentence: list[list[Mention]], lexicon: Lexicon) -> dict[int, list]:
    """Cues and links that the sentences of a field allow, by the sentence's number; its mentions given likewise."""
    articles, phrases = lexicon.words["the"], lexicon.phrases
    lines = [_line(document.spaced, *span, mentions, articles)
             for span, mentions in zip(document.sentences, by_sentence, strict=True)]  # fmt: skip
    starts = list(accumulate(map(len, lines), initial=0))
    found: dict[int, set[int]] = {}
    number, last = 0, len(lines) - 1
    # Each line begins and ends with a space and no needle holds two, so that none reaches into the next line.
    for position, numbers in phrases.occurrences("".join(lines)):
        while number < last and starts[number + 1] <= position:
            number += 1
        while starts[number] > position:  # a long needle may have ended after a short one began in the next line
            number -= 1
        if number in found:
            found[number].update(numbers)
        else:
            found[number] = set(numbers)
    allowed = {}
    for number in sorted(found):
        marks = marks_of(document.folded[slice(*document.sentences[number])])
        if rules := phrases.allowed(found[number], lines[number], marks):
            allowed[number] = rules
    return allowed


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
