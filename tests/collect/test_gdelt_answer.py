"""Whatever GDELT answers is read or told by name, and never taken for a list without articles."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.collect.errors import CollectError
from analysis.collect.gdelt_answer import (
    BrokenJson,
    Empty,
    Limited,
    NoJson,
    QueryRefused,
    Row,
    WindowTooShort,
    read_answer,
)
from tests.collect.gdelt_service import SLOWER, listed

ROWS = [listed("2024-12-06 10:15", number) for number in range(3)]
WHOLE = json.dumps({"articles": ROWS})


@pytest.mark.parametrize("body", ["{}", '{"articles": []}', '{"articles": null}', '\ufeff{"articles": []}'])
def test_a_list_without_articles_is_one(body):
    assert read_answer(body.encode()) == []


def test_cells_are_read_as_given():
    row = read_answer(WHOLE.encode())[2]
    assert (row.url, row.seen, row.language, row.domain) == (
        "https://finta.example/202412061015/2", "20241206T101500Z", "Italian", "finta.example",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        (r"L\'allenatore", r"L\'allenatore"),
        (r"C:\Panchina \x20", r"C:\Panchina \x20"),
        (r"both \\ and \" stay", r'both \ and " stay'),
        (r"\u00e8 \u00", r"è \u00"),
        ("a tab\tand a bell\x07", "a tab and a bell\x07"),
    ],
)
def test_escapes_that_are_none_and_control_characters_are_mended(broken, title):
    body = '{"articles": [{"url": "https://a.it/1", "title": "' + broken + '", "seendate": "20241206T101500Z"}]}'
    assert [row.title for row in read_answer(body.encode())] == [title]


@pytest.mark.parametrize(
    ("body", "error", "words"),
    [
        ("", Empty, "empty answer"),
        (" \r\n ", Empty, "empty answer"),
        (SLOWER, Limited, "limit requests"),
        ("<html><body>Please limit requests to one every 5 seconds</body></html>", Limited, "slow down"),
        ("Your search contained a keyword that was too short.", QueryRefused, "keyword that was too short"),
        ("The specified phrase is too short.", QueryRefused, "phrase is too short"),
        ("Queries containing OR'd terms must be surrounded by ().", QueryRefused, "must be surrounded by"),
        ("Invalid/Unsupported Country.", QueryRefused, "Invalid/Unsupported Country"),
        ("Your query was too short or too long.", NoJson, "too short or too long"),
        ("Timespan is too short.", WindowTooShort, "too short"),
        ("An unknown error occurred, try again later", NoJson, "unknown error"),
        ("<!DOCTYPE html><html><title>502 Bad Gateway</title>x</html>", NoJson, "web page in place of JSON: 502 Bad"),
        ("<html></html>", NoJson, "without words"),
        ("[1, 2]", BrokenJson, "no list of articles"),
        ("[" * 100_000, BrokenJson, "0 articles in it can"),
    ],
)
def test_what_is_no_list_is_told_by_name(body, error, words):
    with pytest.raises(error) as told:
        read_answer(body.encode())
    assert type(told.value) is error
    assert words in str(told.value)
    assert len(str(told.value)) < 400


def test_of_an_answer_that_breaks_off_the_whole_articles_are_kept():
    with pytest.raises(BrokenJson, match="2 articles in it can") as told:
        read_answer(WHOLE[:-30].encode())
    assert [row.url for row in told.value.rows] == [row["url"] for row in ROWS[:2]]


@pytest.mark.parametrize("articles", ['"none"', "[1, null, []]", "{}"])
def test_articles_that_are_none_are_passed_over(articles):
    assert read_answer(f'{{"articles": {articles}}}'.encode()) == []


@pytest.mark.parametrize("cell", ["null", "12", "[]", '{"a": 1}'])
def test_a_cell_that_is_no_text_is_empty(cell):
    body = f'{{"articles": [{{"url": "https://a.it/1", "title": {cell}}}]}}'
    assert [row.title for row in read_answer(body.encode())] == [""]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_rows_or_an_error_with_a_reason(body):
    try:
        assert all(isinstance(row, Row) for row in read_answer(body))
    except CollectError as error:
        assert str(error)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_list_mutilated_anywhere_is_rows_or_an_error_with_a_reason(data):
    body = bytearray(WHOLE.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        rows = read_answer(bytes(body))
    except CollectError as error:
        rows = getattr(error, "rows", [])
    assert len(rows) <= len(ROWS) + 1
