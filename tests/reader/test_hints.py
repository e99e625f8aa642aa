"""Words that together sound like an alarm: weighed, and a claim where no cue speaks. Texts are invented."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.claims.hints import BIAS, SOUNDS, STAGES, load_hints
from analysis.reader import read, told
from analysis.text import LANGUAGES

ARTICLE = {
    "lang": "en",
    "date": "2023-10-02",
    "title": "Stockport County at home",
    "text": "Manager Derek Marlowe spoke to reporters on Friday. He was calm. Stockport County play Barrow tomorrow.",
}


def articles(name: str) -> list[dict]:
    lines = (Path(__file__).parents[1] / "data" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def words(number: int) -> frozenset[str]:
    return [row for row in told(ARTICLE) if row[1] == "text"][number][4]


def test_a_sentence_is_told_of_him_whom_it_names():
    assert told(ARTICLE)[0][:2] == ("Derek Marlowe", "text")
    assert {"HIM", "HIM spoke", "spoke to"} <= words(0)


def test_a_sentence_that_names_nobody_is_told_of_him_who_was_named_before():
    assert {"he", "was calm"} <= words(1) and "HIM" not in words(1)


def test_names_stand_as_what_they_are():
    assert {"CLUB", "CLUB play"} <= words(2)
    assert not any("stockp" in word for word in words(2))


def test_the_head_of_a_text_is_marked():
    assert "(FIRST)" in words(0) and "(FIRST)" not in words(1)


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_every_language_has_a_weight_of_every_word_for_every_stage(lang):
    hints = load_hints()[lang]
    assert hints.values.shape == (len(hints.rows), len(SOUNDS)) and len(SOUNDS) == len(STAGES) + 1
    assert BIAS in hints.rows and np.isfinite(hints.values).all()


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_sentences_that_carry_the_evidence_sound_louder_than_the_others(lang):
    hints, loud, quiet = load_hints()[lang], [], []
    for article in articles(f"long_{lang}.jsonl"):
        spans = [(row["start"], row["end"]) for row in article["evidence"]]
        for _, field, start, end, of_sentence in told(article):
            holds = field == "text" and any(first < end and last > start for first, last in spans)
            (loud if holds else quiet).append(hints.of(of_sentence)[0])
    assert np.mean(loud) > np.mean(quiet) + 1


def test_what_no_weight_knows_adds_nothing():
    hints = load_hints()["en"]
    assert hints.of({"zyzzyva"}) == pytest.approx(hints.of({"quixotry"}))


def test_where_a_cue_speaks_no_hint_is_needed():
    text = "Stockport County have sacked manager Derek Marlowe. The board met on Monday night. A successor is sought."
    coach = read({**ARTICLE, "text": text})["coaches"][0]
    assert coach["stage"] == "dismissed"
    assert all(link["cue"] != "(hint)" for link in coach["chain"])


def test_a_hint_that_stands_says_so_in_the_chain():
    found = (coach for row in articles("training_en.jsonl")[:200] for coach in read(row)["coaches"])
    hinted = [link for coach in found for link in coach["chain"] if link["cue"] == "(hint)"]
    assert hinted
    assert all(link["why"] in ("hint", "background") and link["likelihood"] is not None for link in hinted)
