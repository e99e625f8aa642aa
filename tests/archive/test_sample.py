"""The bundled season claims nothing beyond its facts, and says what it is."""

import re
from collections import Counter

import pandas as pd
import pytest

from analysis.archive import OPENING_DAY, SAMPLE, load_season, read_briefs
from analysis.archive.season import SCHEMAS, keep_frames, kept_frames
from analysis.text import LANGUAGES, fold

BRIEFS = read_briefs()
FACTS = pd.read_csv(SAMPLE / "facts_2024_25.csv", parse_dates=["date"])
DESKS = {"Banco di prova", "Mesa de muestra", "Sample Desk", "Bureau d'essai", "Probetisch", "Mesa de teste"}
SCORE = re.compile(r"(?<![\d-])(\d{1,2}) ?(?:[-:–]|a|à) ?(\d{1,2})(?![\d-])")
briefs = pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief["id"])


def rows(brief: dict) -> pd.DataFrame:
    """The facts a brief rests on; they are numbered from 1."""
    return FACTS.iloc[[number - 1 for number in brief["facts"]]]


def test_there_are_enough_briefs_in_every_language():
    counts = Counter(brief["lang"] for brief in BRIEFS)
    assert len(BRIEFS) >= 240
    assert all(counts[lang] >= 30 for lang in LANGUAGES)
    assert len({brief["id"] for brief in BRIEFS}) == len(BRIEFS)


@briefs
def test_a_brief_is_forty_to_ninety_words_by_a_desk_of_the_demonstration(brief):
    assert 40 <= len(brief["text"].split()) <= 90
    assert brief["source"].split(" - ")[0] in DESKS
    assert brief["url"] == ""


@briefs
def test_a_brief_rests_on_checked_facts_that_were_known_that_day(brief):
    facts = rows(brief)
    day = pd.Timestamp(brief["date"])
    assert len(facts)
    assert set(facts["verified"]) == {"yes"}
    assert (facts["date"] <= day).all()
    assert (day - facts["date"].max()).days <= 2


@briefs
def test_a_brief_names_the_coaches_of_its_facts(brief):
    words = fold(f"{brief['title']} {brief['text']}").replace("-", " ")
    for coach in rows(brief)["coach"]:
        assert fold(coach).replace("-", " ").split()[-1] in words


@briefs
def test_every_score_in_a_brief_stands_in_its_facts(brief):
    known = {frozenset(pair) for fact in rows(brief)["fact"] for pair in SCORE.findall(fact)}
    for pair in SCORE.findall(brief["text"]):
        assert frozenset(pair) in known


def test_no_fact_is_told_more_than_three_times_while_it_is_news():
    told = Counter(
        number
        for brief in BRIEFS
        for number in brief["facts"]
        if (pd.Timestamp(brief["date"]) - FACTS["date"].iloc[number - 1]).days <= 2
    )
    assert max(told.values()) <= 3


def test_the_season_is_read_and_marked_as_a_demonstration():
    season = load_season()
    assert season.is_demonstration
    assert set(season.claims["lang"]) == set(LANGUAGES)
    ancelotti = season.claims[season.claims["coach"] == "Carlo Ancelotti"]
    week = ancelotti[
        (ancelotti["published_at"] <= OPENING_DAY) & (ancelotti["published_at"] > OPENING_DAY - pd.Timedelta(days=9))
    ]
    assert "risk" in set(week["direction"])


def test_what_is_kept_of_the_season_was_read_with_today_s_reader():
    kept = kept_frames(SAMPLE)
    assert kept is not None, "the reader or its vocabulary has changed; run: make season"
    anew = load_season(is_read_anew=True).frames
    for name in SCHEMAS:
        pd.testing.assert_frame_equal(getattr(kept, name), getattr(anew, name))


def test_nothing_is_kept_of_a_season_whose_briefs_changed(tmp_path):
    for path in SAMPLE.glob("briefs_*.jsonl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    keep_frames(tmp_path, load_season().frames)
    assert kept_frames(tmp_path) is not None
    next(tmp_path.glob("briefs_it*.jsonl")).write_text("", encoding="utf-8")
    assert kept_frames(tmp_path) is None
