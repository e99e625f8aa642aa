"""Which modifiers act on a cue: direction, clause, distance and terminators (after ConText)."""

import re
from dataclasses import dataclass

from analysis.canonical import CanonicalSentence
from analysis.lexicon import Lexicon, Modifier

CLAUSE_WORDS = 12
"""A modifier with clause scope reaches at most this many words."""
_STRONG_BREAK = re.compile(r"[;:–]|\s-\s")
_COMMA_BREAK = re.compile(r"[,;:–]|\s-\s")
_WORDS = re.compile(r"\w+")
_COMMA_BOUND = {"negated", "possible", "conditional"}


@dataclass(frozen=True)
class ModifierSpan:
    """A modifier found at [start, end) of a canonical sentence."""

    modifier: Modifier
    start: int
    end: int


def find_modifiers(sentence: CanonicalSentence, lexicon: Lexicon) -> list[ModifierSpan]:
    """Modifiers of a canonical sentence; pseudo modifiers remove what they overlap, and are then gone themselves."""
    spans = [
        ModifierSpan(modifier, match.start(), match.end())
        for modifier in lexicon.modifiers.candidates(sentence.text)
        for match in modifier.pattern.regex.finditer(sentence.text)
    ]
    pseudo = [span for span in spans if span.modifier.category == "pseudo"]
    return [
        span
        for span in spans
        if span.modifier.category != "pseudo" and not any(p.start <= span.start < p.end for p in pseudo)
    ]


def acting_on(start: int, end: int, cue_source: str, sentence: CanonicalSentence,
              modifiers: list[ModifierSpan]) -> dict[str, ModifierSpan]:  # fmt: skip
    """Modifiers that act on the cue at [start, end), one a category, the nearest."""
    acting: dict[str, ModifierSpan] = {}
    ordered = sorted(modifiers, key=lambda span: min(abs(span.start - end), abs(start - span.end)))
    for span in ordered:
        if span.modifier.category == "terminator" or span.modifier.category in acting:
            continue
        if _acts(span, start, end, cue_source, sentence, modifiers):
            acting[span.modifier.category] = span
    return acting


def _acts(span: ModifierSpan, start: int, end: int, cue_source: str, sentence: CanonicalSentence,
          modifiers: list[ModifierSpan]) -> bool:  # fmt: skip
    inside = span.start >= start and span.end <= end
    if inside:
        # A "not" that the cue itself spells out belongs to it; one in the cue's gap acts on it.
        return not _spelled_out(sentence.text[span.start : span.end], cue_source)
    is_before = span.start < start
    if span.modifier.direction == ("backward" if is_before else "forward"):
        return False
    gap_start, gap_end = (min(span.end, start), start) if is_before else (end, max(span.start, end))
    gap = sentence.text[gap_start:gap_end]
    return _within(span.modifier, gap) and not _terminated(gap_start, gap_end, modifiers, span)


def _spelled_out(found: str, cue_source: str) -> bool:
    return set(_WORDS.findall(found)) <= set(_WORDS.findall(cue_source))


def _within(modifier: Modifier, gap: str) -> bool:
    if modifier.whole_sentence:
        return True
    if modifier.words is not None:
        return len(gap.split()) <= modifier.words and not _is_cut(modifier, gap)
    breaks = _COMMA_BREAK if modifier.category in _COMMA_BOUND else _STRONG_BREAK
    return len(gap.split()) <= CLAUSE_WORDS and not breaks.search(gap)


def _is_cut(modifier: Modifier, gap: str) -> bool:
    """Whether a new clause begins in the gap; for "not", after a comma that has no fellow, as a parenthesis has."""
    return bool(_STRONG_BREAK.search(gap)) or (modifier.category == "negated" and gap.count(",") % 2 == 1)


def _terminated(start: int, end: int, modifiers: list[ModifierSpan], span: ModifierSpan) -> bool:
    if span.modifier.whole_sentence:
        return False
    return any(m.modifier.category == "terminator" and start <= m.start and m.end <= end for m in modifiers)
