"""The shortest clause in which a reader sees why: spans of evidence in the text as given."""

import re

from analysis.canonical import CanonicalSentence
from analysis.claims import Claim
from analysis.lexicon import Lexicon

_BREAK = re.compile(r"[,;:–()\"«»“”„!?]|\s-\s")
_MARGIN = 90
"""A clause is followed at most this many characters to either side of the words that carry it."""


def evidence_span(claim: Claim, lexicon: Lexicon) -> tuple[int, int]:
    """[start, end) in the claim's field: cue and holder, widened to the clause around them, without loose ends."""
    sentence = claim.sentence
    start, end = claim.cue_start, claim.cue_end
    for position, mention in sentence.mentions.items():
        if mention is claim.holder:
            start, end = _include(sentence, start, end, position)
    start = _widen_left(sentence.text, start, lexicon)
    end = _widen_right(sentence.text, end, lexicon)
    return _trim(sentence, start, end)


def _include(sentence: CanonicalSentence, start: int, end: int, position: int) -> tuple[int, int]:
    low, high = min(start, position), max(end, position + 1)
    gap = sentence.text[high if position > end else low : start if position < start else position]
    reachable = high - low < 160 and not re.search(r"[;:–]|\"", gap)
    return (low, high) if reachable else (start, end)


def _widen_left(text: str, start: int, lexicon: Lexicon) -> int:
    begin = max(0, start - _MARGIN)
    window = text[begin:start]
    cuts = [match.end() for match in _BREAK.finditer(window)]
    cuts += [match.end() for match in lexicon.clause_break.finditer(window)] if lexicon.clause_break else []
    return begin + max(cuts) if cuts else (begin if begin == 0 else start)


def _widen_right(text: str, end: int, lexicon: Lexicon) -> int:
    window = text[end : end + _MARGIN]
    cuts = [match.start() for match in _BREAK.finditer(window)]
    for breaker in (lexicon.clause_break, lexicon.after):
        cuts += [match.start() for match in breaker.finditer(window)] if breaker else []
    return end + min(cuts) if cuts else (len(text) if len(text) <= end + _MARGIN else end)


def _trim(sentence: CanonicalSentence, start: int, end: int) -> tuple[int, int]:
    text = sentence.text
    while start < end and text[start] in " \t\n.,;:'\"–-()…":
        start += 1
    while end > start and text[end - 1] in " \t\n.,;:'\"–-()…!?":
        end -= 1
    return sentence.original(start), sentence.original(end, is_end=True)
