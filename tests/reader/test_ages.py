"""Dates named in a sentence, and how old they are on the article's day."""

from datetime import date

import pytest

from analysis.claims.ages import find_dates, is_of_this_year
from analysis.lexicon import load_lexicon

ITALIAN, ENGLISH = load_lexicon("it").months, load_lexicon("en").months


@pytest.mark.parametrize(
    ("text", "months", "day", "ages"),
    [
        ("esonerato il 10 novembre dopo il ko", ITALIAN, date(2024, 11, 14), [4]),
        ("sacked on october 28", ENGLISH, date(2024, 11, 1), [4]),
        ("sacked on 28th october 2016", ENGLISH, date(2016, 11, 1), [4]),
        ("sacked in october 2016", ENGLISH, date(2024, 10, 15), [2922]),
        ("esonerato a marzo", ITALIAN, date(2025, 5, 12), [58]),
        ("lascera a giugno", ITALIAN, date(2025, 5, 12), []),
        ("si decide il 9 settembre", ITALIAN, date(2024, 8, 30), [-10]),
        ("a contract to june 2027", ENGLISH, date(2024, 11, 1), [-956]),
        ("il 31 febbraio", ITALIAN, date(2024, 3, 1), []),
    ],
)
def test_a_named_date_has_its_age(text, months, day, ages):
    assert [dated.age for dated in find_dates(text, months, day)] == ages


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [("in 2016", date(2024, 1, 1), False), ("to 2027", date(2024, 1, 1), True), ("long ago", date(2024, 1, 1), False)],
)
def test_years_to_come_are_no_history(text, day, expected):
    assert is_of_this_year(text, day) is expected
