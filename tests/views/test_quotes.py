"""A span is shown in the sentence it stands in."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.views.quotes import MOST, in_sentences, sentence


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("One. Two is here. Three.", "Two", "Two is here."),
        ("He lost. Is he safe? Nobody knows.", "safe", "Is he safe?"),
        ("Against 1. FC Nürnberg he won. Then he left.", "won", "Against 1. FC Nürnberg he won."),
        ("J. Mourinho left. He did.", "left", "J. Mourinho left."),
        ("A headline\nThe text goes on", "text", "The text goes on"),
        ("No stop at the end", "stop", "No stop at the end"),
    ],
)
def test_the_sentence_around_a_span_is_found(text, words, whole):
    start = text.index(words)
    assert sentence(text, start, start + len(words))[0] == whole


@given(st.text(max_size=900), st.integers(-5, 900), st.integers(0, 300))
def test_the_span_keeps_its_words_in_any_text(text, start, length):
    shown, first, last = sentence(text, start, start + length)
    low, high = max(0, min(start, len(text))), max(0, min(start + length, len(text)))
    assert shown[first:last].rstrip() == text[low:high].rstrip() or not text[low:high].strip()


def test_a_long_sentence_is_cut_around_the_span():
    text = "word " * 400 + "here " + "word " * 400
    start = text.index("here")
    shown, first, last = sentence(text, start, start + 4)
    assert len(shown) <= MOST + 4
    assert shown[first:last] == "here"


def test_spans_of_title_and_text_are_found_in_their_field():
    articles = pd.DataFrame(
        {"article_id": ["a"], "title": ["Brenta wobbles"], "text": ["First. He is in danger. Last."]}
    )
    spans = pd.DataFrame({"article_id": ["a", "a"], "field": ["title", "text"], "start": [7, 13], "end": [14, 22]})
    assert in_sentences(spans, articles)["sentence"].tolist() == ["Brenta wobbles", "He is in danger."]
