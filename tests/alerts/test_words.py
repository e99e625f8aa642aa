"""Alerts say the same in English and Italian, and name stages as the pages do."""

import io
import re
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from analysis.alerts.words import LOCALES, STAGES
from pages import wording

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = LOCALES / "it" / "LC_MESSAGES" / "alerts.po"
PLACEHOLDER = re.compile(r"{(\w+)}")


def catalogue():
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="it")


def test_the_catalogue_holds_every_message_with_its_italian():
    sources = (ROOT / "analysis" / "alerts").glob("*.py")
    messages = {
        found[1]
        for path in sources
        for found in extract_from_file("python", path, keywords={"say": None, "mark": None})
    }
    template = read_po(io.BytesIO((LOCALES / "alerts.pot").read_bytes()))
    assert messages == {message.id for message in template if message.id}
    assert messages == {message.id for message in catalogue() if message.id and message.string}


def test_both_languages_name_the_same_values():
    for message in catalogue():
        assert set(PLACEHOLDER.findall(message.string)) == set(PLACEHOLDER.findall(message.id)), message.id


def test_the_compiled_catalogue_agrees_with_its_source():
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_stages_have_the_names_that_the_pages_give_them():
    assert STAGES == wording.STAGES
    italian = wording.Words("it")
    for message in catalogue():
        if message.id in STAGES.values():
            assert message.string == italian(message.id)
