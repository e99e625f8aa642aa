"""What the pages pick out of the frames."""

import pandas as pd
import pytest

from analysis.schema import ARTICLES, CAUSE_EVIDENCE, CLAIMS, DIRECTION, EVIDENCE, INDEX, STORIES
from analysis.views import (
    behind,
    between,
    causes_of,
    coach_events,
    evidence_lines,
    hot_seats,
    movers,
    stories_of,
    until,
    with_quotes,
)


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


def ranked(**index: float) -> pd.DataFrame:
    return INDEX.frame(
        [
            {
                "date": day("2024-12-06"),
                "coach": coach,
                "club": "Milan",
                "index": value,
                "lower": 0,
                "upper": 9,
                "stories": 1,
                "stage": "pressure",
            }
            for coach, value in index.items()
        ]
    )


def claim(article: str, when: str, stage: str, coach: str = "Brenta", official: bool = False, lang: str = "it") -> dict:
    return {
        "article_id": article,
        "published_at": day(when),
        "date_precision": "day",
        "lang": lang,
        "source": article.upper(),
        "coach": coach,
        "club": "Milan",
        "stage": stage,
        "risk": 2,
        "direction": DIRECTION[stage],
        "confidence": 0.8,
        "official": official,
        "overruled": "",
    }


def world(claims: list[dict]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Claims, one piece of evidence for each that is no silence, and articles."""
    articles = [
        {
            "article_id": row["article_id"],
            "published_at": row["published_at"],
            "date_precision": "day",
            "lang": "it",
            "source": row["source"],
            "url": "",
            "title": f"Title {row['article_id']}",
            "text": "He may go. Yes.",
        }
        for row in claims
    ]
    evidence = [
        {
            "article_id": row["article_id"],
            "coach": row["coach"],
            "stage": row["stage"],
            "field": "text",
            "start": 3,
            "end": 9,
            "text": "may go",
        }
        for row in claims
        if row["stage"] != "none"
    ]
    return CLAIMS.frame(claims), EVIDENCE.frame(evidence), ARTICLES.frame(articles)


def test_the_day_itself_counts_and_the_next_one_does_not():
    claims, _, _ = world([claim("a", "2024-12-06T23:59", "pressure"), claim("b", "2024-12-07", "pressure")])
    assert until(claims, day("2024-12-06"))["article_id"].tolist() == ["a"]


def test_both_ends_of_a_stretch_of_days_count():
    claims, _, _ = world([claim(name, f"2024-12-0{number}", "pressure") for number, name in enumerate("abcd", 1)])
    assert between(claims, day("2024-12-02"), day("2024-12-03"))["article_id"].tolist() == ["b", "c"]


def test_the_hottest_comes_first_with_what_moved():
    table = hot_seats(ranked(Brenta=70, Ashdown=20), {7: ranked(Brenta=40)})
    assert table["coach"].tolist() == ["Brenta", "Ashdown"]
    assert table["change_7"].iloc[0] == 30


def test_a_spell_younger_than_the_days_has_no_change():
    assert hot_seats(ranked(Brenta=70), {7: ranked(Ashdown=20)})["change_7"].isna().all()


def test_the_largest_moves_come_first_and_small_ones_drop_out():
    table = hot_seats(ranked(Brenta=70, Ashdown=20, Ventura=5), {1: ranked(Brenta=60, Ashdown=50, Ventura=4.9)})
    assert movers(table, 1)["coach"].tolist() == ["Ashdown", "Brenta"]


def test_the_gravest_words_of_the_week_are_the_evidence():
    frames = world([claim("a", "2024-12-01", "ultimatum"), claim("b", "2024-12-05", "speculation")])
    assert evidence_lines(*frames, day("2024-12-06"))["article_id"].tolist() == ["a"]


def test_older_words_yield_to_those_of_the_week():
    frames = world([claim("a", "2024-11-20", "ultimatum"), claim("b", "2024-12-05", "speculation")])
    assert evidence_lines(*frames, day("2024-12-06"))["article_id"].tolist() == ["b"]


def test_of_equally_grave_words_those_in_the_readers_language_are_the_evidence():
    frames = world([claim("a", "2024-12-04", "pressure", lang="it"), claim("b", "2024-12-05", "pressure", lang="en")])
    assert evidence_lines(*frames, day("2024-12-06"), "it")["article_id"].tolist() == ["a"]
    assert evidence_lines(*frames, day("2024-12-06"), "en")["article_id"].tolist() == ["b"]


@pytest.mark.parametrize("graver", [{"stage": "ultimatum"}, {"stage": "dismissed", "official": True}])
def test_graver_words_and_a_confirmed_departure_need_no_language(graver):
    lesser = {**claim("b", "2024-12-05", "pressure", lang="it"), **({"stage": "dismissed"} if len(graver) > 1 else {})}
    frames = world([{**claim("a", "2024-12-04", "pressure", lang="en"), **graver}, lesser])
    assert evidence_lines(*frames, day("2024-12-06"), "it")["article_id"].tolist() == ["a"]


def test_old_words_are_no_newer_for_the_readers_language():
    frames = world([claim("a", "2024-11-20", "pressure", lang="it"), claim("b", "2024-11-25", "pressure", lang="en")])
    assert evidence_lines(*frames, day("2024-12-06"), "it")["article_id"].tolist() == ["b"]


def test_words_of_tomorrow_are_no_evidence_today():
    frames = world([claim("a", "2024-12-05", "speculation"), claim("b", "2024-12-07", "dismissed")])
    assert evidence_lines(*frames, day("2024-12-06"))["article_id"].tolist() == ["a"]


def test_words_of_months_ago_are_no_evidence():
    frames = world([claim("a", "2024-09-01", "ultimatum")])
    assert evidence_lines(*frames, day("2024-12-06")).empty


def told(claims: list[dict], pairs: dict[str, str] | None = None) -> pd.DataFrame:
    frame, evidence, articles = world(claims)
    stories = STORIES.frame([{"article_id": article, "story_id": story} for article, story in (pairs or {}).items()])
    return with_quotes(stories_of("Brenta", frame, articles, stories), evidence, articles)


def test_a_story_is_shown_once_with_its_repeats_and_the_words_marked():
    stories = told([claim("a", "2024-12-01", "pressure"), claim("b", "2024-12-02", "pressure")], {"a": "a", "b": "a"})
    assert stories[["article_id", "repeats"]].to_numpy().tolist() == [["a", 1]]
    assert stories["quotes"].iloc[0] == [("He may go.", [(3, 9)])]


def test_other_coaches_stories_stay_out():
    assert told([claim("a", "2024-12-01", "pressure", coach="Ashdown")]).empty


def test_the_weightiest_story_comes_first_and_backing_last():
    stories = told(
        [
            claim("a", "2024-12-01", "pressure"),
            claim("b", "2024-12-02", "ultimatum"),
            claim("c", "2024-12-03", "reassured"),
        ]
    )
    weights = pd.DataFrame({"story_id": ["a", "b"], "points": [5.0, 40.0]})
    assert behind(stories, weights, day("2024-12-06"))["article_id"].tolist() == ["b", "a", "c"]


def test_of_stories_of_one_weight_that_in_the_readers_language_comes_first():
    stories = told([claim("a", "2024-12-01", "pressure", lang="it"), claim("b", "2024-12-02", "pressure", lang="en")])
    weights = pd.DataFrame({"story_id": ["a", "b"], "points": [4.96, 5.04]})
    assert behind(stories, weights, day("2024-12-06"), "it")["article_id"].tolist() == ["a", "b"]
    assert behind(stories, weights, day("2024-12-06"), "en")["article_id"].tolist() == ["b", "a"]


def test_a_story_without_weight_is_not_behind_the_day():
    weights = pd.DataFrame({"story_id": ["a"], "points": [0.01]})
    assert behind(told([claim("a", "2024-12-01", "pressure")]), weights, day("2024-12-06")).empty


def test_a_cause_counts_once_a_story():
    rows = [
        {
            "article_id": article,
            "published_at": day("2024-12-01"),
            "coach": "Brenta",
            "cause": "results",
            "field": "text",
            "start": 0,
            "end": 2,
            "text": "He",
        }
        for article in "ab"
    ]
    stories = STORIES.frame([{"article_id": "a", "story_id": "a"}, {"article_id": "b", "story_id": "a"}])
    assert len(causes_of("Brenta", CAUSE_EVIDENCE.frame(rows), stories)) == 1


def test_events_are_matches_statements_ultimatums_and_departures():
    stories = told(
        [
            claim("a", "2024-12-01", "pressure"),
            claim("b", "2024-12-02", "ultimatum"),
            claim("c", "2024-12-03", "reassured", official=True),
            claim("d", "2024-12-04", "dismissed"),
        ]
    )
    matches = pd.DataFrame({"date": [day("2024-12-05")], "label": ["lost"]})
    assert coach_events(stories, matches)["kind"].tolist() == ["ultimatum", "statement", "departure", "match"]
