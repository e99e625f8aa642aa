"""Compare: up to eight coaches on one axis."""

import pytest

from tests.pages.conftest import BRIEFS, Brief, build_archive, charts, said


def drawn(app) -> list[str]:
    return [trace["name"] for trace in charts(app)[0]["data"]]


def test_bare_the_three_hottest_are_compared_and_named_in_the_address(open_page):
    app = open_page("compare")
    assert app.query_params["coach"][:2] == ["Mario Brenta", "Tom Ashdown"]
    assert len(drawn(app)) == 3


def test_a_link_compares_the_coaches_it_names(open_page):
    app = open_page("compare", coach=["Paulo Ventura", "Tom Ashdown"])
    assert drawn(app) == ["Paulo Ventura, Benfica", "Tom Ashdown, Everton"]


def test_an_unknown_coach_is_said_and_the_others_are_drawn(open_page):
    app = open_page("compare", coach=["Nobody At All", "Tom Ashdown"])
    assert "No story about Nobody At All" in said(app)
    assert drawn(app) == ["Tom Ashdown, Everton"]


@pytest.mark.parametrize("alignment", ["date", "tenure", "departure"])
def test_the_axis_is_kept_in_the_address(open_page, alignment):
    app = open_page("compare", coach="Tom Ashdown", day="2024-12-20", align=alignment)
    assert not app.exception
    assert app.query_params["align"] == alignment
    assert drawn(app) == ["Tom Ashdown, Everton"]


def test_by_departure_the_last_day_is_zero(open_page):
    line = charts(open_page("compare", coach="Tom Ashdown", day="2024-12-20", align="departure"))[0]["data"][0]
    assert line["x0"] == -70
    assert line["x0"] + len(line["y"]) - 1 == 0


def test_before_any_departure_that_axis_says_why_it_is_empty(open_page):
    chart = charts(open_page("compare", coach="Mario Brenta", align="departure"))[0]
    assert "no departure to count from" in chart["layout"]["annotations"][0]["text"]


def test_more_than_eight_are_cut_to_eight(open_page):
    app = open_page("compare", coach=["Mario Brenta"] * 12 + ["Tom Ashdown"])
    assert drawn(app) == ["Mario Brenta, Milan", "Tom Ashdown, Everton"]


def test_taking_a_coach_out_changes_the_address(open_page):
    app = open_page("compare")
    app.multiselect(key="pick_coach").unselect("Tom Ashdown").run()
    assert "Tom Ashdown" not in app.query_params["coach"]


def test_each_coach_stands_below_with_stage_and_index(open_page):
    rumour = Brief("2024-12-05", "Lena Harms", "dismissed", 4, "Desk Z", quote="Harms is out")
    page = said(open_page("compare", build_archive((*BRIEFS, rumour)), coach=["Lena Harms", "Tom Ashdown"]))
    assert "dismissed, unconfirmed" in page
    assert "under pressure" in page


def test_a_coach_in_no_post_is_said(open_page):
    assert "in no post on this day" in said(open_page("compare", coach="Tom Ashdown", day="2024-12-20"))


def test_who_has_not_left_is_named_where_the_axis_counts_to_a_departure(open_page):
    names = ["Mario Brenta", "Tom Ashdown"]
    app = open_page("compare", coach=names, day="2024-12-20", align="departure")
    assert drawn(app) == ["Tom Ashdown, Everton"]
    assert "no spell of theirs has ended" in said(app) and "Mario Brenta" in said(app)
    assert "no spell of theirs" not in said(open_page("compare", coach=names, day="2024-12-20"))
