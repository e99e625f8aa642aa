"""What a reader opens or turns to stands in the address, and the address opens it again."""

from dataclasses import replace

import pytest

from tests.pages.conftest import BRIEFS, build_archive, piece, said

MANY = tuple(replace(BRIEFS[10], day=f"2024-{month}-{day:02d}", source=f"Desk {month}{day}", quote=f"word{month}{day}")
             for month in (11, 12) for day in range(1, 20))  # fmt: skip
"""An ultimatum for Mario Brenta on each of so many days."""


@pytest.fixture
def open_many(open_page):
    """The coach with more stories than a page of the list holds."""
    return lambda **query: open_page("coach", build_archive((*BRIEFS, *MANY)), day="2024-12-19", **query)


def test_a_part_is_folded_until_the_address_opens_it(open_page):
    assert not open_page().dataframe
    assert open_page(table="open").dataframe
    assert not open_page(table="shut").dataframe


def test_the_list_of_all_stories_opens_by_the_address_at_its_page(open_many):
    first, second = open_many(all="open"), open_many(all="open", all_page="2")
    assert len(said(first)) > len(said(open_many()))
    assert said(first) != said(second)


def test_the_stories_behind_a_day_open_at_the_page_of_the_address(open_many):
    days = {"from": "2024-11-01", "to": "2024-12-19"}
    assert "19 December 2024" in piece(open_many(**days), "pn-story")
    assert "19 December 2024" not in piece(open_many(**days, stories_page="3"), "pn-story")


@pytest.mark.parametrize("page", ["0", "-1", "999999999999", "two", "²", ""])
def test_a_page_that_is_none_is_drawn_inside(open_many, page):
    app = open_many(stories_page=page, all="open", all_page=page)
    assert not app.exception


def test_another_day_begins_at_the_first_page(open_many):
    app = open_many(stories_page="2", all="open")
    app.date_input(key="pick_day").set_value("2024-12-18").run()
    assert "stories_page" not in app.query_params
    assert app.query_params["all"] == "open"
