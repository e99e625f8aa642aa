"""What has been met of one name: articles, sources, days and sentences."""

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from analysis.suggest.review import SENTENCES

_SOURCES_SHOWN = 5


@dataclass
class Met:
    """Everything met under one folded name."""

    forms: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    sources: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)
    clubs: Counter[str] = field(default_factory=Counter)
    sentences: list[str] = field(default_factory=list)

    def add(self, form: str, article: dict, sentence: str = "", club: str = "") -> None:
        """Note `form` in `article` (a row of schema ARTICLES), with the sentence it stands in."""
        if article["article_id"] not in self.articles:
            self.articles.add(article["article_id"])
            self.sources[article["source"] or "(no source)"] += 1
            self.days |= {day} if (day := _day(article)) else set()
            self.clubs.update([club] if club else [])
            if sentence and sentence not in self.sentences and len(self.sentences) < SENTENCES:
                self.sentences.append(sentence)
        self.forms[form] += 1

    def join(self, other: "Met") -> None:
        """Take over what was met under a shorter form of the same name; the forms stay its own."""
        self.sources += Counter({name: 1 for name in other.sources if other.articles - self.articles})
        self.articles |= other.articles
        self.days |= other.days
        self.clubs += other.clubs
        self.sentences = list(dict.fromkeys([*self.sentences, *other.sentences]))[:SENTENCES]

    @property
    def name(self) -> str:
        """The form met most often; of equals the first in the alphabet."""
        return min(self.forms, key=lambda form: (-self.forms[form], form))

    def reasons(self) -> dict:
        """The cells of review.REASONS but for `near`."""
        days = sorted(self.days)
        told = {f"sentence_{number}": sentence for number, sentence in enumerate(self.sentences, 1)}
        return {"articles": len(self.articles), "sources": len(self.sources),
                "source_names": "; ".join(_most(self.sources)), "clubs": "; ".join(_most(self.clubs)),
                "first_day": days[0] if days else "", "last_day": days[-1] if days else "", **told}  # fmt: skip


def _most(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))[:_SOURCES_SHOWN]


def _day(article: dict) -> str:
    is_known = article["date_precision"] == "day" and not pd.isna(article["published_at"])
    return f"{article['published_at']:%Y-%m-%d}" if is_known else ""
