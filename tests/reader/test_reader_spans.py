"""Every span the reader gives is the text at its offsets, for any Unicode."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reader import read

SENTENCES = {
    "it": "L’allenatore Mario Brenta è stato esonerato dal Parma.",
    "es": "El técnico Mario Brenta fue destituido por el Valencia.",
    "en": "Hull City have sacked manager Tom Ashdown.",
    "fr": "L’entraîneur Luc Ferrand a été limogé par Nantes.",
    "de": "Der VfL Bochum hat Trainer Jörg Harms entlassen.",
    "pt": "O treinador Paulo Ventura foi demitido do Grêmio.",
}


def spans(reading: dict) -> list[dict]:
    """All spans of a reading."""
    chains = [link for coach in reading["coaches"] for link in coach["chain"]]
    edges = [edge["evidence"] for edge in reading["relations"]]
    return [*reading["evidence"], *reading["cause_evidence"], *reading["marks"], *chains, *edges]


def assert_spans_hold(article: dict) -> dict:
    reading = read(article)
    for span in spans(reading):
        assert span["text"] == article[span["field"]][span["start"] : span["end"]]
    return reading


@pytest.mark.parametrize("lang", SENTENCES)
def test_a_plain_dismissal_is_read_with_its_words(lang):
    reading = assert_spans_hold({"id": "a", "lang": lang, "title": "", "text": SENTENCES[lang]})
    assert [coach["stage"] for coach in reading["coaches"]] == ["dismissed"]
    assert reading["evidence"]


@settings(max_examples=60, deadline=None)
@given(before=st.text(max_size=60), after=st.text(max_size=60), lang=st.sampled_from(sorted(SENTENCES)))
def test_spans_hold_inside_any_text(before, after, lang):
    text = f"{before}\n{SENTENCES[lang]}\n{after}"
    assert_spans_hold({"id": "a", "lang": lang, "title": before, "text": text})


@pytest.mark.parametrize("lang", SENTENCES)
def test_spans_hold_in_decomposed_text(lang):
    text = "Ça va où? è é ü. " + SENTENCES[lang]
    reading = assert_spans_hold({"id": "a", "lang": lang, "title": "", "text": unicodedata.normalize("NFD", text)})
    assert reading["coaches"][0]["stage"] == "dismissed"


@pytest.mark.parametrize("lang", SENTENCES)
def test_capitals_throughout_are_read_too(lang):
    reading = assert_spans_hold({"id": "a", "lang": lang, "title": SENTENCES[lang].upper(), "text": ""})
    assert [coach["stage"] for coach in reading["coaches"]] == ["dismissed"]
