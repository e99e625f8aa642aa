"""Near-duplicate articles told as one story, so that agency copy counts once."""

import re
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from rensa import RMinHash, RMinHashLSH

from analysis.parameters import Parameters
from analysis.schema import ARTICLES, STORIES, check
from analysis.text import fold

_WORD = re.compile(r"\w+")
_PERMUTATIONS, _BANDS, _SEED = 252, 84, 1
"""84 bands of 3 rows miss one pair in 75,000 at similarity 0.5; what they find is compared exactly."""


class _Kept(NamedTuple):
    number: int
    day: int
    shingles: frozenset[str]
    sketch: RMinHash
    story: str


@dataclass
class _Window:
    """Articles of one language of the last days, found by similarity."""

    parameters: Parameters

    def __post_init__(self):
        self._kept: deque[_Kept] = deque()
        self._by_number: dict[int, _Kept] = {}
        self._similar = RMinHashLSH(self.parameters.story_similarity, _PERMUTATIONS, _BANDS)
        self._count = 0

    def place(self, day: int, shingles: frozenset[str], own: str) -> str:
        """Story of an article of `day`: that of the earliest similar one still here, or its `own`."""
        while self._kept and day - self._kept[0].day > self.parameters.story_days:
            self._forget(self._kept.popleft())
        sketch = RMinHash(_PERMUTATIONS, _SEED)
        sketch.update(sorted(shingles))
        found = sorted(number for number in self._similar.query(sketch) if self._is_same(number, shingles))
        story = self._by_number[found[0]].story if found else own
        self._keep(_Kept(self._count, day, shingles, sketch, story))
        return story

    def _is_same(self, number: int, shingles: frozenset[str]) -> bool:
        return similarity(self._by_number[number].shingles, shingles) >= self.parameters.story_similarity

    def _keep(self, kept: _Kept) -> None:
        self._kept.append(kept)
        self._by_number[kept.number] = kept
        self._similar.insert(kept.number, kept.sketch)
        self._count += 1

    def _forget(self, kept: _Kept) -> None:
        self._similar.remove(kept.number)
        del self._by_number[kept.number]


def group_stories(articles: pd.DataFrame, parameters: Parameters | None = None) -> pd.DataFrame:
    """Return the story of every article (schema STORIES), in the order of `articles` (schema ARTICLES).

    An article joins the story of the earliest earlier one in its language that is similar in wording and at most
    `story_days` older, or, whatever the days between, of one with the same text. It never joins two stories that were
    apart before it, so that nothing published later changes what was known; chains grow all the same. The id of a
    story is that of its earliest article. Undated articles come last and repeat others only by the very same text.
    """
    check(articles, ARTICLES)
    parameters = parameters or Parameters()
    ordered = articles.sort_values(["published_at", "article_id"], na_position="last", kind="stable")
    windows: dict[str, _Window] = {}
    by_text: dict[str, str] = {}
    story_of: dict[str, str] = {}
    for row in ordered.itertuples():
        title, text = row.title if pd.notna(row.title) else "", row.text if pd.notna(row.text) else ""
        story = by_text.get(_plain(text)) or _by_wording(row, f"{title} {text}", windows, parameters)
        story_of[row.article_id] = story
        if text.strip():
            by_text.setdefault(_plain(text), story)
    return STORIES.frame([{"article_id": article, "story_id": story_of[article]} for article in articles["article_id"]])


def _by_wording(row, words: str, windows: dict[str, _Window], parameters: Parameters) -> str:
    found = shingles(words, parameters.shingle_words)
    if pd.isna(row.published_at) or not found:
        return row.article_id
    window = windows.setdefault(row.lang if pd.notna(row.lang) else "", _Window(parameters))
    return window.place(row.published_at.toordinal(), found, row.article_id)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def shingles(text: str, size: int) -> frozenset[str]:
    """Runs of `size` folded words in `text`; all its words as one where it has fewer."""
    words = _WORD.findall(fold(text))
    return frozenset(" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1)) if words)


def similarity(left: frozenset[str], right: frozenset[str]) -> float:
    """Jaccard similarity of two sets; 0 where both are empty."""
    union = len(left | right)
    return len(left & right) / union if union else 0.0
