"""What the dates near a cue say of its age: news, history, or the day on which the coach came."""

from datetime import date

from analysis.claims.ages import RECENT_DAYS, Dated, find_dates, is_of_this_year
from analysis.claims.scope import ModifierSpan
from analysis.lexicon import Lexicon
from analysis.mentions.canonical import CanonicalSentence

DATE_REACH = 40
"""A date this many characters from a cue dates it."""
ARRIVAL_WORDS = 3
"""A word of arrival stands at most this many words before its date."""


def with_dates(acting: dict[str, ModifierSpan], categories: set[str], sentence: CanonicalSentence,
               cue: tuple[int, int], lexicon: Lexicon, day: date, looks_ahead: bool) -> set[str]:  # fmt: skip
    """The categories that act on the cue at [start, end), corrected by dates, which are stronger than any phrase.

    Of a cue that `looks_ahead` (backing, renewal) a month without a year is to come: "he will be here in August".
    """
    start, end = cue
    dates = find_dates(sentence.text, lexicon.months, day)
    categories = categories - _unfounded(acting, cue, dates, sentence.text, lexicon, day)
    near = [
        dated
        for dated in dates
        if (-DATE_REACH < dated.start - end < DATE_REACH or -DATE_REACH < start - dated.end < DATE_REACH)
        and not _follows_arrival(sentence.text[: dated.start], lexicon)
        and (dated.has_year or not looks_ahead)
    ]
    if any(0 <= dated.age <= RECENT_DAYS for dated in near):
        return categories - {"historical"} | {"recent"}
    if any(dated.age > RECENT_DAYS for dated in near) and "future" not in categories:
        return categories - {"recent"} | {"historical"}
    return categories


def _unfounded(acting: dict[str, ModifierSpan], cue: tuple[int, int], dates: list[Dated], text: str, lexicon: Lexicon,
               day: date) -> set[str]:  # fmt: skip
    """Categories whose words date something else: his arrival, this very year, a June that is past."""
    unfounded = set()
    for category in {"historical", "future"} & set(acting):
        span = acting[category]
        if span.start < cue[1] and cue[0] < span.end:
            continue  # "since they sacked him" dates the cue that it shares words with
        if _follows_arrival(text[: span.start], lexicon) or _begins_with_arrival(text[span.start : span.end], lexicon):
            unfounded.add(category)
    span = acting.get("historical")
    if span is not None and is_of_this_year(text[span.start : span.end], day):
        unfounded.add("historical")
    span = acting.get("future")
    if span is not None and any(d.age > 0 and d.start < span.end and span.start < d.end for d in dates):
        unfounded.add("future")
    return unfounded


def _begins_with_arrival(words: str, lexicon: Lexicon) -> bool:
    """Whether the words of a modifier tell a coming ("since June"); "two years since" tells how long ago one went."""
    return lexicon.arrival is not None and lexicon.arrival.match(words) is not None


def _follows_arrival(before: str, lexicon: Lexicon) -> bool:
    """Whether a date after `before` is that of a coming: "en poste depuis juin 2022"."""
    words = " ".join(before.split()[-ARRIVAL_WORDS:])
    return lexicon.arrival is not None and lexicon.arrival.search(words) is not None
