"""Whose club is whose, and who meets whom, in invented reports."""

import pytest

from analysis.reader import read


def reading(lang: str, text: str, day: str = "2024-12-06", title: str = "") -> dict:
    return read({"id": "invented", "lang": lang, "date": day, "title": title, "text": text})


def edges(found: dict) -> set[tuple[str, str, str]]:
    return {(edge["coach"], edge["relation"], edge["club"]) for edge in found["relations"]}


def test_the_coaches_of_two_sides_in_one_report_meet():
    text = "Mario Brenta, allenatore del Parma, non cambia. Luca Sardi, allenatore del Lecce, ride."
    found = edges(reading("it", text))
    assert {("Mario Brenta", "opponent", "Lecce"), ("Luca Sardi", "opponent", "Parma")} <= found


def test_two_coaches_both_in_danger_are_a_round_up_and_no_match():
    text = "Il Parma ha esonerato il tecnico Mario Brenta. Il Lecce ha esonerato il tecnico Luca Sardi."
    assert not [edge for edge in edges(reading("it", text)) if edge[1] == "opponent"]


def test_a_coach_who_is_wanted_meets_nobody_at_the_club_that_wants_him():
    text = "Il Parma ha contattato il tecnico Mario Brenta. Mario Brenta, allenatore del Lecce, ride."
    assert ("Mario Brenta", "opponent", "Parma") not in edges(reading("it", text))


def test_the_club_that_opens_the_title_is_that_of_the_coach_in_focus():
    found = reading("it", "La società ha esonerato il tecnico Mario Brenta.", title="Lecce, si cambia")
    assert [(coach["name"], coach["club"]) for coach in found["coaches"]] == [("Mario Brenta", "Lecce")]


def test_a_spell_names_the_club_that_the_article_leaves_out():
    found = reading("it", "", day="2024-11-20", title="Paulo Fonseca rischia l'esonero")
    assert [(coach["name"], coach["club"]) for coach in found["coaches"]] == [("Paulo Fonseca", "Milan")]
    assert {row["evidence"]["text"] for row in found["relations"]} == {"Paulo Fonseca"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "En poste depuis juin 2022, l'entraîneur Luc Ferrand a été démis de ses fonctions."),
        ("it", "Arrivato nel luglio 2023, il tecnico Mario Brenta è stato esonerato dal Lecce."),
        ("en", "Manager Tom Ashdown, appointed in June 2023, has been sacked by Hull City."),
    ],
)
def test_the_day_on_which_he_came_does_not_make_his_sacking_old(lang, text):
    assert [coach["stage"] for coach in reading(lang, text)["coaches"]] == ["dismissed"]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("it", "Il Cesena ha esonerato il tecnico Domenico Toscano.", "Domenico Toscano"),
        ("it", "La Torres ha esonerato il tecnico Alfonso Greco.", "Alfonso Greco"),
    ],
)
def test_a_surname_that_is_also_a_demonym_stays_a_surname(lang, text, name):
    assert [coach["name"] for coach in reading(lang, text)["coaches"]] == [name]


def test_the_given_name_of_another_man_is_no_coach():
    text = "Michel Bertrand, le président, a limogé l'entraîneur Luc Ferrand."
    assert [coach["name"] for coach in reading("fr", text)["coaches"]] == ["Luc Ferrand"]


def test_a_sentence_about_a_minister_dismisses_no_coach():
    text = "L'entraîneur Luc Ferrand prépare Laval. Un ministre a été limogé."
    assert [coach["stage"] for coach in reading("fr", text)["coaches"]] == ["none"]


def test_a_player_who_leaves_in_a_headline_is_no_coach():
    assert reading("fr", "", title="Mercato : Martin Delorme quitte le PSG et rejoint Nantes")["coaches"] == []
