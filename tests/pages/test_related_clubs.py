"""Related clubs: graph, table, the sentence behind each edge, filters."""

import pytest

from tests.pages.conftest import BRIEFS, Brief, build_archive, charts, lacking, piece, said


def table(app) -> list[list[str]]:
    return app.dataframe[0].value[["coach", "club", "relation"]].to_numpy().tolist() if len(app.dataframe) else []


def test_bare_the_page_shows_the_hottest_coachs_clubs(open_page):
    app = open_page("related_clubs")
    assert app.query_params["coach"] == "Mario Brenta"
    assert ["Mario Brenta", "Roma", "destination"] in table(app)


def test_an_edge_carries_the_sentence_behind_it(open_page):
    page = said(open_page("related_clubs"))
    assert "<mark>one game to save his job</mark>" in page


LATER = Brief(
    "2024-12-05", "Mario Brenta", "none", 0, "Desk I", "it", "lo cerca la Roma", relations=(("Roma", "destination"),)
)


@pytest.mark.parametrize(
    ("ui", "sentence", "origin"),
    [("en", "one game to save his job", "<bdi>Desk C</bdi>, 3 December 2024"),
     ("it", "lo cerca la Roma", "<bdi>Desk I</bdi>, 5 dicembre 2024")],
)  # fmt: skip
@pytest.mark.parametrize("page", ["related_clubs", "coach"])
def test_an_edge_quotes_the_readers_language_where_it_is_told_in_it(open_page, page, ui, sentence, origin):
    app = open_page(page, build_archive((*BRIEFS, LATER)), ui=ui, coach="Mario Brenta", day="2024-12-05")
    edge = piece(app, "Roma").split("</article>")
    assert lacking(next(part for part in edge if "Roma" in part), f"<mark>{sentence}</mark>", f"{origin}</span>") == []


def test_a_sentence_in_another_language_says_which(open_page):
    edge = next(part for part in piece(open_page("related_clubs"), "Parma").split("</article>") if "Parma" in part)
    assert "<bdi>Desk A</bdi>, 4 December 2024, in Italian" in edge


def test_edges_count_stories_and_keep_their_days(open_page):
    rows = open_page("related_clubs").dataframe[0].value.set_index(["club", "relation"])
    assert rows.loc[("Inter", "opponent"), "stories"] == 2
    assert rows.loc[("Inter", "opponent"), "first"] == "2 October 2024"


def test_a_link_of_tomorrow_is_not_drawn_today(open_page):
    assert ["Mario Brenta", "Roma", "destination"] not in table(open_page("related_clubs", day="2024-12-02"))


def test_a_relation_filters_graph_and_table_and_stays_in_the_address(open_page):
    app = open_page("related_clubs", relation="destination")
    assert table(app) == [["Mario Brenta", "Roma", "destination"]]
    assert app.query_params["relation"] == "destination"
    names = {trace.get("text", [""])[0] for trace in charts(app)[0]["data"] if trace.get("mode") == "markers+text"}
    assert names == {"Mario Brenta", "Roma"}


def test_all_coaches_leave_out_the_relations_that_everyone_has(open_page):
    assert {relation for *_, relation in table(open_page("related_clubs", coach="*"))} == {"destination", "former club"}


def test_a_coach_without_clubs_is_said(open_page):
    app = open_page("related_clubs", coach="Lena Harms")
    assert not app.exception
    assert "No club is linked to the coach" in said(app)


def test_the_network_is_another_picture_of_the_same_edges(open_page):
    sides, network = charts(open_page("related_clubs"))[0], charts(open_page("related_clubs", picture="network"))[0]
    assert len(sides["data"]) == len(network["data"])
    assert sides["data"][0]["x"] != network["data"][0]["x"]


def test_the_carousel_ties_candidates_to_benches_and_says_who_sits_there(open_page):
    app = open_page("related_clubs", picture="carousel", coach="*")
    assert table(app) == [["Mario Brenta", "Roma", "destination"]]
    rivals = Brief("2024-12-05", "Lena Harms", "none", 0, relations=(("Milan", "destination"),))
    app = open_page("related_clubs", build_archive((*BRIEFS, rivals)), picture="carousel", coach="Mario Brenta")
    assert ["Lena Harms", "Milan", "destination"] in table(app)
    assert "<i>Brenta, " in str(charts(app)[0]["data"])


def test_without_candidates_the_carousel_is_honestly_empty(open_page):
    app = open_page("related_clubs", picture="carousel", coach="Tom Ashdown")
    assert "No club is linked" in said(app)
    assert not charts(app)


def test_how_a_link_grew_is_drawn_story_by_story(open_page):
    growth = charts(open_page("related_clubs", relation="opponent"))[1]
    assert growth["data"][0]["y"] == [1, 2, 2]
    assert growth["data"][0]["x"] == ["2024-10-02", "2024-12-03", "2024-12-06"]


def test_one_link_opens_to_all_its_sentences_and_stays_in_the_address(open_page):
    app = open_page("related_clubs", link="Mario Brenta | Inter | opponent")
    page = said(app)
    assert "The sentences behind a link" in page
    assert page.count('class="pn-story"') == 2
    assert "<bdi>Sample Desk - North</bdi>, 2 October 2024" in page
    app.selectbox(key="pick_link").select("").run()
    assert "link" not in app.query_params


def test_a_link_that_is_none_opens_all(open_page):
    app = open_page("related_clubs", link="Nobody | Nowhere | rival")
    assert not app.exception
    assert "The sentence behind each link" in said(app)
