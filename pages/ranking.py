"""The parts of the Hot seats page: headline, moves, ranked rows, the race of the hottest."""

import pandas as pd
import streamlit as st

from analysis.charts.palette import STAGE_LOOK
from analysis.charts.race import race_chart
from analysis.views import RECENT_DAYS, movers
from analysis.views.quotes import sentence
from pages import address, common, dossier, downloads, figures, filters, links, matches, rows, shell, story_list
from pages.markup import Html, join, tag
from pages.wording import Words, mark

SHOWN = 10
"""Rows of the ranking; the whole table is one click away."""
FEWEST = 5
SPLIT = (0.19, 0.81)
RACING, NAMED = 5, 4
NEXT_DAYS = 60
"""Links told longer ago are no news of where a coach might go."""
SCALE = mark(
    "The index goes from 0, nothing in doubt, to 100: one source's speculation makes about 15, pressure in three "
    "sources 50, an ultimatum 70, an agreed successor 90."
)
FAINT = 3.0
"""Below this an index is no danger: it is drawn to zero by the decay of old stories."""


def _shown(table: pd.DataFrame) -> tuple[str, ...]:
    """The coaches of the first rows, of whom everything beside the index is looked up at once."""
    return tuple(table["coach"].head(SHOWN))


def draw_headline(table: pd.DataFrame, view: address.View, say: Words) -> None:
    """Who is most in danger, how much, what changed, and the words behind it."""
    row = table.iloc[0]
    line = common.evidence(view.languages, view.day, _shown(table), view.ui).get(row["coach"])
    badge = rows.badge(row["stage"], say, bool(common.reported_by(row, view.languages)))
    values = {
        "coach": tag("strong", row["coach"]),
        "club": say.club(row["club"]),
        "stage": badge,
        "index": tag("strong", say.number(row["index"])),
        "lower": say.number(row["lower"]),
        "upper": say.number(row["upper"]),
    }
    if pd.isna(row["change_7"]):
        text = say.markup(
            "{coach}, {club}: {stage}. Index {index} of 100 (80 % interval {lower} to {upper}).", **values
        )
    else:
        text = say.markup(
            "{coach}, {club}: {stage}. Index {index} of 100 (80 % interval {lower} to {upper}), {change} in "
            "seven days.",
            change=say.change(row["change_7"]),
            **values,
        )
    st.html(
        join(
            tag("p", text, class_="pn-headline"),
            _words_behind(line, row["stage"], say),
            tag("p", say(SCALE), class_="pn-quiet"),
        )
    )


def _words_behind(line: dict | None, stage: str, say: Words) -> Html:
    """The sentence that holds the words of `line`, which are marked in it, with source and day."""
    if line is None:
        return tag("p", rows.quotation(None, say))
    article, words = common.article(line["article_id"]), line["text"]
    whole = next((article[field] for field in ("text", "title") if words in article[field]), words)
    start = whole.find(words)
    said, first, last = sentence(whole, start, start + len(words))
    quote = story_list.quoted(said, [(first, last)], STAGE_LOOK[stage].colour, line["lang"])
    return tag("div", quote, rows.whence(line, say), class_="pn-behind")


def draw_next(row: pd.Series, view: address.View, say: Words) -> None:
    """Where the coach might go, and who is named for his bench, as the stories of NEXT_DAYS have it."""
    told = links.candidates(view, NEXT_DAYS, row["coach"], row["club"])
    places, rivals = told[told["coach"] == row["coach"]], told[told["club"] == row["club"]]
    places, rivals = places[places["club"] != row["club"]], rivals[rivals["coach"] != row["coach"]]
    parts = [_named(say("Where next"), places["club"].map(say.club), say("no club is named"))]
    parts += [_named(say("For his bench"), rivals["coach"], say("nobody is named"))]
    with st.container(key="next", gap="xsmall"):
        st.html(join(*parts))
        if len(places) or len(rivals):
            query = {"coach": row["coach"], "picture": "carousel"}
            shell.page_link("related_clubs", say("The sentences behind it"), **query)


def _named(title: str, names: pd.Series, nobody: str) -> Html:
    items = [tag("li", name) for name in dict.fromkeys(names)][:NAMED]
    return tag("ul", tag("li", tag("strong", title)), *(items or [tag("li", nobody, class_="pn-quiet")]),
               class_="pn-moves")  # fmt: skip


def draw_moves(table: pd.DataFrame, say: Words) -> None:
    """What moved since yesterday and in a week."""
    st.html(
        join(
            *[
                _moves(movers(table, days), f"change_{days}", title, say)
                for days, title in ((1, say("Since yesterday")), (RECENT_DAYS, say("In seven days")))
            ]
        )
    )


def _moves(moved: pd.DataFrame, column: str, title: str, say: Words) -> Html:
    items = [
        tag("li", row["coach"], " ", tag("span", say.change(row[column]), class_="pn-number"))
        for _, row in moved.iterrows()
    ]
    return tag("ul", tag("li", tag("strong", title)), *(items or [tag("li", say("nothing moved"))]), class_="pn-moves")


def draw_rows(table: pd.DataFrame, view: address.View, say: Words) -> None:
    """The hottest, a row each, every name a link to the coach's page."""
    told = table[(table["index"] >= FAINT) | (table["stage"] != "none")]
    shown = table.head(min(SHOWN, max(FEWEST, len(told))))
    with st.container(key="seat_head"):
        name, body = st.columns(SPLIT)
        name.html(tag("div", say("coach"), class_="pn-head"))
        body.html(rows.header(say))
    for position, row in shown.iterrows():
        with st.container(key=f"seat_{position}"):
            name, body = st.columns(SPLIT, vertical_alignment="center")
            with name.container(gap=None):
                shell.page_link("coach", f"{position + 1}  {row['coach']}", coach=row["coach"])
                st.html(tag("div", say.club(row["club"]), class_="pn-quiet"))
            body.html(_row(row, _shown(table), view, say))


def _row(row: pd.Series, others: tuple[str, ...], view: address.View, say: Words) -> Html:
    own = common.recent(view.languages, others, view.day)[row["coach"]]
    line = common.evidence(view.languages, view.day, others, view.ui).get(row["coach"])
    gone = common.reported_by(row, view.languages)
    is_told = line is not None and line["source"] == gone
    notes = [say("Reported gone by {source}, not confirmed.", source=gone)] if gone and not is_told else []
    notes += [note for note in (matches.beside(row["club"], view.day, say),) if note]
    badge = rows.badge(row["stage"], say, bool(gone))
    return rows.ranking_row(row, badge, own[own["club"] == row["club"]], line, common.timestamp(view.day), notes, say)


def draw_all(table: pd.DataFrame, view: address.View, say: Words) -> None:
    """All coaches as a table, folded away; of very many it is worked out only when it is asked for."""
    title = say.some("{count} coach as a table", "All {count} coaches as a table", len(table))
    if len(table) <= common.MANY_COACHES:
        with filters.folded(title, "table") as part:
            if part.open:
                draw_table(table, view, say)
    elif filters.unfold(title, "table"):
        draw_table(common.seats(view.languages, view.competition, view.day, is_whole=True), view, say)


def draw_table(table: pd.DataFrame, view: address.View, say: Words) -> None:
    """All coaches as a table, and as CSV."""
    columns = {
        "coach": say("coach"),
        "club": say("club"),
        "competition": say("competition"),
        "stage": say("stage"),
        "index": say("index"),
        "lower": say("lower"),
        "upper": say("upper"),
        "change_1": say("1 day"),
        "change_7": say("7 days"),
        "stories": say("stories"),
        "volume": say("other stories a week"),
    }
    counted = ["index", "lower", "upper", "change_1", "change_7"]
    # A fall of less than half a point would stand there as -0.
    whole = {key: table[key].round() + 0.0 for key in counted}
    shown = table.assign(club=table["club"].map(say.club), stage=table["stage"].map(say.stage), **whole)
    shown = shown[list(columns)].rename(columns=columns)
    about = say(dossier.VOLUME)
    numbers = [columns[key] for key in counted]
    st.dataframe(
        shown,
        hide_index=True,
        alt=say("All coaches by pressure index"),
        column_config={name: st.column_config.NumberColumn(format="%.0f") for name in numbers}
        | {columns["volume"]: st.column_config.NumberColumn(format="%.1f", help=about)},
    )
    downloads.csv_button(table, f"hot-seats-{view.day}.csv", say)


def draw_own(say: Words) -> None:
    """On the demonstration, the way to articles of one's own."""
    if not common.archive().is_demonstration:
        return
    st.header(say("Your own articles"), anchor=False)
    told = say.markup("Keep them with {command}, and this page shows them in place of the demonstration.",
                      command=tag("code", "python -m analysis add FILES"))  # fmt: skip
    with st.container(key="own", gap="xsmall"):
        st.html(tag("p", told, class_="pn-quiet"))
        shell.page_link("read_article", say("Read one article here"))


def draw_race(table: pd.DataFrame, view: address.View, say: Words) -> None:
    """The hottest over the last 60 days; a click on a line opens the coach."""
    racing = table.head(RACING)
    lines, first = common.recent(view.languages, _shown(table), view.day), common.timestamp(view.day)
    shown = pd.concat(
        [lines[coach][lines[coach]["club"].isin(own)] for coach, own in racing.groupby("coach", sort=False)["club"]],
        ignore_index=True,
    )
    shown = shown[shown["date"] > first - pd.Timedelta(days=rows.SPARK_DAYS)]
    chart = race_chart(shown, racing["coach"].tolist(), say)
    alt = say("Pressure index over 60 days of {coaches}", coaches=", ".join(racing["coach"]))
    options = {"on_select": "rerun", "selection_mode": "points"}
    chosen = figures.show(chart, alt, "race", shown, say, str(view.day), **options)
    if chosen:
        st.switch_page("pages/coach.py", query_params=address.here(coach=str(chosen[0]["customdata"])))
