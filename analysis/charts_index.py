"""Charts of the pressure index over time: one coach with his events, the hottest few, several compared."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import (
    DAY_MS,
    Words,
    day_axis,
    end_labels,
    figure,
    index_axis,
    iso,
    label,
    short_names,
    small,
    wrapped,
)
from analysis.palette import QUIET, SERIES, SERIES_DASHES, STAGE_LOOK

LANES = ("stage", "statement", "match")
_LANE_HEIGHT = {"stage": 2, "statement": 1, "match": 0}


def index_chart(series: pd.DataFrame, events: pd.DataFrame, changes: pd.DataFrame, words: Words) -> go.Figure:
    """One coach's index with its 80 % interval, the stage below it day by day, and what happened.

    `series` holds INDEX rows of one coach by date; `events` columns date, kind (match, statement, ultimatum,
    departure), label; `changes` columns date, before, after (analysis.changes). Points carry their day in customdata,
    so that a click can be opened.
    """
    chart = figure(430, selectdirection="h", clickmode="event+select", barmode="overlay")
    for _, spell in series.groupby("club", sort=False):
        _add_interval(chart, spell)
        _add_line(chart, spell, words)
    _add_changes(chart, changes, words)
    _add_stages(chart, series, words)
    _add_events(chart, events, words)
    lanes = [words("stage"), words("statements"), words("matches")]
    chart.update_layout(
        xaxis=day_axis(series["date"], words) | {"anchor": "y2"},
        yaxis={**index_axis(words), "domain": [0.30, 1]},
        yaxis2={
            "domain": [0, 0.22],
            "range": [-0.6, 2.6],
            "tickvals": [2, 1, 0],
            "ticktext": lanes,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
            "anchor": "x",
        },
    )
    return chart


def _add_interval(chart: go.Figure, spell: pd.DataFrame) -> None:
    days = spell["date"].map(iso)
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


def _add_line(chart: go.Figure, spell: pd.DataFrame, words: Words) -> None:
    looks = spell["stage"].map(STAGE_LOOK)
    hover = [
        f"<b>{label(words.day(row.date.date()))}</b><br>"
        + label(
            words(
                "index {index}, interval {lower} to {upper}",
                index=words.number(row.index_),
                lower=words.number(row.lower),
                upper=words.number(row.upper),
            )
        )
        + f"<br>{label(words.stage(row.stage))}"
        for row in spell.rename(columns={"index": "index_"}).itertuples()
    ]
    chart.add_scatter(
        x=spell["date"].map(iso),
        y=small(spell["index"]),
        mode="lines+markers",
        name="index",
        line={"color": QUIET, "width": 2},
        hovertext=hover,
        hoverinfo="text",
        marker={"color": [look.colour for look in looks], "size": 6},
        customdata=spell["date"].map(iso),
        unselected={"marker": {"opacity": 1}},
        selected={"marker": {"size": 11}},
    )


def _add_changes(chart: go.Figure, changes: pd.DataFrame, words: Words) -> None:
    hover = [
        f"<b>{label(words.day(row.date.date()))}</b><br>"
        + label(
            words(
                "change point: from {before} to {after}", before=words.number(row.before), after=words.number(row.after)
            )
        )
        for row in changes.itertuples()
    ]
    chart.add_scatter(
        x=changes["date"].map(iso),
        y=small(changes["after"]),
        mode="markers",
        name="changes",
        hovertext=hover,
        hoverinfo="text",
        customdata=changes["date"].map(iso),
        unselected={"marker": {"opacity": 1}},
        marker={"symbol": "circle-open", "size": 14, "color": QUIET, "line": {"width": 2}},
    )


def _add_stages(chart: go.Figure, series: pd.DataFrame, words: Words) -> None:
    for stage, runs in stage_runs(series).groupby("stage", sort=False):
        name = label(words.stage(stage))
        chart.add_bar(
            x=(runs["days"] * DAY_MS).tolist(),
            base=runs["first"].map(iso).tolist(),
            y=[_LANE_HEIGHT["stage"]] * len(runs),
            orientation="h",
            width=0.5,
            marker={
                "color": STAGE_LOOK[stage].colour,
                "line": {"width": 0},
                "opacity": 0.35 if stage == "none" else 1,
            },
            hovertext=[
                f"{name}<br>{words.day(first.date())} – {words.day(last.date())}"
                for first, last in zip(runs["first"], runs["last"], strict=True)
            ],
            hoverinfo="text",
            yaxis="y2",
            name=f"stage:{stage}",
            unselected={"marker": {"opacity": 1}},
        )


def stage_runs(series: pd.DataFrame) -> pd.DataFrame:
    """Unbroken runs of one stage: columns stage, first, last, days."""
    ordered = series.sort_values("date")
    changed = ordered["stage"].to_numpy() != ordered["stage"].shift(fill_value="").to_numpy()
    run = pd.Series(changed.cumsum(), index=ordered.index)
    runs = ordered.groupby(run).agg(stage=("stage", "first"), first=("date", "min"), last=("date", "max"))
    return runs.assign(days=(runs["last"] - runs["first"]).dt.days + 1).reset_index(drop=True)


_EVENT_LOOK = {
    "match": ("circle-open", QUIET, "match"),
    "statement": (STAGE_LOOK["reassured"].symbol, STAGE_LOOK["reassured"].colour, "statement"),
    "ultimatum": (STAGE_LOOK["ultimatum"].symbol, STAGE_LOOK["ultimatum"].colour, "statement"),
    "departure": (STAGE_LOOK["dismissed"].symbol, STAGE_LOOK["dismissed"].colour, "statement"),
}


def _add_events(chart: go.Figure, events: pd.DataFrame, words: Words) -> None:
    for kind, rows in events.groupby("kind", sort=False):
        symbol, colour, lane = _EVENT_LOOK[str(kind)]
        hover = [f"<b>{label(words.day(row.date.date()))}</b><br>{wrapped(row.label)}" for row in rows.itertuples()]
        chart.add_scatter(
            x=rows["date"].map(iso),
            y=[_LANE_HEIGHT[lane]] * len(rows),
            mode="markers",
            name=kind,
            marker={"symbol": symbol, "color": colour, "size": 9, "line": {"width": 1.5, "color": colour}},
            hovertext=hover,
            hoverinfo="text",
            yaxis="y2",
            customdata=rows["date"].map(iso),
            unselected={"marker": {"opacity": 1}},
        )


def race_chart(index: pd.DataFrame, coaches: list[str], words: Words) -> go.Figure:
    """The index of a few coaches over the same days, each line named at its end.

    customdata holds the coach, so that a click can be opened.
    """
    chart = figure(330, clickmode="event+select", margin={"l": 8, "r": 88, "t": 8, "b": 8})
    shown = index[index["coach"].isin(coaches)]
    top = min(100, shown["upper"].max() if shown.empty else shown["index"].max())
    names = short_names(coaches)
    ends = []
    for position, coach in enumerate(coaches):
        rows = shown[shown["coach"] == coach].sort_values("date")
        if rows.empty:
            continue
        colour = SERIES[position % len(SERIES)]
        _add_named_line(chart, rows, coach, colour, SERIES_DASHES[position % len(SERIES)], words)
        ends.append((names[coach], iso(rows["date"].iloc[-1]), float(rows["index"].iloc[-1]), colour))
    chart.update_layout(xaxis=day_axis(shown["date"], words), yaxis=index_axis(words, top))
    axis_top = chart.layout.yaxis.range[1]
    return end_labels(chart, ends, gap=axis_top * 0.07, top=axis_top * 0.98)


def _add_named_line(chart: go.Figure, rows: pd.DataFrame, coach: str, colour: str, dash: str, words: Words) -> None:
    hover = [
        f"<b>{label(coach)}</b>, {label(words.club(row.club))}<br>{words.day(row.date.date())}<br>"
        f"{label(words('index {index}', index=words.number(row.index_)))}, {label(words.stage(row.stage))}"
        for row in rows.rename(columns={"index": "index_"}).itertuples()
    ]
    chart.add_scatter(
        x=rows["date"].map(iso),
        y=small(rows["index"]),
        mode="lines+markers",
        name=label(coach),
        line={"color": colour, "width": 2.5, "dash": dash},
        marker={"size": 4, "color": colour},
        hovertext=hover,
        hoverinfo="text",
        customdata=[coach] * len(rows),
        unselected={"marker": {"opacity": 1}},
    )
