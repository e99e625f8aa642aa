"""gazetteer suggest: what is met often and not listed is proposed, with what speaks for it."""

import csv
import io

import pytest

from analysis.commands.registry import main
from analysis.suggest.review import COLUMNS, LONGEST_SENTENCE, shortened
from tests.suggest.conftest import CLUB, COACH, article


def suggest(capsys, *arguments: object) -> list[dict]:
    assert main(["gazetteer", "suggest", *map(str, arguments)]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def of(rows: list[dict], table: str) -> dict[str, dict]:
    return {row["coach"] or row["club"]: row for row in rows if row["table"] == table}


def test_a_coach_met_often_is_proposed_with_what_speaks_for_him(capsys, lines):
    row = of(suggest(capsys, lines(*map(article, range(1, 6)))), "coaches.csv")[COACH]
    assert (row["articles"], row["sources"]) == ("5", "2")
    assert (row["first_day"], row["last_day"]) == ("2024-12-01", "2024-12-05")
    assert row["source_names"] == "Gazzetta finta 1; Gazzetta finta 0"
    assert row["gender"] == "men"
    assert "rischia l'esonero" in row["sentence_1"]
    assert len({row[f"sentence_{number}"] for number in (1, 2, 3)} - {""}) == 3


def test_a_club_met_often_is_proposed(capsys, lines):
    row = of(suggest(capsys, lines(*map(article, range(1, 6)))), "clubs.csv")[CLUB]
    assert (row["kind"], row["country"], row["articles"]) == ("club", "", "5")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("it", "L'allenatore del Borgo rischia l'esonero."),
        ("en", "The Borgo manager is under pressure."),
        ("en", "Pressure mounts on the coach of Borgo after another defeat."),
        ("es", "El entrenador del Borgo está en la cuerda floja."),
        ("fr", "L'entraîneur de Borgo est sur la sellette."),
        ("de", "Der Trainer von Borgo steht unter Druck."),
        ("pt", "O treinador do Borgo está na corda bamba."),
    ],
)
def test_a_name_beside_a_role_is_a_club(capsys, lines, lang, text):
    articles = [article(number, lang=lang, title="", text=f"{text} {number}.") for number in range(1, 4)]
    assert "Borgo" in of(suggest(capsys, lines(*articles)), "clubs.csv")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Pep Guardiola was named manager of the Month. Every month, month by month, the month."),
        ("it", "L'allenatore della Serie A più pagato."),
        ("it", "L'allenatore del Milan rischia l'esonero."),
        ("pt", "Siga o jogo no Tempo Real."),
    ],
)
def test_what_is_listed_or_an_ordinary_word_is_no_new_club(capsys, lines, lang, text):
    articles = [article(number, lang=lang, title="", text=f"{text} {number}.") for number in range(1, 4)]
    assert not of(suggest(capsys, lines(*articles)), "clubs.csv")


@pytest.mark.parametrize(
    ("text", "is_coach"),
    [
        ("Il tecnico Mario Brenta ha parlato prima della gara con il Milan.", True),
        ("Ha parlato Mario Brenta, allenatore del Milan.", True),
        ("Mario Brenta del Milan ha segnato due gol alla Roma.", False),
        ("Mario Brenta resterà alla Juventus, dice il presidente: ha firmato il rinnovo del contratto.", False),
        ("I convocati: Mario Brenta (Milan), Luca Prado (Roma).", False),
    ],
)
def test_only_who_is_called_coach_or_in_a_stage_is_proposed(capsys, lines, text, is_coach):
    rows = suggest(capsys, lines(*(article(number, title="", text=f"{text} {number}.") for number in range(1, 4))))
    assert (COACH in of(rows, "coaches.csv")) == is_coach


def test_a_listed_coach_is_not_proposed(capsys, lines):
    text = "Carlo Ancelotti rischia l'esonero al Real Madrid: l'allenatore è sulla graticola."
    assert not suggest(capsys, lines(*(article(number, title="", text=text) for number in range(1, 4))))


def test_the_least_count_is_a_choice(capsys, lines):
    path = lines(article(1), article(2))
    assert not suggest(capsys, path)
    assert COACH in of(suggest(capsys, path, "--least", 2), "coaches.csv")


def test_a_name_like_a_listed_one_is_proposed_as_its_alias_too(capsys, lines):
    text = "Carlo Ancelloti rischia l'esonero: l'allenatore Carlo Ancelloti è sulla graticola."
    rows = suggest(capsys, lines(*(article(number, title="", text=f"{text} {number}.") for number in range(1, 4))))
    alias = next(row for row in rows if row["table"] == "coach_aliases.csv")
    assert (alias["alias"], alias["coach"]) == ("Carlo Ancelloti", "Carlo Ancelotti")
    assert alias["near"] == "Carlo Ancelotti (93)"
    assert of(rows, "coaches.csv")["Carlo Ancelloti"]["near"] == alias["near"]


def test_a_bare_surname_counts_for_the_one_full_name_that_has_it(capsys, lines):
    bare = [article(number, title="", text="Il tecnico Brenta rischia l'esonero.") for number in (4, 5)]
    rows = of(suggest(capsys, lines(*map(article, (1, 2, 3)), *bare)), "coaches.csv")
    assert list(rows) == [COACH]
    assert rows[COACH]["articles"] == "5"


def test_the_store_is_read_where_no_file_is_given(capsys, lines, tmp_path):
    main(["add", str(lines(*map(article, range(1, 4)))), "--store", str(tmp_path / "store")])
    capsys.readouterr()
    assert COACH in of(suggest(capsys, "--store", tmp_path / "store"), "coaches.csv")


def test_hostile_words_stay_text(capsys, lines):
    text = "=HYPERLINK(1) Mario Brenta rischia l'esonero\x00: l'allenatore è sulla graticola"
    rows = suggest(capsys, lines(*(article(number, title="", text=f"{text} {number}.") for number in range(1, 4))))
    cells = [cell for row in rows for cell in row.values()]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith("=") or not cell.isprintable()]


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_read(capsys, lines, tmp_path):
    status = main(["gazetteer", "suggest", str(tmp_path / "missing.txt"), str(lines(*map(article, range(1, 4))))])
    printed = capsys.readouterr()
    assert (status, COACH in printed.out, "missing.txt" in printed.err) == (1, True, True)


def test_the_output_has_all_columns(tmp_path, lines):
    output = tmp_path / "review.csv"
    assert main(["gazetteer", "suggest", str(lines(*map(article, range(1, 4)))), "--output", str(output)]) == 0
    assert output.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS)


def test_a_long_sentence_is_cut_around_its_place():
    sentence = "a " * 1000 + "NAME" + " b" * 1000
    assert "NAME" in shortened(sentence, 2000)
    assert len(shortened(sentence, 2000)) <= LONGEST_SENTENCE + 2
