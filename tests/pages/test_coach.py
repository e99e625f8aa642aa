"""Coach: index with events, and the stories and sentences behind any point."""

from datetime import date

import pandas as pd
import pytest

from analysis.schema import RESULTS
from pages import common
from pages.filters import meant
from tests.pages.conftest import BRIEFS, Brief, build_archive, charts, links, said


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
    assert "other stories a week</span>" in page and "the less a rumour counts" in page
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


def test_days_in_the_address_show_exactly_the_stories_published_in_them(open_page):
    app = open_page("coach", **{"from": "2024-12-03", "to": "2024-12-04"})
    assert "Stories from 3 Dec to 4 December 2024" in said(app)
    listed = next(html.proto.body for html in app.get("html") if 'class="pn-story"' in html.proto.body)
    assert "<mark>one game to save his job</mark>" in listed
    assert "ultima spiaggia" not in listed


def test_the_days_chosen_are_marked_in_the_chart_and_one_click_leads_back(open_page):
    app = open_page("coach", **{"from": "2024-12-03", "to": "2024-12-04"})
    marked = [shape for shape in charts(app)[0]["layout"]["shapes"] if shape["type"] == "rect"]
    assert [(shape["x0"][:10], shape["x1"][:10]) for shape in marked] == [("2024-12-02", "2024-12-04")]
    app.button(key="all_days").click().run()
    assert "from" not in app.query_params and "to" not in app.query_params
    assert "Stories behind 6 December 2024" in said(app)


def test_days_can_be_chosen_without_a_mouse(open_page):
    app = open_page("coach")
    app.date_input(key="pick_from").set_value(date(2024, 12, 3)).run()
    assert app.query_params["from"] == "2024-12-03"
    assert "Stories behind 3 December 2024" in said(app)
    app.date_input(key="pick_to").set_value(date(2024, 12, 4)).run()
    assert "Stories from 3 Dec to 4 December 2024" in said(app)


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ("2024-12-04", "2024-12-03", "Stories from 3 Dec to 4 December 2024"),
        ("1900-01-01", "9999-12-31", "Stories from 1 Oct to 6 December 2024"),
        ("never", "2024-12-04", "Stories behind 4 December 2024"),
        ("never", "", "Stories behind 6 December 2024"),
    ],
)
def test_days_of_a_wrong_address_are_mended(open_page, first, last, title):
    app = open_page("coach", **{"from": first, "to": last})
    assert not app.exception
    assert title in said(app)


ALARMED = (
    *BRIEFS,
    *[Brief("2024-12-05", "Mario Brenta", "ultimatum", 3, f"Desk {name}", "en", f"words of {name}") for name in "EFGH"],
)


def test_an_alarm_is_told_with_its_day_its_stage_and_its_evidence(open_page):
    app = open_page("coach", build_archive(ALARMED))
    turns = said(app).split('class="pn-turn"')
    alarm = next(turn for turn in turns if "alarm, " in turn)
    assert "December 2024" in alarm
    assert "ultimatum" in alarm
    assert "<mark>" in alarm
    assert {"alarms", "changes"} <= {trace["name"] for trace in charts(app)[0]["data"]}


def test_a_turn_leads_to_the_stories_of_its_days(open_page):
    app = open_page("coach", build_archive(ALARMED))
    app.button(key="show_turn_0").click().run()
    assert app.query_params["from"] <= "2024-12-05"
    assert "December 2024" in said(app)


def test_the_next_match_stands_in_the_header(open_page, monkeypatch):
    match = {"date": "2024-12-09", "competition": "Serie A", "home": "Milan", "away": "Inter"}
    results = RESULTS.frame([{**match, "date": pd.Timestamp("2024-12-09", tz="UTC")}])
    monkeypatch.setattr(common, "results", lambda: results)
    assert "9 Dec at home against Inter" in said(open_page("coach"))


@pytest.mark.parametrize("page", ["related_clubs", "compare"])
def test_the_way_on_is_one_click(open_page, page):
    assert page in {target for target, _ in links(open_page("coach"))}


NAMES = ["Mario Brenta", "Brenta Mora", "José Ávila", "Tom Ashdown"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Mario Brenta", "Mario Brenta"), ("jose avila", "José Ávila"), (" ashdown ", "Tom Ashdown"), ("Brenta", "Brenta"),
     ("nobody", "nobody"), ("mario brenta", "Mario Brenta")],
)  # fmt: skip
def test_a_typed_name_finds_the_one_coach_it_can_mean(typed, found):
    assert meant(typed, NAMES) == found


@pytest.fixture
def few_names(monkeypatch):
    monkeypatch.setattr("pages.filters.MOST_NAMES", 1)


def test_of_very_many_coaches_the_first_and_the_one_shown_are_listed_and_others_may_be_typed(few_names, open_page):
    box = open_page("coach", day="2024-12-20", coach="Tom Ashdown").selectbox(key="pick_coach")
    assert set(box.options) == {"Mario Brenta", "Tom Ashdown"} and box.value == "Tom Ashdown"
    assert box.proto.accept_new_options


def long_archive():
    days = pd.date_range("2023-01-02", "2024-12-02", freq="14D")
    return build_archive([Brief(f"{day:%Y-%m-%d}", "Mario Brenta", "pressure", 3) for day in days])


def test_a_long_index_shows_its_last_year_until_all_of_it_is_asked_for(open_page):
    app = open_page("coach", archive=long_archive(), day="2024-12-02", coach="Mario Brenta")
    assert first_day(app) == "2023-12-03"
    assert first_day(app.toggle(key="pick_reach").set_value(True).run()) == "2023-01-02"


def test_days_chosen_long_ago_are_in_the_picture(open_page):
    query = {"day": "2024-12-02", "coach": "Mario Brenta", "from": "2023-02-01", "to": "2023-02-20"}
    assert first_day(open_page("coach", archive=long_archive(), **query)) == "2023-01-02"


def first_day(app):
    return next(trace for trace in charts(app)[0]["data"] if trace["name"] == "index")["x"][0]
