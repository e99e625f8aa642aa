"""TextBlob speaks of English tone only, and its own interface carries our reading."""

import sys
from types import SimpleNamespace

import nltk
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textblob import Blobber, TextBlob

from analysis.schema import LANGUAGES
from analysis.tone import CoachSecurity, JobSecurity, JobSecurityAnalyzer, tone

ANN = {"name": "Ann", "club": "Club A", "stage": "speculation", "risk": 1, "direction": "risk", "confidence": 0.9}
BOB = {"name": "Bob", "club": None, "stage": "reassured", "risk": 1, "direction": "reassurance", "confidence": 1.0}
EVE = {"name": "Eve", "club": "Club E", "stage": "dismissed", "risk": 4, "direction": "left", "confidence": 0.7}
KAY = {"name": "Kay", "club": "Club K", "stage": "succession", "risk": 4, "direction": "risk", "confidence": 0.8}


@pytest.fixture
def asked(monkeypatch):
    """The articles that the reader was given; its answer is `asked.reading`."""
    seen = SimpleNamespace(articles=[], reading={"coaches": []})

    def read(article: dict) -> dict:
        seen.articles.append(article)
        return seen.reading

    monkeypatch.setitem(sys.modules, "analysis.reader", SimpleNamespace(read=read))
    return seen


def test_english_tone_is_textblobs_with_the_words_that_made_it():
    heard = tone("A wonderful win for a terrible team", "en")
    plain = TextBlob("A wonderful win for a terrible team").sentiment
    assert (heard.polarity, heard.subjectivity) == (plain.polarity, plain.subjectivity)
    assert [(word, polarity > 0) for word, polarity, _ in heard.words] == [
        ("wonderful", True),
        ("win", True),
        ("terrible", False),
    ]


def test_textblob_hears_praise_in_a_clubs_name_and_nothing_in_sacked():
    assert [word for word, *_ in tone("Real Madrid sacked the coach", "en").words] == ["real"]


@pytest.mark.parametrize(
    "lang", [*(lang for lang in LANGUAGES if lang != "en"), "nl", "", None, "und", "eng-ish", "enm"]
)
def test_no_other_language_is_given_textblobs_polarity(lang):
    assert tone("A wonderful win", lang) is None


@pytest.mark.parametrize("lang", ["en", "EN", "en-GB", "en_US"])
def test_every_english_is_english(lang):
    assert tone("A wonderful win", lang).polarity > 0


@given(st.text())
def test_any_text_has_a_tone(text):
    heard = tone(text, "en")
    assert -1 <= heard.polarity <= 1
    assert 0 <= heard.subjectivity <= 1


def test_no_corpus_is_needed_or_asked_for(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("NLTK data was asked for")

    monkeypatch.setattr(nltk, "download", refuse)
    monkeypatch.setattr(nltk.data, "find", refuse)
    assert tone("A wonderful win. And another one.", "en").polarity > 0


def test_the_analyzer_answers_with_the_coach_at_highest_risk(asked):
    asked.reading = {"coaches": [ANN, BOB, EVE, KAY]}
    found = TextBlob("words", analyzer=JobSecurityAnalyzer()).sentiment
    assert isinstance(found, JobSecurity)
    assert found[:6] == ("Eve", "Club E", "dismissed", "left", 4, 0.7)
    assert [coach.coach for coach in found.coaches] == ["Eve", "Kay", "Ann", "Bob"]
    assert found.coaches[3] == CoachSecurity("Bob", "", "reassured", "reassurance", 1, 1.0)


def test_a_text_without_coaches_is_neutral(asked):
    assert TextBlob("words", analyzer=JobSecurityAnalyzer()).sentiment == ("", "", "none", "neutral", 0, 0.0, ())


def test_a_language_outside_the_six_is_unscored_not_zero(asked):
    asked.reading = {"coaches": [], "unscored": True}
    assert TextBlob("woorden", analyzer=JobSecurityAnalyzer()).sentiment == ("", "", None, None, None, None, ())


def test_the_reader_gets_the_text_as_it_is_and_the_hints(asked):
    blobber = Blobber(analyzer=JobSecurityAnalyzer(lang="it", date="2024-12"))
    assert blobber("  Testo ").sentiment.stage == "none"
    (article,) = asked.articles
    assert (article["text"], article["lang"], article["date"]) == ("  Testo ", "it", "2024-12")


def test_textblobs_assessments_pass_the_analyzer_too(asked):
    assert TextBlob("words", analyzer=JobSecurityAnalyzer()).sentiment_assessments.stage == "none"


def test_polarity_passes_over_any_analyzer(asked):
    # A fact of TextBlob that the documentation warns of; should it change, so must the warning.
    assert (
        TextBlob("A wonderful win", analyzer=JobSecurityAnalyzer()).polarity == tone("A wonderful win", "en").polarity
    )
    assert not asked.articles


@pytest.mark.parametrize(
    ("text", "stage", "direction"),
    [
        ("The club have sacked manager Graham Potter after a run of heavy defeats.", "dismissed", "left"),
        ("Il Milan ha esonerato l'allenatore Paulo Fonseca dopo la sconfitta in casa.", "dismissed", "left"),
    ],
)
def test_the_real_reader_answers_behind_textblobs_interface(text, stage, direction):
    found = TextBlob(text, analyzer=JobSecurityAnalyzer()).sentiment
    assert (found.stage, found.direction, found.risk) == (stage, direction, 4)
