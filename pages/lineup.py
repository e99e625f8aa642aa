"""The parts of the Compare page: who is compared, and along which axis."""

import pandas as pd
import streamlit as st

from analysis.charts.compare import ALIGNMENTS, MOST, aligned, compare_chart
from analysis.days import day_number, timestamps
from pages import address, common, figures, filters, shell
from pages.markup import Html, join, tag
from pages.rows import badge
from pages.wording import Words, mark, plain

HOTTEST = 3
SPLIT = (0.25, 0.75)
_ALIGNMENTS = {
    "date": mark("by date"),
    "tenure": mark("by days in the job"),
    "departure": mark("by days to the departure"),
}


def choose(view: address.View, say: Words) -> list[str]:
    """The coaches of the address that the archive knows, else the hottest beside the one looked at before."""
    spells = common.ledger(view.languages).spells
    names = sorted(spells["coach"].unique())
    chosen = [name for name in view.coaches if name in names][:MOST]
    for name in view.coaches:
        if name not in names:
            st.warning(say("No story about {coach} by {day}.", coach=plain(name), day=say.day(view.day)))
    if not address.names_coach():
        hottest = common.seats(view.languages, "", view.day)["coach"]
        chosen = list(dict.fromkeys([*chosen[:1], *hottest]))[:HOTTEST]
        address.settle(coach=chosen)
    filters.picker(
        st.multiselect,
        say("Coaches, up to {count}", count=MOST),
        chosen,
        "coach",
        options=names,
        max_selections=MOST,
        placeholder=say("the three hottest"),
    )
    return chosen


def spells(view: address.View, coaches: list[str]) -> pd.DataFrame:
    """Spells of `coaches` by the day: columns coach, club, start, end (NaT while running then)."""
    table = common.ledger(view.languages).spells
    table = table[table["coach"].isin(coaches) & (table["start"] <= day_number(view.day))]
    over = (table["ended_by"] != "") & (table["end"] <= day_number(view.day))
    ends = pd.Series(timestamps(table["end"].to_numpy()), index=table.index).where(over)
    starts = [_start(row.coach, row.club, timestamps([row.start])[0]) for row in table.itertuples()]
    return table[["coach", "club"]].assign(
        start=pd.Series(starts, index=table.index, dtype="datetime64[ns, UTC]"), end=ends
    )


def _start(coach: str, club: str, first: pd.Timestamp) -> pd.Timestamp:
    """The day the record has for the spell that was open on `first`, which the archive may begin after."""
    for spell in common.gazetteer().spells_of(coach):
        if spell.club == club and spell.start <= first.date() and (spell.end is None or first.date() <= spell.end):
            return common.timestamp(spell.start)
    return first


def draw(view: address.View, coaches: list[str], say: Words) -> None:
    """One line a coach, along the axis chosen, and where each stands today."""
    alignment = address.asked("align", ALIGNMENTS, ALIGNMENTS[0])
    filters.picker(
        st.segmented_control,
        say("Along"),
        alignment,
        "align",
        options=ALIGNMENTS,
        required=True,
        format_func=lambda name: say(_ALIGNMENTS[name]),
    )
    with st.spinner(say("Adding up the stories …")):
        index = pd.concat([common.series(view.languages, coach, view.day) for coach in coaches])
    shown = aligned(index, spells(view, coaches), alignment)
    chart = compare_chart(shown, coaches, alignment, say)
    alt = say("Pressure index of {coaches}", coaches=", ".join(coaches))
    figures.show(chart, alt, "compare", shown, say, str(view.day))
    left_out = [coach for coach in coaches if coach not in set(shown["coach"])]
    if left_out and len(shown):
        st.caption(
            plain(say("Not on this axis, for no spell of theirs has ended: {coaches}.", coaches=", ".join(left_out)))
        )
    draw_standing(view, coaches, say)


def draw_standing(view: address.View, coaches: list[str], say: Words) -> None:
    """Stage and index of each coach on the day."""
    seats = common.seats(view.languages, "", view.day)
    for coach in coaches:
        with st.container(key=f"seat_{coach}"):
            name, body = st.columns(SPLIT, vertical_alignment="center")
            with name:
                shell.page_link("coach", coach, coach=coach)
            posts = [_standing(row, view, say) for _, row in seats[seats["coach"] == coach].iterrows()]
            body.html(join(*(posts or [tag("span", say("in no post on this day"), class_="pn-quiet")])))


def _standing(row: pd.Series, view: address.View, say: Words) -> Html:
    mark = badge(row["stage"], say, bool(common.reported_by(row, view.languages)))
    number = tag("span", say("index {index}", index=say.number(row["index"])), class_="pn-number")
    return tag("div", tag("span", say.club(row["club"])), tag("span", mark), number, class_="pn-standing")
