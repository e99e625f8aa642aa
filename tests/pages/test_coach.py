"""Coach: index with events, and the stories and sentences behind any point."""

import pytest

from tests.pages.conftest import charts, links, said


def test_bare_the_page_shows_the_hottest_coach_and_names_him_in_the_address(open_page):
    app = open_page("coach")
    assert app.query_params["coach"] == "Mario Brenta"
    assert "<strong>Mario Brenta</strong>, Milan" in said(app)


def test_a_link_shows_the_coach_it_names(open_page):
    app = open_page("coach", coach="Tom Ashdown", day="2024-12-05")
    assert "<strong>Tom Ashdown</strong>, Everton" in said(app)
    assert "Mario Brenta" not in said(app)


def test_a_coach_without_stories_is_said_and_others_are_offered(open_page):
    app = open_page("coach", coach="Nobody At All")
    assert "No story about Nobody At All" in said(app)
    assert "Mario Brenta" in app.selectbox(key="pick_coach").options


def test_a_coach_known_only_later_is_not_known_now(open_page):
    app = open_page("coach", coach="Mario Brenta", day="2024-10-01")
    assert "No story about Mario Brenta" in said(app)


def test_the_header_tells_tenure_and_stage(open_page):
    page = said(open_page("coach"))
    assert "158 days, since 1 July 2024" in page
    assert "ultimatum" in page


def test_the_stories_behind_today_are_listed_with_what_they_weigh_and_their_sentences(open_page):
    page = said(open_page("coach"))
    assert "Stories behind 6 December 2024" in page
    assert "points of the index" in page
    assert "<mark>ultima spiaggia contro l&#x27;Inter</mark>" in page


def test_the_index_ends_on_the_day_looked_at(open_page):
    line = next(trace for trace in charts(open_page("coach", day="2024-12-01"))[0]["data"] if trace["name"] == "index")
    assert line["x"][-1] == "2024-12-01"


def test_after_a_departure_the_coach_is_in_no_post(open_page):
    app = open_page("coach", coach="Tom Ashdown", day="2024-12-20")
    assert "In no post that the archive knows" in said(app)
    assert {trace["name"] for trace in charts(app)[0]["data"]} >= {"departure"}


def test_a_coach_of_whom_only_matches_are_told_has_honest_empty_parts(open_page):
    page = said(open_page("coach", coach="Lena Harms"))
    assert "No story about the job stands behind this day." in page
    assert "No club is linked to the coach" in page


def test_choosing_another_coach_writes_the_address(open_page):
    app = open_page("coach")
    app.selectbox(key="pick_coach").select("Paulo Ventura").run()
    assert app.query_params["coach"] == "Paulo Ventura"
    assert "<strong>Paulo Ventura</strong>" in said(app)


def test_backing_by_the_club_is_marked_as_a_statement(open_page):
    app = open_page("coach", coach="Paulo Ventura")
    assert "statement of club or coach" in said(app)
    assert "statement" in {trace["name"] for trace in charts(app)[0]["data"]}


def test_reasons_and_sources_are_charted(open_page):
    _, causes, sources = charts(open_page("coach"))
    assert [row["name"] for row in causes["data"]] == ["results (1)", "fans (1)", "a defeat (1)"]
    assert sum(sum(bar["x"]) for bar in sources["data"]) == 5


@pytest.mark.parametrize("page", ["related_clubs", "compare"])
def test_the_way_on_is_one_click(open_page, page):
    assert page in {target for target, _ in links(open_page("coach"))}
