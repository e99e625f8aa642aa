"""What holds on every page, in every state of the archive."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.schema import STORIES
from pages.door import PAGES
from tests.pages.conftest import ATTACK, BRIEFS, PEOPLE, Brief, build_archive, charts, said

NOTE = {"en": "Demonstration: season 2024-25", "it": "Dimostrazione: stagione 2024-25"}
ARCHIVES = {
    "no article": (),
    "one article": BRIEFS[:1],
    "no risk at all": BRIEFS[:4],
    "only backing": (Brief("2024-12-05", "Mario Brenta", "reassured", 1, official=True),),
    "only a departure": (Brief("2024-12-05", "Tom Ashdown", "dismissed", 4, official=True),),
    "whole season": BRIEFS,
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("state", ARCHIVES)
def test_every_page_stands_in_every_state_of_the_archive(open_page, page, state):
    app = open_page(page, build_archive(ARCHIVES[state]))
    assert not app.exception
    assert len(app.title) == 1
    assert NOTE["en"] in said(app)


@pytest.mark.parametrize("page", PAGES)
def test_an_article_in_a_language_that_is_not_read_is_counted_and_unscored(open_page, page):
    archive = build_archive()
    dutch = archive.articles.iloc[[0]].assign(article_id="nl", lang="nl")
    app = open_page(page, replace(archive, articles=pd.concat([archive.articles, dutch], ignore_index=True)))
    assert not app.exception
    assert "1 in a language that is not read stays unscored." in said(app)


@pytest.mark.parametrize("page", ["hot_seats", "coach", "related_clubs", "compare", "report"])
@pytest.mark.parametrize("long", ["Maximiliana-Wilhelmina " * 6 + "von und zu Hohenlangenname", "Ä" * 300])
def test_names_of_any_length_stand_on_every_page_that_names_coaches(open_page, monkeypatch, page, long):
    monkeypatch.setitem(PEOPLE, long, f"Fußballsportverein {long}")
    brief = Brief("2024-12-05", long, "ultimatum", 3, relations=((f"Club {long}", "destination"),), causes=("results",))
    app = open_page(page, build_archive((*BRIEFS, brief)), coach=long)
    assert not app.exception
    assert long in said(app) + " ".join(str(widget.value) for widget in [*app.selectbox, *app.multiselect])


@pytest.mark.parametrize("page", PAGES)
def test_plotly_has_no_reason_to_draw_a_chart_twice(open_page, page):
    for chart in charts(open_page(page)):
        assert "template" not in chart["layout"]
        assert chart["layout"]["datarevision"]
        # As Streamlit sets them for itself once a chart is drawn.
        assert (chart["layout"]["dragmode"] == "select") == (chart["layout"].get("clickmode") == "event")
        # Packed numbers are compared by identity, others not at all.
        assert "bdata" not in str(chart)


@pytest.fixture(scope="module")
def many():
    """Ten thousand articles about four coaches."""
    archive = build_archive(tuple(replace(BRIEFS[n % len(BRIEFS)], source=f"Desk {n}") for n in range(10_000)))
    alone = pd.DataFrame({"article_id": archive.articles["article_id"], "story_id": archive.articles["article_id"]})
    return replace(archive, stories=STORIES.frame(alone.to_dict("records")))


@pytest.mark.parametrize("page", PAGES)
def test_ten_thousand_articles_stand_on_every_page(open_page, many, page):
    app = open_page(page, many)
    assert not app.exception
    assert "10,000 articles" in said(app)
    assert sum(len(str(chart)) for chart in charts(app)) < 400_000


@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_italian(open_page, page):
    app = open_page(page, ui="it")
    assert not app.exception
    assert NOTE["it"] in said(app)
    assert app.query_params["ui"] == "it"


@pytest.mark.parametrize("page", PAGES)
def test_the_day_is_written_into_every_address(open_page, page):
    assert open_page(page).query_params["day"] == "2024-12-06"


WRONG = (
    {"day": "yesterday", "competition": "Moon League", "lang": "xx", "ui": "xx", "coach": ATTACK},
    {"day": "0000-00-00", "coach": "", "align": "x", "picture": "x", "relation": "x"},
    {"day": ["2024-12-01", "9999-12-31"], "lang": ["it", "it", "zz"], "coach": ["Nobody At All", "Nobody At All"]},
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", WRONG, ids=["words", "blanks", "repeats"])
def test_a_wrong_address_is_no_error(open_page, page, query):
    app = open_page(page, **query)
    assert not app.exception
    assert len(app.title) == 1


@pytest.mark.parametrize(("asked", "shown"), [("1900-01-01", "2024-10-01"), ("9999-12-31", "2024-12-20")])
def test_a_day_outside_the_archive_is_moved_inside(open_page, asked, shown):
    assert open_page(day=asked).query_params["day"] == shown


@pytest.mark.parametrize("page", PAGES)
def test_words_from_articles_never_become_markup(open_page, page):
    app = open_page(page, coach="Mario Brenta")
    for element in app.get("html"):
        assert "<script" not in element.proto.body
        assert "<img src=x" not in element.proto.body
    for chart in charts(app):
        drawn = [{key: value for key, value in trace.items() if key != "customdata"} for trace in chart["data"]]
        assert "<img" not in str(drawn) + str(chart["layout"])
    for element in [*app.markdown, *app.caption, *app.info, *app.warning]:
        assert "](javascript:" not in element.value


@pytest.mark.parametrize("page", ["hot_seats", "coach", "related_clubs", "compare"])
def test_a_chart_is_drawn_with_a_description(open_page, page):
    app = open_page(page)
    assert charts(app)
    assert all(element.proto.alt for element in app.get("plotly_chart"))


@pytest.fixture
def lone(monkeypatch):
    """Five ultimatums from nowhere for a coach of no known club, and who is reported gone by nobody named."""
    for name in ("Nora Lone", "Ida Lone"):
        monkeypatch.setitem(PEOPLE, name, "")
    danger = Brief(
        "", "Nora Lone", "ultimatum", 3, source="", relations=(("Roma", "destination"),), causes=("results",)
    )
    gone = Brief("2024-12-06", "Ida Lone", "dismissed", 4, source="")
    return build_archive((*BRIEFS, *(replace(danger, day=f"2024-12-0{day}") for day in range(2, 7)), gone))


LOOSE = re.compile(r", ?[:,.]|: ?[,.]|· ?·|^ ?[,:·]|[,:·] ?$", re.MULTILINE)
"""A comma, colon or dot between two things of which one is missing."""


@pytest.mark.parametrize("ui", ["en", "it"])
@pytest.mark.parametrize("page", ["hot_seats", "coach", "related_clubs", "compare", "report", "method"])
def test_where_club_and_source_are_missing_that_is_said_and_no_comma_hangs(open_page, lone, page, ui):
    app = open_page(page, lone, ui=ui, coach="Nora Lone", all="open", **{"from": "2024-12-01", "to": "2024-12-06"})
    assert not app.exception
    shown = re.sub(r"(?s)<style>.*?</style>", "", said(app))
    texts = [re.sub("<[^>]*>", "", line).strip() for line in re.split(r"</(?:div|p|span|li|article|h\d)>|\n", shown)]
    assert not [text for text in texts if LOOSE.search(text)]
    words = {"en": "no (club|source) named", "it": "nessun club nominato|nessuna fonte indicata"}
    assert re.search(words[ui], shown) or page == "related_clubs"
