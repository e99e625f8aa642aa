"""The sentence around a span, so that a word can be read where it stands."""

import re

import pandas as pd

from analysis.picking import of_articles

_END = re.compile(r"[.!?…][\"'»”’)\]]*(?=\s|$)|\n+")
_LOOKED_BACK = 32
"""Characters before a stop that may make it none: more than any initial or number of a match has."""
_INITIAL = re.compile(r"(?:^|[\s(])(?:[A-Z]|\d+|Mr|Mrs|Dr|St|Sr|Jr|vs|No|n|art)\.$")
MOST = 320
"""Characters shown; a longer sentence is cut to this many around the span."""


def sentence(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The sentence of `text` that holds [start, end), and where in it the span stands.

    A stop after an initial or a number ends no sentence. Offsets outside the text are drawn inside.
    """
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    first, last = 0, len(text)
    # What is farther away than is shown makes no difference, and an article may have a thousand spans.
    for stop in _END.finditer(text, max(0, start - 2 * MOST), end + 2 * MOST):
        if _INITIAL.search(text[max(0, stop.end() - _LOOKED_BACK) : stop.end()]):
            continue
        if stop.end() <= start:
            first = stop.end()
        elif stop.end() >= end:
            last = stop.end()
            break
    if last - first > MOST:
        room = max(0, MOST - (end - start)) // 2
        first, last = max(first, start - room), min(last, end + room)
    first += len(text[first:start]) - len(text[first:start].lstrip())
    return text[first:last].rstrip() if end <= last else text[first:end], start - first, end - first


def in_sentences(spans: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """`spans` (article_id, field, start, end) with columns sentence, mark_start and mark_end."""
    texts = of_articles(articles[["article_id", "title", "text"]], spans["article_id"])
    fields = spans[["article_id"]].merge(texts, on="article_id", how="left")
    whole = fields["title"].where((spans["field"] == "title").to_numpy(), fields["text"]).fillna("")
    found = [sentence(text, start, end) for text, start, end in zip(whole, spans["start"], spans["end"], strict=True)]
    table = pd.DataFrame(found, columns=["sentence", "mark_start", "mark_end"], index=spans.index)
    return spans.join(table)
