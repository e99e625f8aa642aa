"""The index of one coach over time, and the stories behind the days chosen in it."""

from datetime import date

import pandas as pd
import streamlit as st

from analysis.charts.index import index_chart
from analysis.index.parameters import Parameters
from analysis.index.standing import contributions
from analysis.views import EVENT_COLUMNS, behind, between, coach_events, eventful
from pages import address, common, figures, filters, matches, reach, story_list
from pages.dossier import Case
from pages.wording import Words

Days = tuple[pd.Timestamp, pd.Timestamp]
CHART = "index"


def chosen_days(case: Case) -> Days | None:
    """The first and last day that the address chooses; None where it leaves it at the day looked at."""
    found = address.asked_days(common.span()[0], case.day.date())
    return (common.timestamp(found[0]), common.timestamp(found[1])) if found else None


def draw_index(case: Case, days: Days | None, first: pd.Timestamp, say: Words) -> None:
    """The index since `first` with its events; a click or a drag writes the days it chooses into the address."""
    st.header(say("Pressure over time"), anchor=False)
    if case.index.empty:
        st.info(say("There is no index of this coach by this day."))
        return
    alt = say("Pressure index of {coach} by day, with interval, stages and events", coach=case.coach)
    st.caption(
        say(
            "The band is the 80 % interval, a ring a change point, a square an alarm. Click a point, or drag over "
            "days, to see exactly the stories behind them."
        )
    )
    index = case.since_day(first)
    told, changes, raised = (
        frame[frame["date"] >= first] for frame in (events(case, first, say), case.changes, case.alarms)
    )
    chart = index_chart(
        index,
        told,
        changes,
        say,
        raised=raised,
        threshold=Parameters().alarm_on,
        chosen=days,
    )
    is_touched = figures.is_touched()
    # As Streamlit would set them itself, once the chart is drawn.
    chart.update_layout(dragmode=False if is_touched else "select", clickmode="event+select" if is_touched else "event")
    options = {"on_select": _picked, "selection_mode": "points" if is_touched else "box"}
    options["on_click"] = None if is_touched else _clicked
    figures.show(chart, alt, CHART, index, say, case.name, **options)
    reach.draw(case, say)


def _picked() -> None:
    selection = st.session_state[CHART].selection
    if selection.box:
        choose(*_days_of_box(selection.box[0]["x"]))
        return
    days = [point["customdata"] for point in selection.points if isinstance(point.get("customdata"), str)]
    day = date.fromisoformat(days[0]) if days else None
    choose(day, day)


def _clicked() -> None:
    day = figures.clicked(CHART)
    if day:
        choose(date.fromisoformat(day), date.fromisoformat(day))


def _days_of_box(ends: list[object]) -> tuple[date, date]:
    """The days whose points lie inside a box; of one between two points, the nearer."""
    first, last = sorted(pd.Timestamp(end) for end in ends)
    inside = (first.ceil("D"), last.floor("D"))
    first, last = inside if inside[0] <= inside[1] else (first.round("D"), first.round("D"))
    return first.date(), last.date()


def choose(first: date | None, last: date | None) -> None:
    """Write the days to show into the address; None goes back to the day looked at."""
    ends = {"from": first.isoformat() if first else "", "to": last.isoformat() if last and last != first else ""}
    address.change(**ends)


def events(case: Case, first: pd.Timestamp, say: Words) -> pd.DataFrame:
    """Matches, statements, ultimatums and departures from the day `first` on."""
    played = matches.played(case.club, case.day.date(), first.date())
    labels = [matches.sentence(match, say) for _, match in played.iterrows()]
    is_told = (case.stories["published_at"] >= first).to_numpy() & eventful(case.stories)
    return coach_events(
        case.titled(case.stories.loc[is_told, [*EVENT_COLUMNS]]),
        pd.DataFrame({"date": played["date"], "label": pd.Series(labels, dtype="object")}),
    )


def draw_choice(case: Case, days: Days | None, say: Words) -> None:
    """The days chosen as two fields, for whoever has no mouse, and the way back to the day looked at."""
    first, last = common.span()[0], case.day.date()
    bounds = {"min_value": first, "max_value": last, "format": "DD/MM/YYYY", "width": 160}
    with st.container(horizontal=True, vertical_alignment="bottom", key="days"):
        filters.picker(st.date_input, say("Stories from"), days[0].date() if days else None, "from", **bounds)
        filters.picker(st.date_input, say("to"), days[1].date() if days else None, "to", **bounds)
        if days:
            st.button(say("Back to {day}", day=say.day(last)), on_click=choose, args=(None, None), key="all_days")


def draw_stories(case: Case, days: Days | None, say: Words) -> None:
    """The stories behind the day chosen, else behind the day looked at; of several days, those published in them."""
    first, last = days or (case.day, case.day)
    if first < last:
        title = say("Stories from {first} to {last}", first=say.day(first.date(), "short"), last=say.day(last.date()))
        shown = between(case.stories, first, last)
        empty = say("No story about the coach was published in these days.")
    else:
        title = say("Stories behind {day}", day=say.day(last.date()))
        weights = contributions(common.ledger(case.languages), case.coach, last)
        shown = behind(case.stories, weights, last, say.ui)
        empty = say("No story about the job stands behind this day.")
    st.header(title, anchor=False)
    draw_choice(case, days, say)
    with st.container(key="told"):
        story_list.draw(shown, case.with_quotes, say, empty)
