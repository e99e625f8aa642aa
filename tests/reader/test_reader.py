"""What the reader says of invented reports, phenomenon by phenomenon. All texts are invented."""

import pytest

from analysis.reader import read


def reading(lang: str, text: str, day: str = "2024-12-06", title: str = "") -> dict:
    return read({"id": "invented", "lang": lang, "date": day, "title": title, "text": text})


def stages(lang: str, text: str, **kwargs) -> dict[str, str]:
    return {coach["name"]: coach["stage"] for coach in reading(lang, text, **kwargs)["coaches"]}


@pytest.mark.parametrize(
    ("lang", "text", "name", "stage"),
    [
        ("it", "Il tecnico del Milan rischia l'esonero.", "Paulo Fonseca", "pressure"),
        ("en", "The Milan coach has been sacked.", "Paulo Fonseca", "dismissed"),
        ("es", "El técnico del Milan ha sido destituido.", "Paulo Fonseca", "dismissed"),
    ],
)
def test_a_role_without_a_name_is_resolved_through_dated_spells(lang, text, name, stage):
    assert stages(lang, text) == {name: stage}


def test_long_after_the_spell_was_checked_the_role_stays_unresolved():
    found = reading("it", "Il tecnico del Milan rischia l'esonero.", day="2031-03-01")
    assert found["coaches"] == []
    assert [(row["club"], row["stage"]) for row in found["unresolved"]] == [("Milan", "pressure")]


def test_what_the_article_says_of_who_coaches_whom_wins_over_the_spells():
    text = "Mario Brenta, allenatore del Milan, rischia l'esonero. Il tecnico del Milan non parla."
    found = reading("it", text)["coaches"]
    assert [(coach["name"], coach["club"]) for coach in found] == [("Mario Brenta", "Milan")]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "The Oxford United manager Tom Ashdown has been sacked.", "Tom Ashdown"),
        ("de", "Trainer Jörg Harms wurde am Sonntag entlassen.", "Jörg Harms"),
        ("fr", "L'entraîneur Luc Ferrand a été limogé.", "Luc Ferrand"),
        ("pt", "O treinador Rui Falcato foi despedido.", "Rui Falcato"),
    ],
)
def test_a_coach_in_no_list_is_found_from_the_words_around_him(lang, text, name):
    assert stages(lang, text) == {name: "dismissed"}


@pytest.mark.parametrize(
    ("lang", "text", "stage"),
    [
        ("it", "Il tecnico Mario Brenta non è stato esonerato dal Parma.", "reassured"),
        ("it", "Il tecnico Mario Brenta potrebbe essere esonerato dal Parma.", "speculation"),
        ("it", "Il tecnico Mario Brenta fu esonerato dal Parma nel 2016.", "none"),
        ("en", "Manager Tom Ashdown was sacked by Hull City in 2016.", "none"),
        ("pt", "O treinador Rui Falcato pediu demissão do Farense.", "resigned"),
        ("pt", "O treinador Rui Falcato foi demitido do Farense.", "dismissed"),
        ("it", "Il Parma e il tecnico Mario Brenta hanno risolto consensualmente il contratto.", "left_mutual"),
    ],
)
def test_modality_history_and_the_one_who_acts_decide_the_stage(lang, text, stage):
    assert list(stages(lang, text).values()) == [stage]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("it", "Lo Spezia ha esonerato il preparatore atletico."),
        ("en", "The quarterback was sacked four times in the first half."),
        ("en", "The minister resigned on Friday before the cup final."),
        ("es", "El club ha destituido al preparador físico."),
    ],
)
def test_assistants_ministers_and_other_sports_raise_no_alarm(lang, text):
    assert not {coach["direction"] for coach in reading(lang, text)["coaches"]} & {"risk", "left"}


def test_each_coach_gets_his_own_stage():
    text = "Il Parma ha esonerato il tecnico Mario Brenta. Al suo posto il nuovo allenatore Carlo Masetti."
    found = stages("it", text)
    assert found["Mario Brenta"] == "dismissed"
    assert found["Carlo Masetti"] == "none"


def test_a_bare_noun_in_a_title_asserts_nothing_that_the_text_does_not():
    title = "Ancelotti e l'esonero che non dimentica"
    assert stages("it", "Carlo Ancelotti ha parlato ai tifosi.", title=title) == {"Carlo Ancelotti": "none"}


def test_a_title_alone_counts_where_there_is_no_text():
    title = "Ufficiale, il Parma ha esonerato il tecnico Mario Brenta"
    assert stages("it", "", title=title) == {"Mario Brenta": "dismissed"}


def test_every_cue_weighed_stands_in_the_chain_with_what_became_of_it():
    coach = reading("it", "Il tecnico Mario Brenta potrebbe essere esonerato dal Parma.")["coaches"][0]
    assert [(link["stage"], link["becomes"], link["why"]) for link in coach["chain"]] == [
        ("dismissed", "speculation", "possible")
    ]


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("Il tecnico del Parma Mario Brenta, ex Cosenza, rischia l'esonero.", ("Cosenza", "former")),
        ("Mario Brenta, tecnico del Parma, rischia l'esonero dopo il ko con il Lecce.", ("Lecce", "opponent")),
        ("Il Bari pensa al tecnico Mario Brenta.", ("Bari", "destination")),
    ],
)
def test_clubs_are_tied_by_relation(text, edge):
    assert edge in {(row["club"], row["relation"]) for row in reading("it", text)["relations"]}


@pytest.mark.parametrize("lang", ["nl", "pl", "tr"])
def test_a_language_outside_the_six_stays_unscored(lang):
    texts = {
        "nl": "De trainer staat onder druk na de derde nederlaag op rij van zijn ploeg in de competitie.",
        "pl": "Trener stracił pracę po trzeciej porażce z rzędu swojej drużyny w lidze polskiej.",
        "tr": "Teknik direktör üst üste gelen üçüncü yenilgiden sonra kulüpteki görevinden alındı.",
    }
    found = read({"id": "invented", "text": texts[lang]})
    assert found["unscored"] is True
    assert found["coaches"] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("it", "L'allenatore del Borgo Sansone è stato esonerato."),
        ("fr", "L'entraîneur du Stade Sansonnais a été limogé."),
    ],
)
def test_a_club_in_no_list_after_a_role_is_no_name(lang, text):
    assert read({"id": "a", "lang": lang, "text": text})["coaches"] == []


@pytest.mark.parametrize(
    ("lang", "text", "nobodys_opponent"),
    [
        ("it", "Il Parma ha esonerato Mario Brenta durante la sosta per le nazionali. Domani il raduno.", None),
    ],
)  # fmt: skip
def test_a_break_for_the_national_teams_is_nobody_s_match(lang, text, nobodys_opponent):
    edges = reading(lang, text, day="2025-04-30")["relations"]
    assert nobodys_opponent not in {edge["club"] for edge in edges if edge["relation"] != "employer"}
