"""The parts of the Related clubs page: who is shown, the graph, the sentences, the table."""

import pandas as pd
import streamlit as st

from analysis.charts_graph import club_graph
from analysis.graph import LAYOUTS, club_edges
from analysis.quotes import in_sentences
from analysis.schema import RELATIONS
from analysis.views import until
from pages import address, common, downloads, filters, story_list
from pages.edition import remembered
from pages.wording import Words, mark

MOST = 40
"""Edges in one picture; the table holds all."""
EVERYONE = "*"
_CROWD = ("employer", "opponent", "rival")
"""Relations left out at first where all coaches are shown: every coach has them, so they hide the links that tell."""
_LAYOUTS = {"sides": mark("coaches and clubs side by side"), "network": mark("network")}


@remembered(st.cache_data(max_entries=32))
def edges(view: address.View) -> pd.DataFrame:
    """All edges by the day, from articles in the languages chosen."""
    archive = common.archive()
    known = archive.relations[archive.relations["article_id"].isin(common.claims(view.languages)["article_id"])]
    found = club_edges(until(known, common.timestamp(view.day)), common.stories())
    return in_sentences(found, archive.articles)


def choose(view: address.View, every: pd.DataFrame, say: Words) -> str:
    """The coach of the address, else the hottest; EVERYONE for all of them."""
    names = sorted(every["coach"].unique())
    hottest = common.seats(view.languages, "", view.day)["coach"]
    chosen = next(iter(view.coaches), None) or next(iter(hottest), EVERYONE)
    if not view.coaches:
        address.settle(coach=chosen)
    options = list(dict.fromkeys([EVERYONE, chosen, *names]))
    filters.coach_picker(options, chosen, say, everyone=EVERYONE)
    return chosen


def filtered(every: pd.DataFrame, coach: str, say: Words) -> pd.DataFrame:
    """The edges of the coach, of the relations chosen."""
    own = every if coach == EVERYONE else every[every["coach"] == coach]
    present = [relation for relation in RELATIONS if relation in set(own["relation"])]
    usual = [relation for relation in present if relation not in _CROWD] or present if coach == EVERYONE else present
    asked = [relation for relation in present if relation in st.query_params.get_all("relation")] or usual
    filters.picker(
        st.pills, say("Relations"), asked, "relation", options=present, selection_mode="multi", format_func=say.relation
    )
    return own[own["relation"].isin(asked)].reset_index(drop=True)


def draw_graph(shown: pd.DataFrame, coach: str, say: Words) -> list[str] | None:
    """The graph; returns coach, club and relation of the edge clicked."""
    layout = address.asked("picture", LAYOUTS, LAYOUTS[0])
    filters.picker(
        st.segmented_control,
        say("Picture"),
        layout,
        "picture",
        options=LAYOUTS,
        required=True,
        format_func=lambda name: say(_LAYOUTS[name]),
    )
    if len(shown) > MOST:
        st.caption(
            say("The {shown} links with most stories of {count}; the table holds all.", shown=MOST, count=len(shown))
        )
    who = say("all coaches") if coach == EVERYONE else coach
    alt = say("Clubs tied to {coach}, by relation", coach=who)
    chosen = common.show(
        club_graph(shown.head(MOST), layout, say), alt, "clubs", on_select="rerun", selection_mode="points"
    )
    return next((point["customdata"] for point in chosen if "customdata" in point), None)


def draw_sentences(shown: pd.DataFrame, chosen: list[str] | None, say: Words) -> None:
    """The sentence behind the edge clicked, or behind the edges with most stories."""
    st.header(say("The sentence behind each link"), anchor=False)
    if chosen:
        coach, club, relation = chosen
        own = shown[(shown["coach"] == coach) & (shown["club"] == club) & (shown["relation"] == relation)]
        story_list.draw_edges(own, say)
        return
    st.caption(say("A click on the mark in the middle of a line shows its sentence alone."))
    story_list.draw_edges(shown.head(12), say)


def draw_table(shown: pd.DataFrame, view: address.View, say: Words) -> None:
    """All links as a table, and as CSV."""
    st.header(say("Table"), anchor=False)
    columns = {
        "coach": say("coach"),
        "club": say("club"),
        "relation": say("relation"),
        "stories": say("stories"),
        "first": say("first"),
        "last": say("last"),
        "sentence": say("sentence"),
    }
    table = shown.assign(
        club=shown["club"].map(say.club),
        relation=shown["relation"].map(say.relation),
        first=[say.day(day.date()) for day in shown["first"]],
        last=[say.day(day.date()) for day in shown["last"]],
    )
    st.dataframe(
        table[list(columns)].rename(columns=columns), hide_index=True, alt=say("Links between coaches and clubs")
    )
    downloads.csv_button(shown, f"related-clubs-{view.day}.csv", say)
