"""Stores of invented articles."""

import pandas as pd
import pytest

from analysis.schema import ARTICLES
from analysis.store import Store


def article(number: int = 1, **values: object) -> dict:
    """An invented article; `values` in place of its own."""
    usual = {
        "article_id": f"given-{number}",
        "published_at": pd.Timestamp("2024-12-01", tz="UTC") + pd.Timedelta(hours=number),
        "date_precision": "day", "lang": "en", "source": "Invented Post",
        "url": f"https://invented.example/{number}",
        "title": f"Mario Brenta of Invented Town under pressure, part {number}",
        "text": f"Invented Town manager Mario Brenta is under pressure after defeat number {number}.",
    }  # fmt: skip
    return {**usual, **values}


def frame(*articles: dict) -> pd.DataFrame:
    """ARTICLES and whatever more columns the articles have."""
    more = {key for row in articles for key in row} - set(ARTICLES.columns)
    rows = pd.DataFrame(list(articles))
    return ARTICLES.frame(list(articles)).assign(**{column: rows[column] for column in sorted(more)})


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "store")
