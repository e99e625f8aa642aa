"""Related clubs: graph, table, the sentence behind each edge, filters."""

from tests.pages.conftest import charts, said


def table(app) -> list[list[str]]:
    return app.dataframe[0].value[["coach", "club", "relation"]].to_numpy().tolist()


def test_bare_the_page_shows_the_hottest_coachs_clubs(open_page):
    app = open_page("related_clubs")
    assert app.query_params["coach"] == "Mario Brenta"
    assert ["Mario Brenta", "Roma", "destination"] in table(app)


def test_an_edge_carries_the_sentence_behind_it(open_page):
    page = said(open_page("related_clubs"))
    assert "<mark>one game to save his job</mark>" in page


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
