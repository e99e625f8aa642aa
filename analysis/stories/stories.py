"""Near-duplicate articles told as one story, so that agency copy counts once."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.days import day_numbers
from analysis.index.parameters import Parameters
from analysis.schema import ARTICLES, STORIES, check
from analysis.stories.shingles import Wording, wording
from analysis.stories.similar import Recent

_PART = 2_000_000
"""Characters compared at a time, so that memory does not grow with the archive."""


def group_stories(articles: pd.DataFrame, parameters: Parameters | None = None) -> pd.DataFrame:
    """Return the story of every article (schema STORIES), in the order of `articles` (schema ARTICLES).

    An article joins the story of the earliest earlier one in its language that is similar in wording and at most
    `story_days` older, or, whatever the days between, of one with the same text. It never joins two stories that were
    apart before it, so that nothing published later changes what was known; chains grow all the same. The id of a
    story is that of its earliest article. Undated articles come last and repeat others only by the very same text.
    """
    check(articles, ARTICLES)
    parameters = parameters or Parameters()
    order = articles[["published_at", "article_id"]].reset_index(drop=True)
    order = order.sort_values(["published_at", "article_id"], na_position="last", kind="stable").index.to_numpy()
    first = np.arange(len(order))
    known: dict[int, int] = {}
    recent: dict[str, Recent] = {}
    for start, part in _parts(articles.iloc[order]):
        words = wording(part["title"].fillna("").tolist(), part["text"].fillna("").tolist(), parameters.shingle_words)
        same = _with_text(words.whole, known, start)
        joined = np.where(same >= 0, same, _with_wording(part, words, same < 0, recent, parameters, start))
        for row in np.flatnonzero(joined >= 0):
            first[start + row] = first[joined[row]]
    ids = articles["article_id"].to_numpy()
    stories = np.empty(len(order), dtype=object)
    stories[order] = ids[order][first]
    return pd.DataFrame({"article_id": ids, "story_id": stories}).astype(STORIES.columns)


def _parts(ordered: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    """Rows in order, about _PART characters at a time, with the position of the first."""
    part = (ordered["title"].str.len().fillna(0) + ordered["text"].str.len().fillna(0)).cumsum() // _PART
    for _, rows in ordered.reset_index(drop=True).groupby(part.to_numpy(dtype=np.int64)):
        yield int(rows.index[0]), rows


def _with_text(whole: np.ndarray, known: dict[int, int], start: int) -> np.ndarray:
    """Position of the first article with the very same text, -1 where there is none; `known` is added to."""
    found = [known.setdefault(text, row) if text else row for row, text in enumerate(whole.tolist(), start)]
    return np.where(np.array(found) == np.arange(start, start + len(whole)), -1, found)


def _with_wording(part: pd.DataFrame, words: Wording, is_new: np.ndarray, recent: dict[str, Recent],
                  parameters: Parameters, start: int) -> np.ndarray:  # fmt: skip
    """Position of the earliest similar article of each new one, -1 where there is none; `recent` is added to."""
    joined = np.full(len(part), -1)
    days = day_numbers(part["published_at"])
    usable = part["published_at"].notna().to_numpy() & (np.diff(words.starts) > 0)
    for lang, rows in part["lang"].fillna("").groupby(part["lang"].fillna("").to_numpy()).indices.items():
        rows = rows[usable[rows]]
        shingles = [words.shingles[words.starts[row] : words.starts[row + 1]] for row in rows]
        if len(rows):
            known = recent.setdefault(lang, Recent(parameters))
            joined[rows] = known.joined(start + rows, days[rows], shingles, is_new[rows])
    return joined
