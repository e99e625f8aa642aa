"""Which modifiers act on a cue: direction, clause, distance and terminators (after ConText)."""

import re
from dataclasses import dataclass

from analysis.lexicon import Modifier
from analysis.lexicon.lexicon import RuleIndex
from analysis.lexicon.patterns import Pattern
from analysis.mentions.canonical import CanonicalSentence

CLAUSE_WORDS = 12
"""A modifier with clause scope reaches at most this many words."""
_WORDS = re.compile(r"\w+")
_STRONG_BREAK = re.compile(r"[;:–]|\s-\s")
_COMMA_BREAK = re.compile(r"[,;:–]|\s-\s")
_MARKS = " .,!?…\"'"
"""A "not" at the end of a sentence takes the marks behind it along; they are no words of it."""
_COMMA_BOUND = {"negated", "possible", "conditional"}


@dataclass(frozen=True)
class Spelled:
    """What a match spells out itself: the words of its pattern, outside the pattern's gaps."""

    words: frozenset[str]
    macro_words: frozenset[str]
    gaps: tuple[tuple[int, int], ...]

    @classmethod
    def by(cls, pattern: Pattern, match: re.Match) -> "Spelled":
        """What `match` of `pattern` spells out."""
        gaps = [match.span(name) for name, value in match.groupdict().items() if value and name.startswith("gap")]
        return cls(pattern.words, pattern.macro_words, tuple(gaps))

    def holds(self, span: "ModifierSpan", text: str) -> bool:
        """Whether the match spells out the modifier, which then says nothing about it.

        Macros hold verbs in all moods ("a été", "aurait été"), so of their words only a "not" is the cue's own.
        """
        if any(start <= span.start and span.end <= end for start, end in self.gaps):
            return False
        own = self.words | self.macro_words if span.modifier.category == "negated" else self.words
        return set(_WORDS.findall(text[span.start : span.end])) <= own


@dataclass(frozen=True)
class ModifierSpan:
    """A modifier found at [start, end) of a canonical sentence."""

    modifier: Modifier
    start: int
    end: int


def find_modifiers(sentence: CanonicalSentence, rules: RuleIndex) -> list[ModifierSpan]:
    """Those of `rules` that act in a canonical sentence; pseudo modifiers remove what they overlap, and themselves."""
    spans = [
        ModifierSpan(modifier, match.start(), match.end())
        for modifier in rules.candidates(sentence.text)
        for match in modifier.pattern.regex.finditer(sentence.text)
    ]
    pseudo = [span for span in spans if span.modifier.category == "pseudo"]
    return [
        span
        for span in spans
        if span.modifier.category != "pseudo" and not any(p.start <= span.start < p.end for p in pseudo)
    ]


def acting_on(start: int, end: int, spelled: Spelled, sentence: CanonicalSentence,
              modifiers: list[ModifierSpan]) -> dict[str, ModifierSpan]:  # fmt: skip
    """Modifiers that act on the cue at [start, end), one a category, the nearest."""
    acting: dict[str, ModifierSpan] = {}
    ordered = sorted(modifiers, key=lambda span: min(abs(span.start - end), abs(start - span.end)))
    for span in ordered:
        if span.modifier.category == "terminator" or span.modifier.category in acting:
            continue
        if _acts(span, start, end, spelled, sentence, modifiers):
            acting[span.modifier.category] = span
    return acting


def _acts(span: ModifierSpan, start: int, end: int, spelled: Spelled, sentence: CanonicalSentence,
          modifiers: list[ModifierSpan]) -> bool:  # fmt: skip
    last = span.start + len(sentence.text[span.start : span.end].rstrip(_MARKS))
    if span.start >= start and last <= end:
        # A "not" that the cue itself spells out belongs to it; one in the cue's gap acts on it.
        return not spelled.holds(span, sentence.text)
    is_before = span.start < start
    if span.modifier.direction == ("backward" if is_before else "forward"):
        return False
    gap_start, gap_end = (min(span.end, start), start) if is_before else (end, max(span.start, end))
    gap = sentence.text[gap_start:gap_end]
    return _within(span.modifier, gap) and not _terminated(gap_start, gap_end, modifiers, span)


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
