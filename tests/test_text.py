"""Folding keeps offsets, sentences keep abbreviations, languages are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import identify_language
from analysis.text import compose, fold, sentences


@given(st.text())
def test_folding_gives_one_code_point_for_one(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’ESONERO", "l'esonero"),
        ("Perché São Paulo", "perche sao paulo"),
        ("Nuri Şahin", "nuri sahin"),
        ("Solskjær", "solskjar"),
        ("Großer Straße", "groser strase"),
        ("«weiter»", '"weiter"'),
        ("1. FC Köln", "1. fc koln"),
    ],
)
def test_folding_removes_case_accents_and_fancy_marks(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_composing_maps_every_position_back_into_the_text(text):
    composed, offsets = compose(text)
    if offsets is None:
        assert composed == text
        return
    assert len(offsets) == len(composed) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


def test_a_decomposed_accent_maps_to_the_whole_letter():
    composed, offsets = compose("e\u0301 o\u0300")
    assert composed == "é ò"
    assert offsets == [0, 2, 3, 5]


@given(st.text(alphabet=st.sampled_from("aB .!?\n\"'«»1é")))
def test_sentences_lie_in_order_inside_the_text_and_lose_no_word(text):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
    kept = "".join(text[start:end] for start, end in spans)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Il Sig. Rossi resta. Lo ha detto il club.", 2),
        ("Der 1. FC Köln trennt sich vom Trainer. Das Aus kam am 6. Dezember.", 2),
        ("Sp. Braga perde. O técnico fica.", 2),
        ("Ultimatum! Will he go? Nobody knows…", 3),
        ("Zeile eins\nZeile zwei", 2),
        ("J. R. Smith was sacked.", 1),
    ],
)
def test_sentences_end_where_a_reader_says_so(text, count):
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Il tecnico rischia l'esonero dopo la terza sconfitta consecutiva in campionato.", "it"),
        ("El entrenador se juega el puesto el domingo ante su afición en un partido decisivo.", "es"),
        ("The manager is fighting to save his job after a third straight defeat.", "en"),
        ("L'entraîneur est sur un siège éjectable après cette nouvelle défaite à domicile.", "fr"),
        ("Der Trainer steht nach der dritten Niederlage in Folge vor dem Aus.", "de"),
        ("O treinador foi demitido depois da terceira derrota seguida no campeonato.", "pt"),
        ("De trainer staat onder druk na de derde nederlaag op rij van zijn ploeg.", "nl"),
        ("Trener stracił pracę po trzeciej porażce z rzędu w lidze polskiej.", "pl"),
        ("Teknik direktör üst üste gelen üçüncü yenilgiden sonra görevinden alındı.", "tr"),
    ],
)
def test_languages_in_and_outside_the_six_are_identified(text, lang):
    assert identify_language(text) == lang


def test_a_hint_decides_where_the_text_is_too_short_to_tell():
    assert identify_language("Motta via", "it") == "it"
