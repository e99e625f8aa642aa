"""The archive of a store as alerts and digests look at it: rankings by day, and the sentence behind each."""

from functools import cached_property, lru_cache

import pandas as pd

from analysis.alerts.message import Evidence
from analysis.archive import Archive
from analysis.days import timestamps
from analysis.gazetteer import load_gazetteer
from analysis.index import coach_series, ranking, without_interval
from analysis.index.ledger import Ledger, build_ledger, reported_gone
from analysis.index.standing import contributions
from analysis.picking import as_text, of_articles
from analysis.schema import DIRECTION
from analysis.stories import group_stories
from analysis.views import RECENT_DAYS, between, hot_seats
from analysis.views.quotes import in_sentences

_RANKINGS = 128
"""Days whose ranking is remembered: those looked back on, and as many before each."""


class Book:
    """What `archive` says up to the day number `last`. Days are numbers (analysis.days) throughout."""

    def __init__(self, archive: Archive, last: int):
        self.archive, self.last = archive, last
        self.seats = lru_cache(_RANKINGS)(self._seats)

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger up to `last`."""
        stories = group_stories(self.archive.articles) if self.archive.stories is None else self.archive.stories
        return build_ledger(self.archive.claims, stories, load_gazetteer().spells, as_of=_day(self.last))

    @cached_property
    def _quick(self) -> Ledger:
        return without_interval(self.ledger)

    def _seats(self, day: int) -> pd.DataFrame:
        """Rows of schema INDEX of all coaches in post on a day, the highest index first, without intervals."""
        return as_text(ranking(self._quick, _day(day)))

    def seats_with_change(self, day: int, days: int) -> pd.DataFrame:
        """`seats` with the points gained in so many days (column change_<days>; NaN for who was not in post then)."""
        return as_text(hot_seats(self.seats(day), {days: self.seats(day - days)}))

    def standing(self, coach: str, club: str, day: int) -> dict | None:
        """The coach's row of schema INDEX with its interval on a day; None where he had no post at the club then."""
        rows = coach_series(self.ledger, coach, _day(day), _day(day))
        rows = as_text(rows)
        rows = rows[(rows["club"] == club).to_numpy(dtype=bool)]
        return rows.iloc[0].to_dict() if len(rows) else None

    def is_confirmed(self, coach: str, stage: str, day: int) -> bool:
        """Whether what a stage says stands; a departure that nobody has confirmed on `day` does not."""
        return DIRECTION.get(stage) != "left" or coach not in set(reported_gone(self.ledger, _day(day))["coach"])

    @cached_property
    def destinations(self) -> pd.DataFrame:
        """Rows of schema RELATION_EDGES that name a club a coach may go to, by date, with their day number."""
        rows = self.archive.relations
        rows = as_text(rows[(rows["relation"] == "destination").to_numpy(dtype=bool)])
        dated = of_articles(self.archive.articles, rows["article_id"])
        sure = dated.loc[(dated["date_precision"] == "day").to_numpy(dtype=bool), "article_id"]
        rows = of_articles(rows, sure).dropna(subset="published_at").sort_values("published_at", kind="stable")
        days = (rows["published_at"].dt.normalize() - pd.Timestamp(0, tz="UTC")).dt.days
        rows = rows.assign(day=days.astype("int64"))
        return rows[rows["day"] <= self.last]

    def club_of(self, coach: str, day: int) -> str:
        """Where the coach was in post on a day; "" where nowhere."""
        seats = self.seats(day)
        clubs = seats.loc[(seats["coach"] == coach).to_numpy(dtype=bool), "club"]
        return clubs.iloc[0] if len(clubs) else ""

    def stage_evidence(self, coach: str, stage: str, day: int) -> Evidence | None:
        """The newest sentence of the last seven days that says the stage of the coach, a statement's before others."""
        claims = between(self.archive.claims, _day(day - RECENT_DAYS + 1), _day(day))
        said = as_text(claims[(claims["coach"] == coach).to_numpy() & (claims["stage"] == stage).to_numpy()])
        ordered = said.sort_values(["official", "published_at"], ascending=False, kind="stable")
        return self._first_quote(ordered["article_id"], coach, stage)

    def index_evidence(self, coach: str, club: str, day: int, since: int | None = None) -> Evidence | None:
        """A sentence of the story that weighs most in the coach's index (of those told since then)."""
        stories = contributions(self._quick, coach, _day(day), None if since is None else _day(since))
        stories = stories[(stories["club"] == club).to_numpy(dtype=bool)]
        return self._first_quote(stories["article_id"], coach)

    def _first_quote(self, article_ids: pd.Series, coach: str, stage: str = "") -> Evidence | None:
        """A sentence of the first of the articles that has one about the coach."""
        evidence = as_text(of_articles(self.archive.evidence, article_ids))
        evidence = evidence[(evidence["coach"] == coach).to_numpy(dtype=bool)]
        if stage:
            evidence = evidence[(evidence["stage"] == stage).to_numpy(dtype=bool)]
        rank = {article: place for place, article in reversed(list(enumerate(article_ids)))}
        ordered = evidence.assign(place=evidence["article_id"].map(rank), is_title=evidence["field"] == "title",
                                  length=evidence["start"] - evidence["end"])  # fmt: skip
        ordered = ordered.sort_values(["place", "is_title", "length"], kind="stable")
        return self.quoted(ordered.iloc[0]) if len(ordered) else None

    def quoted(self, span: pd.Series) -> Evidence:
        """The sentence around a span (article_id, field, start, end) with what is known of its article."""
        articles = as_text(of_articles(self.archive.articles, pd.Series([span["article_id"]])))
        sentence = in_sentences(pd.DataFrame([span]), articles)["sentence"].iloc[0]
        article = articles.iloc[0]
        day = "" if pd.isna(article["published_at"]) else article["published_at"].date().isoformat()
        return Evidence(sentence, article["title"], article["source"], day, article["lang"], article["url"])


def _day(number: int) -> pd.Timestamp:
    return timestamps([number])[0]
