"""Read an article: the way from words to stage, beside TextBlob, with nothing stored and nothing smuggled in."""

from dataclasses import replace

import pytest

from pages import local
from tests.pages.conftest import ATTACK, build_archive, said

SACKED = "Everton have sacked manager Tom Ashdown after a 3-0 defeat by Fulham, the club announced on Monday."
UNTER_DRUCK = "Trainer Lena Harms steht beim FC Bayern nach drei Niederlagen in Folge unter Druck."
DUTCH = "De trainer van Ajax ligt onder vuur na de nederlaag van zondag, en het bestuur vergadert vanavond over hem."


@pytest.fixture
def read(open_page):
    """Paste a text, with a title and a date, and submit it."""

    def read_it(text: str, title: str = "", date: str = "", **query: object):
        app = open_page("read_article", **query)
        app.text_area(key="text").set_value(text)
        app.text_input(key="title").set_value(title)
        app.text_input(key="date").set_value(date)
        return next(button for button in app.button if button.label in ("Read it", "Leggi")).click().run()

    return read_it


def test_before_anything_is_given_the_page_says_what_it_does(open_page):
    assert "Paste an article or upload a file" in said(open_page("read_article"))


def test_a_pasted_article_is_marked_and_its_verdict_explained(read):
    page = said(read(SACKED))
    assert "<mark" in page
    assert "<strong>Tom Ashdown</strong>, Everton" in page
    assert "dismissed" in page
    assert "risk 4 of 4" in page


def test_english_has_textblobs_word_beside_it(read):
    page = said(read(SACKED))
    assert "polarity" in page
    assert "subjectivity" in page


@pytest.mark.parametrize("text", [UNTER_DRUCK, "Il tecnico Mario Brenta rischia l'esonero dal Milan dopo il derby."])
def test_no_other_language_is_given_textblobs_polarity(read, text):
    page = said(read(text))
    assert "polarity -" not in page and "polarity 0" not in page
    assert "its polarity here would be chance" in page


def test_a_language_outside_the_six_is_unscored_and_said_to_be(read):
    page = said(read(DUTCH))
    assert "Dutch" in page
    assert "leaves the others unscored" in page


def test_an_article_without_a_coach_says_so(read):
    assert "No coach of a senior football team" in said(
        read("The council approved a new bridge over the river on Monday.")
    )


@pytest.mark.parametrize("title", ["", ATTACK])
def test_what_an_article_smuggles_stays_text(read, title):
    page = said(read(f"{ATTACK} {SACKED}", title))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("date", ["yesterday", "0000-01-01", "9999-99-99"])
def test_a_date_that_is_none_is_said_and_the_article_read_all_the_same(read, date):
    app = read(SACKED, date=date)
    assert not app.exception
    assert "Tom Ashdown" in said(app)
    assert any("date" in caption.value for caption in app.caption)


def test_an_example_of_the_season_is_one_click_away(open_page):
    app = open_page("read_article")
    next(button for button in app.button if "example" in button.label).click().run()
    assert not app.exception
    assert app.text_area(key="text").value.startswith("Number")


def test_the_reading_can_be_taken_away_as_json_and_csv(read):
    app = read(SACKED)
    assert [button.label for button in app.get("download_button")] == ["Download as JSON", "Download as CSV"]


def test_the_page_explains_itself_in_italian(read):
    page = said(read(SACKED, ui="it"))
    assert "rischio 4 su 4" in page
    assert "esonero" in page


def upload(app, *files: tuple[str, bytes]):
    app.file_uploader[0].set_value([(name, data, "application/octet-stream") for name, data in files])
    return app.run()


LINES = b'{"text": "Il Milan ha esonerato il tecnico Mario Brenta."}\nnot json\n{"title": "", "text": ""}\n'


def test_many_articles_are_read_with_a_verdict_table_and_bad_rows_named(open_page):
    second = b'{"text": "Everton have sacked manager Tom Ashdown."}\n'
    app = upload(open_page("read_article"), ("news.jsonl", LINES + second))
    assert app.dataframe[0].value["coach"].tolist() == ["Mario Brenta", "Tom Ashdown"]
    warnings = " ".join(warning.value for warning in app.warning)
    assert "row 2" in warnings and "row 3" in warnings


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("program.txt", b"\x7fELF\x00\x00\x01\x02" * 50),
        ("table.csv", b"a,b\n1,2\n"),
        ("no.parquet", b"PAR1 not really"),
        ("scripts.html", b"<html><script>alert(1)</script></html>"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_mend_and_no_traceback(open_page, monkeypatch, name, data):
    monkeypatch.setattr(local, "is_local", lambda: True)
    app = upload(open_page("read_article"), (name, data))
    assert not app.exception
    assert name.split(".")[0] in " ".join(warning.value for warning in app.warning)


def test_nothing_pasted_is_left_in_a_cache(read, open_page):
    read(f"{SACKED} unmistakable words")
    assert "unmistakable" not in said(open_page("read_article"))


def test_an_article_of_the_archive_opens_by_its_address_and_changes_lose_it(open_page):
    app = open_page("read_article", article="a6")
    assert app.text_area(key="text").value.startswith("Number 6: Tom Ashdown. under pressure")
    assert app.text_input(key="title").value == "Title 6 Tom Ashdown"
    app.text_area(key="text").set_value("Everton have sacked manager Tom Ashdown.")
    app.button[-1].click().run()
    assert "article" not in app.query_params
    assert app.text_area(key="text").value == "Everton have sacked manager Tom Ashdown."


def test_the_example_has_an_address(open_page):
    app = open_page("read_article")
    next(button for button in app.button if "example" in button.label).click().run()
    assert app.text_area(key="text").value
    assert app.query_params["article"] == "a11"


def test_an_article_that_the_archive_lacks_is_said(open_page):
    app = open_page("read_article", article="<b>zz</b>")
    assert "This archive has no article" in said(app)
    assert not app.text_area(key="text").value


def test_every_story_of_a_coach_leads_to_how_it_was_read_unless_its_text_was_left_behind(open_page):
    archive = build_archive()
    page = said(open_page("coach", archive))
    assert 'href="read_article?day=2024-12-06&amp;coach=Mario+Brenta&amp;article=a10"' in page
    assert "read_article?" not in said(open_page("coach", replace(archive, is_published=True)))
