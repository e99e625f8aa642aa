"""English and Italian say the same, and the catalogue holds every message."""

import ast
import io
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from analysis import schema
from pages.tuning import notes
from pages.wording import CAUSES, LOCALES, RELATIONS, STAGES, Words, club_names

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    ROOT / "dashboard.py",
    *sorted((ROOT / "pages").glob("*.py")),
    *sorted((ROOT / "analysis" / "charts").glob("*.py")),
]
KEYWORDS = {"say": None, "words": None, "mark": None, "some": (1, 2), "markup": None}
PLACEHOLDER = re.compile(r"{(\w+)}")
CATALOGUE = LOCALES / "it" / "LC_MESSAGES" / "panchina.po"


def messages() -> set:
    marked = {found[1] for path in SOURCES for found in extract_from_file("python", path, keywords=KEYWORDS)}
    return marked | set(notes().values())


def catalogue():
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="it")


def test_every_message_of_the_pages_is_in_both_catalogues():
    template = read_po(io.BytesIO((LOCALES / "panchina.pot").read_bytes()))
    assert messages() == {message.id for message in catalogue() if message.id}
    assert messages() == {message.id for message in template if message.id}


def test_every_message_has_its_italian():
    assert not [message.id for message in catalogue() if message.id and not all([message.string, *message.string])]


SPEAKING = {"title", "header", "subheader", "caption", "info", "warning", "error", "button", "selectbox", "slider",
            "toggle", "text_input", "text_area", "number_input", "date_input", "expander", "download_button",
            "file_uploader", "multiselect", "pills", "segmented_control", "form_submit_button", "spinner",
            "progress"}  # fmt: skip
WORDLESS = {"CSV"}
ADDRESSES = {"https://"}
"""What is the same in every language."""


def literals(path: Path) -> list[str]:
    """Words written straight into what a widget shows first, its help or its placeholder."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    shown = []
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in SPEAKING:
            named = [word.value for word in call.keywords if word.arg in ("label", "help", "placeholder")]
            shown += [part for part in [*call.args[:1], *named] if isinstance(part, ast.Constant)]
    return [part.value for part in shown if isinstance(part.value, str) and re.search("[a-z]{3}", part.value)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_word_on_screen_goes_past_the_catalogue(path):
    assert set(literals(path)) <= WORDLESS | ADDRESSES


def test_a_word_past_the_catalogue_would_be_found(tmp_path):
    page = tmp_path / "page.py"
    page.write_text('st.button("Press me", help="or not")\nst.caption(say("told"))\n')
    assert literals(page) == ["Press me", "or not"]


def forms(words: str | tuple[str, ...]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def test_both_languages_name_the_same_values():
    for message in catalogue():
        wanted = set(PLACEHOLDER.findall(" ".join(forms(message.id))))
        assert all(set(PLACEHOLDER.findall(form)) == wanted for form in forms(message.string)), message.id


def test_the_compiled_catalogue_agrees_with_its_source():
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize(
    ("names", "values"), [(STAGES, schema.STAGES), (RELATIONS, schema.RELATIONS), (CAUSES, schema.CAUSES)]
)
def test_every_value_has_a_name(names, values):
    assert set(names) == set(values)


def test_italian_clubs_are_clubs_of_the_gazetteer():
    from analysis.gazetteer import load_gazetteer

    assert set(club_names("it")) <= set(load_gazetteer().clubs)


@pytest.mark.parametrize(
    ("club", "italian"),
    [
        ("FC Bayern", "Bayern Monaco"),
        ("FC Bayern (women)", "Bayern Monaco (femminile)"),
        ("Brazil", "Brasile"),
        ("Barcelona", "Barcellona"),
        ("Milan", "Milan"),
        ("England (women)", "Inghilterra (femminile)"),
    ],
)
def test_clubs_bear_their_italian_names(club, italian):
    assert Words("it").club(club) == italian
    assert Words("en").club(club) == club


def test_days_and_numbers_are_written_in_words():
    assert Words("en").day(date(2024, 12, 6), "full") == "Friday 6 December 2024"
    assert Words("it").day(date(2024, 12, 6), "full") == "venerdì 6 dicembre 2024"
    assert (Words("en").number(1234.5, 1), Words("it").number(1234.5, 1)) == ("1,234.5", "1.234,5")


@pytest.mark.parametrize(("value", "shown"), [(21.4, "+21"), (-2.6, "−3"), (0.3, "0"), (-0.2, "0")])
def test_changes_are_signed_and_zero_is_not(value, shown):
    assert Words("en").change(value) == shown


def test_values_are_escaped_in_markup():
    assert Words("it").markup("No story about {coach} by {day}.", coach="<b>", day=1) == (
        "Nessuna notizia su &lt;b&gt; fino al 1."
    )


def test_an_unknown_language_is_english():
    assert Words("xx").ui == "en"
