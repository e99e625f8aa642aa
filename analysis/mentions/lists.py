"""Mentions that a sentence joins into one list: "Roma, Lazio and Milan", "sondati Ranieri e Mancini"."""

import re
from functools import lru_cache

from analysis.lexicon import Lexicon
from analysis.mentions.canonical import CanonicalSentence


class Lists:
    """Finds the lists of mentions shown as one of `characters`."""

    def __init__(self, lexicon: Lexicon, characters: str):
        words = lexicon.words["and"] | lexicon.words["of"] | lexicon.words["the"]
        self._characters, self._joint = characters, _joint(words, characters)

    def around(self, sentence: CanonicalSentence, place: int) -> list[int]:
        """Positions of the mentions joined to the one at `place`, itself among them, in order."""
        first = last = place
        while following := self._joint.match(sentence.text, last + 1):
            last = following.end() - 1
        positions = sorted(p for p, mention in sentence.mentions.items() if mention.shown in self._characters)
        for position in reversed(positions):
            joint = self._joint.match(sentence.text, position + 1) if position < first else None
            if joint and joint.end() - 1 == first:
                first = position
        return [position for position in positions if first <= position <= last]


@lru_cache(maxsize=24)
def _joint(words: frozenset[str], characters: str) -> re.Pattern:
    """What stands between a mention and the next one of its list, and that one's character."""
    joints = "|".join(map(re.escape, sorted(words)))
    between = rf"(?:\s*,\s*|\s+)(?:(?:{joints})[\s']+)*" if joints else r"\s*,\s*"
    return re.compile(rf"{between}[{characters}]")
