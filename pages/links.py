"""The parts of the Related clubs page: who is shown, the graph, the sentences, the table."""

import pandas as pd
import streamlit as st

from analysis.charts.graph import club_graph
from analysis.charts.growth import growth_chart
from analysis.charts.shared import short_names
from analysis.picking import as_text, of_articles
from analysis.schema import RELATIONS
from analysis.views import between, until
from analysis.views.graph import EDGE, LAYOUTS, carousel, club_edges, link_growth, told_in
from analysis.views.quotes import in_sentences
from pages import address, common, downloads, figures, filters, story_list
from pages.edition import remembered
from pages.markup import tag
from pages.wording import Words, mark

MOST = 40
"""Edges in one picture; the table holds all."""
EVERYONE = "*"
_SEPARATOR = " | "
_CROWD = ("employer", "opponent", "rival")
"""Relations left out at first where all coaches are shown: every coach has them, so they hide the links that tell."""
_LAYOUTS = {
    "sides": mark("coaches and clubs side by side"),
    "carousel": mark("carousel"),
    "network": mark("network"),
}


@remembered(st.cache_data(max_entries=32, show_spinner=False))
def edges(view: address.View) -> pd.DataFrame:
    """All edges by the day, from articles in the languages chosen, as `with_sentences` has them."""
    known = relations(view)
    return with_sentences(club_edges(known, common.stories()), known, common.claims(view.languages), view.ui)


def with_sentences(every: pd.DataFrame, known: pd.DataFrame, claims: pd.DataFrame, ui: str) -> pd.DataFrame:
    """Edges with the sentence behind each, the newest in the language `ui` where one says it, else the newest of all.

    `known` are the relations they were made of, `claims` those of their articles, which tell the language of each.
    Beside each sentence stand its day (`date`), source, lang and url.
    """
    chosen = told_in(every, known, claims, ui)
    articles = common.parts_of(chosen["article_id"], "articles")[0]
    return _with_source(in_sentences(chosen, articles), articles)


def _with_source(told: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    about = of_articles(articles, told["article_id"])[["article_id", "published_at", "source", "lang", "url"]]
    return told.merge(as_text(about).rename(columns={"published_at": "date"}), on="article_id", how="left")


def relations(view: address.View) -> pd.DataFrame:
    """What articles in the languages chosen said by the day, schema RELATION_EDGES."""
    known = common.archive().relations
    known = known[known["article_id"].isin(common.claims(view.languages)["article_id"])]
    return until(known, common.timestamp(view.day))


@remembered(st.cache_data(max_entries=32, show_spinner=False))
def candidates(view: address.View, days: int, coach: str, club: str) -> pd.DataFrame:
    """Who was tied to which bench in the last `days` days, and not denied: columns as analysis.views.graph.EDGES.

    Of these the links of `coach`, and those to the bench of `club`.
    """
    day = common.timestamp(view.day)
    told = between(common.archive().relations, day - pd.Timedelta(days=days), day)
    told = told[told["relation"].isin(["destination", "national_team"])]
    told = told[(told["coach"] == coach) | (told["club"] == club)]
    if view.languages:
        spoken = common.parts_of(told["article_id"], "articles")[0]
        told = of_articles(told, spoken.loc[spoken["lang"].isin(view.languages), "article_id"])
    tied = carousel(club_edges(told, common.parts_of(told["article_id"], "stories")[0]), {})
    return tied[tied["detail"] != "denied"]


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


def picture(say: Words) -> str:
    """The picture asked for, one of LAYOUTS."""
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
    return layout


def filtered(every: pd.DataFrame, coach: str, layout: str, view: address.View, say: Words) -> pd.DataFrame:
    """The edges of the coach, of the relations chosen; in the carousel also who is tied to his own bench."""
    own = every if coach == EVERYONE else every[every["coach"] == coach]
    if layout == "carousel":
        posts = common.seats(view.languages, "", view.day).set_index("coach")["club"].to_dict()
        benches = carousel(every, posts)
        mine = (benches["coach"] == coach) | (benches["club"] == posts.get(coach, ""))
        own = benches if coach == EVERYONE else benches[mine]
    present = [relation for relation in RELATIONS if relation in set(own["relation"])]
    usual = [relation for relation in present if relation not in _CROWD] or present if coach == EVERYONE else present
    asked = [relation for relation in present if relation in st.query_params.get_all("relation")] or usual
    if present:
        filters.picker(
            st.pills,
            say("Relations"),
            asked,
            "relation",
            options=present,
            selection_mode="multi",
            format_func=say.relation,
        )
    return own[own["relation"].isin(asked)].reset_index(drop=True)


def draw_graph(shown: pd.DataFrame, coach: str, layout: str, view: address.View, say: Words) -> None:
    """The graph; a click on an edge writes it into the address."""
    if len(shown) > MOST:
        count = say.number(len(shown))
        st.caption(say("The {shown} links with most stories of {count}; the table holds all.", shown=MOST, count=count))
    who = say("all coaches") if coach == EVERYONE else coach
    alt = say("Clubs tied to {coach}, by relation", coach=who)
    notes = {}
    if layout == "carousel":
        st.caption(say("Left the candidates, right the benches they are tied to, and who sits there with his index."))
        notes = _sitting(shown["club"], view, say)
    chart = club_graph(shown.head(MOST), layout, say, notes)
    figures.show(chart, alt, "clubs", shown, say, str(view.day), on_select=_clicked, selection_mode="points")


def _sitting(clubs: pd.Series, view: address.View, say: Words) -> dict[str, str]:
    """Who has each of `clubs` on the day, by surname, and his index."""
    seats = common.seats(view.languages, "", view.day)
    sitting = seats[seats["club"].isin(clubs)]
    names = short_names(sitting["coach"].tolist())
    return {
        row["club"]: say("{coach}, index {index}", coach=names[row["coach"]], index=say.number(row["index"]))
        for _, row in sitting.iterrows()
    }


def _clicked() -> None:
    points = st.session_state["clubs"].selection.points
    address.change(link=next((_SEPARATOR.join(point["customdata"]) for point in points if "customdata" in point), ""))


def opened(shown: pd.DataFrame, say: Words) -> pd.DataFrame:
    """The link to open, chosen from a list or by a click; all of them where none is. Both are in the address."""
    keys = shown[EDGE].agg(_SEPARATOR.join, axis=1).tolist()
    chosen = address.asked("link", tuple(keys), "")
    names = {
        key: f"{row['coach']} – {say.club(row['club'])}, {say.relation(row['relation'])}"
        for key, (_, row) in zip(keys, shown.iterrows(), strict=True)
    }
    filters.picker(
        st.selectbox,
        say("Link"),
        chosen,
        "link",
        options=["", *keys],
        format_func=lambda key: names.get(key, say("all links")),
    )
    return shown[[key == chosen for key in keys]] if chosen else shown


def draw_growth(shown: pd.DataFrame, view: address.View, say: Words) -> None:
    """How the links with most stories grew, story by story."""
    st.header(say("How a link grew"), anchor=False)
    told = _told(shown, view)
    if told["stories"].max() < 2:
        st.html(tag("p", say("Every link rests on one story so far: no growth to draw."), class_="pn-quiet"))
        return
    chart = growth_chart(told, common.timestamp(view.day), say)
    figures.show(chart, say("Stories so far of each link, by day"), "growth", told, say, str(view.day))


def _told(shown: pd.DataFrame, view: address.View) -> pd.DataFrame:
    return in_sentences(link_growth(relations(view), common.stories(), shown), common.archive().articles)


def draw_sentences(shown: pd.DataFrame, every: pd.DataFrame, view: address.View, say: Words) -> None:
    """All sentences behind the one link that is open, else one behind each of those with most stories."""
    st.header(say("The sentences behind a link") if len(shown) < len(every) else say("The sentence behind each link"),
              anchor=False)  # fmt: skip
    if len(shown) < len(every):
        told = _told(shown, view)
        about = common.parts_of(told["article_id"], "articles")[0]
        told = _with_source(told.drop(columns="date"), about).sort_values("date", ascending=False, kind="stable")
        story_list.draw_sentences(told, say)
        return
    st.caption(say("Choose a link above, or click the mark in the middle of a line, for all its sentences."))
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
