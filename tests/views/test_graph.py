"""Coaches and clubs as a graph."""

import pandas as pd
import pytest

from analysis.schema import RELATION_EDGES, STORIES
from analysis.views.graph import EDGES, LAYOUTS, carousel, club_edges, link_growth, positions, told_in


def relation(article: str, day: str, coach: str, club: str, kind: str = "destination", text: str = "words") -> dict:
    return {
        "article_id": article,
        "published_at": pd.Timestamp(day, tz="UTC"),
        "coach": coach,
        "club": club,
        "relation": kind,
        "detail": "",
        "field": "text",
        "start": 0,
        "end": len(text),
        "text": text,
    }


RELATIONS = RELATION_EDGES.frame(
    [
        relation("a", "2024-12-01", "Brenta", "Roma", text="old"),
        relation("b", "2024-12-02", "Brenta", "Roma", text="copy"),
        relation("c", "2024-12-03", "Brenta", "Roma", text="new"),
        relation("c", "2024-12-03", "Brenta", "Inter", "opponent"),
        relation("d", "2024-12-04", "Ashdown", "Roma"),
        relation("d", "2024-12-04", "Ashdown", ""),
    ]
)
TOLD = STORIES.frame(
    [{"article_id": "a", "story_id": "a"}, {"article_id": "b", "story_id": "a"}, {"article_id": "c", "story_id": "c"}]
)


def test_near_duplicates_count_once_and_the_newest_words_are_kept():
    first = club_edges(RELATIONS, TOLD).iloc[0]
    assert (first["coach"], first["club"], first["stories"], first["text"]) == ("Brenta", "Roma", 2, "new")


@pytest.mark.parametrize(("lang", "words"), [("it", "copy"), ("en", "old"), ("es", "new"), ("", "new")])
def test_an_edge_is_told_in_the_language_asked_for_where_an_article_of_it_states_it(lang, words):
    spoken = pd.DataFrame({"article_id": list("abcd"), "lang": ["en", "it", "es", "it"]})
    edge = told_in(club_edges(RELATIONS, TOLD), RELATIONS, spoken, lang).iloc[0]
    assert (edge["club"], edge["stories"], edge["text"]) == ("Roma", 2, words)


def test_an_article_outside_all_stories_is_a_story_of_its_own():
    edges = club_edges(RELATIONS, TOLD).set_index(["coach", "club"])
    assert edges.loc[("Ashdown", "Roma"), "stories"] == 1


def test_a_club_left_unnamed_has_no_edge():
    assert "" not in set(club_edges(RELATIONS, TOLD)["club"])


def test_no_relations_give_no_edges_but_the_columns():
    assert list(club_edges(RELATION_EDGES.empty(), TOLD).columns)[:3] == EDGES[:3]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_node_has_one_place_inside_the_picture(layout):
    places = positions(club_edges(RELATIONS, TOLD), layout)
    assert set(places) == {("coach", "Brenta"), ("coach", "Ashdown"), ("club", "Roma"), ("club", "Inter")}
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_edges_give_the_same_picture(layout):
    edges = club_edges(RELATIONS, TOLD)
    assert positions(edges, layout) == positions(edges, layout)


def test_side_by_side_puts_coaches_left_and_clubs_right():
    places = positions(club_edges(RELATIONS, TOLD), "sides")
    assert {x for (kind, _), (x, _) in places.items() if kind == "coach"} == {0.0}
    assert {x for (kind, _), (x, _) in places.items() if kind == "club"} == {1.0}


def test_a_link_grows_by_a_story_a_row_and_copies_do_not_count():
    edges = club_edges(RELATIONS, TOLD)
    grown = link_growth(RELATIONS, TOLD, edges[(edges["coach"] == "Brenta") & (edges["club"] == "Roma")])
    assert grown[["article_id", "stories"]].to_numpy().tolist() == [["a", 1], ["c", 2]]


def test_the_growth_of_every_link_ends_at_its_stories():
    edges = club_edges(RELATIONS, TOLD)
    ends = link_growth(RELATIONS, TOLD, edges).groupby(["coach", "club", "relation"])["stories"].max()
    assert ends.to_dict() == edges.set_index(["coach", "club", "relation"])["stories"].to_dict()


def test_the_carousel_leaves_out_who_sits_there_already_and_what_is_no_candidacy():
    edges = club_edges(RELATIONS, TOLD)
    assert set(carousel(edges, {})["relation"]) == {"destination"}
    assert set(carousel(edges, {"Brenta": "Roma"})["coach"]) == {"Ashdown"}
    denied = edges.assign(relation="destination_denied")
    assert "Brenta" in set(carousel(denied, {"Brenta": "Roma"})["coach"])


def test_in_the_network_groups_that_nothing_ties_stand_apart():
    pairs = [relation(str(number), "2024-12-01", f"Coach {number}", f"Club {number // 3}") for number in range(30)]
    edges = club_edges(RELATION_EDGES.frame(pairs), STORIES.empty())
    boxes = {}
    for (kind, name), (x, y) in positions(edges, "network").items():
        group = int(name.split()[1]) // (3 if kind == "coach" else 1)
        left, right, low, high = boxes.get(group, (x, x, y, y))
        boxes[group] = (min(left, x), max(right, x), min(low, y), max(high, y))
    for one, (left, right, low, high) in boxes.items():
        touching = [other for other, box in boxes.items()
                    if other > one and box[0] < right and left < box[1] and box[2] < high and low < box[3]]  # fmt: skip
        assert touching == []
