"""Small charts: causes over time, who says it, and what a score is made of."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.palette import DIRECTION_LOOK, STAGE_LOOK
from analysis.charts.shared import GRID, LEGEND, Words, day_axis, draft, iso, label, nothing, round_step, wrapped

ROW = 30
"""Pixels a bar takes."""
MOST_SOURCES = 20
MOST_TEXTS = 4
"""Sentences in one hover box."""


def causes_chart(causes: pd.DataFrame, days: pd.Series, words: Words) -> go.Figure:
    """When which reason was given: a row for each cause, a mark for each day, the larger the more stories.

    `causes` holds date, cause and text (the words), `days` the days to show; the most frequent cause comes first.
    """
    if causes.empty:
        return nothing(words("No reason is given in these stories."))
    order = causes["cause"].value_counts().sort_values(kind="stable").index.tolist()
    chart = draft(70 + ROW * len(order), margin={"l": 8, "r": 8, "t": 8, "b": 28})
    counts = causes["cause"].value_counts()
    told: dict[str, dict[pd.Timestamp, list[str]]] = {cause: {} for cause in order}
    for cause, date, text in sorted(zip(causes["cause"], causes["date"], causes["text"], strict=True), key=_date):
        told[cause].setdefault(date, []).append(text)
    for cause, rows in told.items():
        name = label(f"{words.cause(cause)} ({counts[cause]})")
        chart.add_scatter(
            x=[iso(day) for day in rows],
            y=[name] * len(rows),
            mode="markers",
            name=name,
            hovertext=[_said(day, texts, words) for day, texts in rows.items()],
            hoverinfo="text",
            marker={
                "size": [11 + min(12, 4 * (len(texts) - 1)) for texts in rows.values()],
                "color": STAGE_LOOK["ultimatum"].colour,
                "opacity": 0.65,
                "line": {"width": 0},
            },
        )
    chart.update_layout(
        xaxis=_days(pd.concat([days, causes["date"]]), words), yaxis={"automargin": True, "ticklabelstandoff": 6}
    )
    return chart.figure()


def _date(row: tuple[str, pd.Timestamp, str]) -> pd.Timestamp:
    return row[1]


def _said(day: pd.Timestamp, texts: list[str], words: Words) -> str:
    return "<br>".join([f"<b>{words.day(day.date())}</b>", *map(wrapped, texts[:MOST_TEXTS])])


def _days(days: pd.Series, words: Words) -> dict:
    return day_axis(days, words) | {"showgrid": True, "gridcolor": GRID}


def sources_chart(claims: pd.DataFrame, words: Words) -> go.Figure:
    """How many claims each source makes of the coach, by direction; `claims` holds source and direction.

    Of very many sources the first MOST_SOURCES have a bar of their own, the others one together.
    """
    if claims.empty:
        return nothing(words("No source has written about the job."))
    counts = claims.groupby(["source", "direction"]).size().unstack(fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(kind="stable").index]
    counts = _with_others(counts, words)
    directions = {
        "risk": words("risk"),
        "left": words("departure"),
        "reassurance": words("backing"),
        "neutral": words("no signal"),
    }
    chart = draft(
        80 + ROW * len(counts),
        barmode="stack",
        showlegend=True,
        legend={**LEGEND, "y": 1.02, "traceorder": "normal"},
    )
    for direction, name in directions.items():
        if direction in counts:
            chart.add_bar(
                x=counts[direction].tolist(),
                y=[label(words.source(source)) for source in counts.index],
                orientation="h",
                name=name,
                width=0.62,
                marker={"color": DIRECTION_LOOK[direction].colour, "line": {"width": 0}},
                hovertemplate=f"<b>%{{y}}</b><br>{label(name)}: %{{x}}<extra></extra>",
            )
    chart.update_layout(
        xaxis={"dtick": round_step(float(counts.sum(axis=1).max())), "fixedrange": True},
        # Else sources whose names are numbers or days would make another axis of it.
        yaxis={"type": "category", "automargin": True, "ticklabelstandoff": 6},
    )
    return chart.figure()


def _with_others(counts: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Rows of the sources, the last with most claims, with all but MOST_SOURCES put together in the first."""
    few = counts.iloc[-MOST_SOURCES:]
    if len(counts) <= len(few) + 1:
        return counts
    others = counts.iloc[: -len(few)]
    name = words("{count} other sources", count=words.number(len(others)))
    return pd.concat([others.sum().to_frame(name).T, few])
