"""The shortest clause in which a reader sees why: spans of evidence in the text as given."""

import re

from analysis.claims.claims import Claim
from analysis.lexicon import Lexicon
from analysis.mentions.canonical import CanonicalSentence

_BREAK = re.compile(r"[,;:–()\"«»“”„!?]|\s-\s")
_STRONG = re.compile(r"[;:–]|\"")
_REACH = 160
"""A coach further than this from the cue is not drawn into its evidence."""
_MARGIN = 90
"""A clause is followed at most this many characters to either side of the words that carry it."""


def evidence_span(claim: Claim, lexicon: Lexicon) -> tuple[int, int]:
    """[start, end) in the claim's field: cue and holder, widened to the clause around them, without loose ends."""
    sentence = claim.sentence
    start, end = claim.cue_start, claim.cue_end
    for position, mention in sentence.mentions.items():
        if mention is claim.holder and _is_close(sentence.text, position, start, end, lexicon):
            start, end = min(start, position), max(end, position + 1)
    start = _widen_left(sentence.text, start, lexicon)
    end = _widen_right(sentence.text, end, lexicon)
    return _trim(sentence, start, end)


def _is_close(text: str, position: int, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether no clause ends between the coach and the cue, save for a relative pronoun right behind him."""
    low, high = (position + 1, start) if position < start else (end, position)
    gap = text[low:high]
    if high - low > _REACH or _STRONG.search(gap):
        return False
    breaks = [match.start() for match in lexicon.clause_break.finditer(gap)] if lexicon.clause_break else []
    return not breaks or (len(breaks) == 1 and position < start and not gap[: breaks[0]].strip(" ,"))


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
