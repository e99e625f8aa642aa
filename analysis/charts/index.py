"""The pressure index of one coach over time, with his stages, change points, alarms and events."""

from functools import cache

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.charts.draft import Draft
from analysis.charts.palette import QUIET, STAGE_LOOK
from analysis.charts.shared import (
    DAY_MS,
    GRID,
    Words,
    day_axis,
    draft,
    fixed_margins,
    index_axis,
    iso,
    isos,
    label,
    small,
    wrapped,
)

LANES = ("stage", "statement", "match")
_LANE_HEIGHT = {"stage": 2, "statement": 1, "match": 0}


def index_chart(
    series: pd.DataFrame,
    events: pd.DataFrame,
    changes: pd.DataFrame,
    words: Words,
    raised: pd.DataFrame | None = None,
    threshold: float | None = None,
    chosen: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> go.Figure:
    """One coach's index with its 80 % interval, the stage below it day by day, and what happened.

    `series` holds INDEX rows of one coach by date; `events` columns date, kind (match, statement, ultimatum,
    departure), label; `changes` columns date, before, after, and `raised` the alarms, columns date, index
    (analysis.index.changes); `threshold` is the height at which an alarm is raised; `chosen` the first and last day
    whose stories are shown. Points carry their day in customdata, so that a click can be opened.
    """
    chart = draft(430, selectdirection="h", clickmode="event+select", barmode="overlay")
    for _, spell in series.groupby("club", sort=False):
        _add_interval(chart, spell)
        _add_line(chart, spell, words)
    _add_changes(chart, changes, words)
    if raised is not None:
        _add_alarms(chart, raised, words)
    _add_stages(chart, series, words)
    _add_events(chart, events, words)
    if threshold is not None:
        _add_threshold(chart, series, threshold, words)
    if chosen is not None:
        _add_chosen(chart, *chosen)
    return _with_lanes(chart, series, words)


def _with_lanes(chart: Draft, series: pd.DataFrame, words: Words) -> go.Figure:
    """The index above, and below it the lanes of stage, statements and matches, over the same days."""
    lane = {"domain": [0, 0.22], "range": [-0.6, 2.6], "tickvals": [2, 1, 0], "anchor": "x"}
    names = [words("stage"), words("statements"), words("matches")]
    chart.update_layout(
        xaxis=day_axis(series["date"], words) | {"anchor": "y2"},
        yaxis={**index_axis(words), "domain": [0.30, 1]},
        yaxis2=lane | {"ticktext": names, "showgrid": False, "zeroline": False, "fixedrange": True},
    )
    fixed_margins(chart, max(names, key=len))
    return chart.figure()


def _add_threshold(chart: Draft, series: pd.DataFrame, threshold: float, words: Words) -> None:
    chart.add_hline(y=threshold, line={"color": QUIET, "dash": "dot", "width": 1}, layer="below")
    chart.add_annotation(x=iso(series["date"].min()), y=threshold, text=label(words("alarm from here")),
                         showarrow=False, xanchor="left", yanchor="bottom", font={"size": 12})  # fmt: skip


def _add_chosen(chart: Draft, first: pd.Timestamp, last: pd.Timestamp) -> None:
    half = pd.Timedelta(hours=12)
    chart.add_vrect(x0=(first - half).isoformat(), x1=(last + half).isoformat(), fillcolor=GRID, line={"width": 0},
                    layer="below")  # fmt: skip


def _add_interval(chart: Draft, spell: pd.DataFrame) -> None:
    days = isos(spell["date"])
    chart.add_scatter(x=days, y=small(spell["upper"]), mode="lines", line={"width": 0}, hoverinfo="skip", name="upper")
    chart.add_scatter(
        x=days,
        y=small(spell["lower"]),
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
        name="lower",
        fill="tonexty",
        fillcolor="rgba(138,145,156,0.28)",
    )


def _add_line(chart: Draft, spell: pd.DataFrame, words: Words) -> None:
    stage = cache(lambda name: label(words.stage(name)))
    days, stages = spell["date"].dt.date.tolist(), spell["stage"].tolist()
    numbers = ([words.number(value) for value in spell[name].tolist()] for name in ("index", "lower", "upper"))
    hover = [
        f"<b>{label(words.day(day))}</b><br>"
        + label(words("index {index}, interval {lower} to {upper}", index=index, lower=lower, upper=upper))
        + f"<br>{stage(told)}"
        for day, told, index, lower, upper in zip(days, stages, *numbers, strict=True)
    ]
    chart.add_scatter(
        x=isos(spell["date"]),
        y=small(spell["index"]),
        mode="lines+markers",
        name="index",
        line={"color": QUIET, "width": 2},
        hovertext=hover,
        hoverinfo="text",
        marker={"color": [STAGE_LOOK[told].colour for told in stages], "size": 6},
        customdata=isos(spell["date"]),
        unselected={"marker": {"opacity": 1}},
        selected={"marker": {"size": 11}},
    )


def _add_changes(chart: Draft, changes: pd.DataFrame, words: Words) -> None:
    hover = [
        f"<b>{label(words.day(row.date.date()))}</b><br>"
        + label(
            words(
                "change point: from {before} to {after}", before=words.number(row.before), after=words.number(row.after)
            )
        )
        for row in changes.itertuples()
    ]
    ring = {"symbol": "circle-open", "size": 14, "color": QUIET}
    _add_marks(chart, "changes", changes["date"], changes["after"], hover, ring)


def _add_alarms(chart: Draft, raised: pd.DataFrame, words: Words) -> None:
    hover = [
        f"<b>{label(words.day(date.date()))}</b><br>"
        + label(words("alarm raised at {index}", index=words.number(index)))
        for date, index in zip(raised["date"], raised["index"], strict=True)
    ]
    square = {"symbol": "square-open", "size": 17, "color": STAGE_LOOK["ultimatum"].colour}
    _add_marks(chart, "alarms", raised["date"], raised["index"], hover, square)


def _add_marks(chart: Draft, name: str, dates: pd.Series, heights: pd.Series, hover: list[str], marker: dict) -> None:
    """Open marks around points of the index that say in a hover what happened there."""
    chart.add_scatter(
        x=isos(dates),
        y=small(heights),
        mode="markers",
        name=name,
        hovertext=hover,
        hoverinfo="text",
        customdata=isos(dates),
        unselected={"marker": {"opacity": 1}},
        marker={**marker, "line": {"width": 2}},
    )


def _add_stages(chart: Draft, series: pd.DataFrame, words: Words) -> None:
    whole = stage_runs(series)
    rows = list(zip(whole["stage"], isos(whole["first"]), whole["first"].dt.date, whole["last"].dt.date, whole["days"],
                    strict=True))  # fmt: skip
    for stage in dict.fromkeys(whole["stage"].tolist()):
        name, runs = label(words.stage(stage)), [row[1:] for row in rows if row[0] == stage]
        chart.add_bar(
            x=[days * DAY_MS for _, _, _, days in runs],
            base=[day for day, _, _, _ in runs],
            y=[_LANE_HEIGHT["stage"]] * len(runs),
            orientation="h",
            width=0.5,
            marker={
                "color": STAGE_LOOK[stage].colour,
                "line": {"width": 0},
                "opacity": 0.35 if stage == "none" else 1,
            },
            hovertext=[f"{name}<br>{words.day(first)} – {words.day(last)}" for _, first, last, _ in runs],
            hoverinfo="text",
            yaxis="y2",
            name=f"stage:{stage}",
            unselected={"marker": {"opacity": 1}},
        )


def stage_runs(series: pd.DataFrame) -> pd.DataFrame:
    """Unbroken runs of one stage: columns stage, first, last, days."""
    ordered = series.sort_values("date")
    stage, days = ordered["stage"].to_numpy(dtype=object), ordered["date"].array
    begins = np.ones(len(stage), dtype=bool)
    begins[1:] = stage[1:] != stage[:-1]
    starts, ends = np.flatnonzero(begins), np.flatnonzero(np.roll(begins, -1))
    runs = pd.DataFrame({"stage": ordered["stage"].array[starts], "first": days[starts], "last": days[ends]})
    return runs.assign(days=(runs["last"] - runs["first"]).dt.days + 1)


_EVENT_LOOK = {
    "match": ("circle-open", QUIET, "match"),
    "statement": (STAGE_LOOK["reassured"].symbol, STAGE_LOOK["reassured"].colour, "statement"),
    "ultimatum": (STAGE_LOOK["ultimatum"].symbol, STAGE_LOOK["ultimatum"].colour, "statement"),
    "departure": (STAGE_LOOK["dismissed"].symbol, STAGE_LOOK["dismissed"].colour, "statement"),
}


def _add_events(chart: Draft, events: pd.DataFrame, words: Words) -> None:
    told = list(zip(events["kind"], isos(events["date"]), events["date"].dt.date, events["label"], strict=True))
    for kind in dict.fromkeys(events["kind"].tolist()):
        symbol, colour, lane = _EVENT_LOOK[str(kind)]
        rows = [row[1:] for row in told if row[0] == kind]
        hover = [f"<b>{label(words.day(day))}</b><br>{wrapped(title)}" for _, day, title in rows]
        days = [day for day, _, _ in rows]
        chart.add_scatter(
            x=days,
            y=[_LANE_HEIGHT[lane]] * len(rows),
            mode="markers",
            name=kind,
            marker={"symbol": symbol, "color": colour, "size": 9, "line": {"width": 1.5, "color": colour}},
            hovertext=hover,
            hoverinfo="text",
            yaxis="y2",
            customdata=days,
            unselected={"marker": {"opacity": 1}},
        )
