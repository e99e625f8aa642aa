"""Near-duplicates count once, and no later article changes what an earlier one was."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis.stories.stories
from analysis.index.parameters import Parameters
from analysis.schema import ARTICLES, STORIES, check
from analysis.stories import group_stories
from analysis.stories.shingles import wording
from analysis.stories.similar import jaccard
from analysis.text import fold

AGENCY = ("Real Madrid will decide on the future of Carlo Ancelotti after the match in Girona, the club's board met on "
          "Thursday evening and the president asked for calm while the dressing room stands by its coach")  # fmt: skip
OTHER = ("Paulo Fonseca said before the derby that he feels the trust of everybody at Milanello and that the owners "
         "have never spoken to him about anything but football and the next three points")  # fmt: skip


def article(number, text=AGENCY, day=0, title="", lang="en", dated=True):
    day = pd.Timestamp("2024-12-06", tz="UTC") + pd.Timedelta(days=day) if dated else pd.NaT
    return {"article_id": f"a{number}", "published_at": day, "date_precision": "day" if dated else "none",
            "lang": lang, "source": "", "url": "", "title": title, "text": text}  # fmt: skip


def stories(*articles):
    frame = check(group_stories(ARTICLES.frame(list(articles))), STORIES)
    assert list(frame["article_id"]) == [one["article_id"] for one in articles]
    return list(frame["story_id"])


def edited(text, *, drop=0):
    """The text as another desk would print it: some words less, another beginning."""
    return "Madrid, our correspondent. " + " ".join(text.split()[drop:])


def test_agency_copy_with_another_beginning_is_the_same_story():
    assert stories(article(1), article(2, edited(AGENCY)), article(3, OTHER)) == ["a1", "a1", "a3"]


def test_a_story_bears_the_id_of_its_earliest_article_whatever_the_order_of_rows():
    assert stories(article(1, day=2), article(2, edited(AGENCY)), article(3, OTHER)) == ["a2", "a2", "a3"]


@pytest.mark.parametrize(("days", "same"), [(0, True), (4, True), (5, False), (90, False)])
def test_similar_wording_tells_one_story_only_within_four_days(days, same):
    assert (stories(article(1), article(2, edited(AGENCY), days))[1] == "a1") is same


def test_the_very_same_text_is_the_same_story_whenever_it_is_printed_again():
    assert stories(article(1, title="One"), article(2, AGENCY.upper(), 300, title="Another")) == ["a1", "a1"]


def test_chains_of_similar_articles_grow_beyond_four_days():
    second, third = edited(AGENCY, drop=6), edited(AGENCY, drop=9)
    assert stories(article(1), article(2, second, 3), article(3, third, 6)) == ["a1", "a1", "a1"]


def test_a_story_printed_again_word_by_word_is_news_of_that_day():
    assert stories(article(1), article(2, day=4), article(3, edited(AGENCY), 8)) == ["a1", "a1", "a1"]


def test_a_later_article_does_not_join_stories_that_were_apart():
    half, rest = " ".join(AGENCY.split()[:20]), " ".join(AGENCY.split()[16:])
    assert stories(article(1, half), article(2, rest)) == ["a1", "a2"]
    assert stories(article(1, half), article(2, rest), article(3, AGENCY, 1)) == ["a1", "a2", "a1"]


def test_the_same_words_in_another_language_are_another_story():
    assert stories(article(1), article(2, edited(AGENCY), lang="it")) == ["a1", "a2"]


def test_titles_alone_are_compared_where_there_is_no_text():
    title = "Ancelotti under pressure at Real Madrid"
    assert stories(article(1, "", title=title), article(2, "", title=title), article(3, "", 30, title)) == [
        "a1", "a1", "a3"]  # fmt: skip


def test_undated_articles_repeat_others_only_by_the_same_text():
    assert stories(article(1), article(2, dated=False), article(3, edited(AGENCY), dated=False)) == ["a1", "a1", "a3"]


def test_empty_articles_are_stories_of_their_own():
    assert stories(article(1, ""), article(2, "")) == ["a1", "a2"]
    assert group_stories(ARTICLES.empty()).empty


def test_texts_of_no_words_are_no_repeats_of_each_other():
    assert stories(article(1, "..."), article(2, "", title="A title"), article(3, "…")) == ["a1", "a2", "a3"]


TEXTS = ["L'ESONERO: «perché?»", "l esonero perche", "perché l'esonero", "", "...", "one", "one two", "two one",
         "日本 代表 監督", "日本 監督 代表", "a_b 1.FC St.Pauli", "𝒳 ultimatum 𝒳",
         "one two one two one two"]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3])
def test_numbers_of_shingles_are_as_good_as_the_shingles(size):
    told = wording([""] * len(TEXTS), TEXTS, size)
    numbers = [set(part.tolist()) for part in np.split(told.shingles, told.starts[1:-1])]
    plain = [shingles(text, size) for text in TEXTS]
    assert [len(each) for each in numbers] == [len(each) for each in plain]
    for left in range(len(TEXTS)):
        for right in range(len(TEXTS)):
            assert len(numbers[left] & numbers[right]) == len(plain[left] & plain[right])
            is_same = bool(told.whole[left]) and told.whole[left] == told.whole[right]
            assert is_same == (bool(words(TEXTS[left])) and words(TEXTS[left]) == words(TEXTS[right]))


def test_a_title_adds_shingles_and_not_to_the_text_itself():
    told = wording(["One two", "", "One"], ["three", "one two three", "two three"], 2)
    assert len({tuple(part) for part in np.split(told.shingles, told.starts[1:-1])}) == 1
    assert len(set(told.whole.tolist())) == 3


@pytest.mark.parametrize(
    ("left", "right", "expected"), [("a b", "a b", 1), ("a b c", "b c d", 1 / 3), ("a", "b", 0), ("", "", 0)]
)
def test_similarity_is_the_share_of_common_shingles(left, right, expected):
    told = wording(["", ""], [left, right], 2)
    assert jaccard(*np.split(told.shingles, told.starts[1:-1])) == pytest.approx(expected)
    assert similarity(shingles(left, 2), shingles(right, 2)) == pytest.approx(expected)


def words(text):
    return re.findall(r"\w+", fold(text))


def shingles(text, size):
    found = words(text)
    return {" ".join(found[at : at + size]) for at in range(max(1, len(found) - size + 1)) if found}


def similarity(left, right):
    return len(left & right) / len(left | right) if left | right else 0


WORDS = st.lists(st.sampled_from(["club", "coach", "board", "match", "fans", "talks", "crisis", "sack"]), min_size=1)


@pytest.mark.parametrize("part", [1, 40, 2_000_000])
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, st.integers(0, 8)), min_size=1, max_size=12), st.integers(0, 12))
def test_stories_agree_with_comparing_every_pair_and_grow_only_forwards(monkeypatch, part, texts, cut):
    monkeypatch.setattr(analysis.stories.stories, "_PART", part)
    articles = [article(f"{number:02}", " ".join(words), day) for number, (words, day) in enumerate(texts)]
    grouped = dict(zip((one["article_id"] for one in articles), stories(*articles), strict=True))
    ordered = sorted(articles, key=lambda one: (one["published_at"], one["article_id"]))
    assert grouped == by_every_pair(ordered)
    known = ordered[:cut]
    if known:
        assert stories(*known) == [grouped[one["article_id"]] for one in known]


def by_every_pair(ordered):
    story = {}
    for at, one in enumerate(ordered):
        earlier = ordered[:at]
        same = [other for other in earlier if other["text"] == one["text"]]
        near = [other for other in earlier if (one["published_at"] - other["published_at"]).days <= 4
                and similarity(shingles(f" {one['text']}", 3), shingles(f" {other['text']}", 3)) >= 0.5]  # fmt: skip
        found = (same or near)[:1]
        story[one["article_id"]] = story[found[0]["article_id"]] if found else one["article_id"]
    return story


EDITS = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["then", "so", "again"])), max_size=12)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([AGENCY, OTHER]), EDITS, st.integers(0, 6)), min_size=2, max_size=15))
def test_edited_copies_of_agency_news_agree_with_comparing_every_pair(copies):
    articles = [article(f"{number:02}", changed(text, edits), day) for number, (text, edits, day) in enumerate(copies)]
    ordered = sorted(articles, key=lambda one: (one["published_at"], one["article_id"]))
    assert dict(zip((one["article_id"] for one in articles), stories(*articles), strict=True)) == by_every_pair(ordered)


def changed(text, edits):
    told = text.split()
    for place, word in edits:
        told[place % len(told)] = word
    return " ".join(told)


def test_the_threshold_of_similarity_can_be_set():
    articles = ARTICLES.frame([article(1), article(2, edited(AGENCY))])
    assert list(group_stories(articles, Parameters(story_similarity=0.99))["story_id"]) == ["a1", "a2"]
