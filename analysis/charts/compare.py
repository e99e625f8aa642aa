"""Several coaches on one axis: by date, by days in the job, or by days to the departure."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.palette import SERIES, SERIES_DASHES
from analysis.charts.shared import (
    DAY_MS,
    Words,
    day_axis,
    end_labels,
    figure,
    index_axis,
    iso,
    label,
    nothing,
    short_names,
    small,
)

ALIGNMENTS = ("date", "tenure", "departure")
MOST = 8


def aligned(index: pd.DataFrame, spells: pd.DataFrame, alignment: str) -> pd.DataFrame:
    """INDEX rows with a column `x`: the date, days since the spell began, or days to its end (0 on the last day).

    `spells` holds coach, club, start, end (NaT while running). By departure, spells that have not ended drop out.
    """
    if alignment == "date":
        return index.assign(x=index["date"])
    joined = index.merge(spells[["coach", "club", "start", "end"]], on=["coach", "club"])
    inside = (joined["date"] >= joined["start"]) & (joined["end"].isna() | (joined["date"] <= joined["end"]))
    joined = joined[inside]
    origin = "start" if alignment == "tenure" else "end"
    return joined.assign(x=(joined["date"] - joined[origin]).dt.days).dropna(subset="x")


def compare_chart(index: pd.DataFrame, coaches: list[str], alignment: str, words: Words) -> go.Figure:
    """Lines of up to eight coaches; `index` holds INDEX rows with a column x as `aligned` gives it."""
    if index.empty:
        return nothing(words("None of these spells has ended, so there is no departure to count from."), 220)
    chart = figure(430, margin={"l": 8, "r": 88, "t": 8, "b": 8})
    names = short_names(coaches)
    ends = []
    for position, coach in enumerate(coaches[:MOST]):
        rows = index[index["coach"] == coach].sort_values("x")
        if rows.empty:
            continue
        colour, dash = SERIES[position], SERIES_DASHES[position]
        for _, spell in rows.groupby("club", sort=False):
            chart.add_trace(_line(spell, coach, colour, dash, alignment, words))
        last = rows.iloc[-1]
        ends.append((names[coach], _place(last["x"], alignment), float(last["index"]), colour))
    chart.update_layout(xaxis=_axis(index, alignment, words), yaxis=index_axis(words))
    return end_labels(chart, ends, gap=7, top=100)


def _place(x: object, alignment: str) -> object:
    return iso(x) if alignment == "date" else int(x)


def _line(rows: pd.DataFrame, coach: str, colour: str, dash: str, alignment: str, words: Words) -> go.Scatter:
    first = rows["x"].iloc[0]
    place = {"x0": _place(first, alignment), "dx": DAY_MS if alignment == "date" else 1}
    whole = len(rows) == _span(rows["x"], alignment)
    if not whole:
        place = {"x": [_place(x, alignment) for x in rows["x"]]}
    # A percent sign would open a field of plotly's template.
    name = f"{label(coach)}, {label(words.club(rows['club'].iloc[0]))}".replace("%", "%\u2060")
    return go.Scatter(
        y=small(rows["index"]),
        # One day alone makes no line.
        mode="lines" if len(rows) > 1 else "markers",
        name=name,
        line={"color": colour, "width": 2.5, "dash": dash},
        hovertemplate="<br>".join(
            (f"<b>{name}</b>", _hover_x(alignment, words), words("index {index}", index="%{y:.0f}"))
        )
        + "<extra></extra>",
        **place,
    )


def _span(x: pd.Series, alignment: str) -> int:
    width = x.iloc[-1] - x.iloc[0]
    return (width.days if alignment == "date" else int(width)) + 1


def _hover_x(alignment: str, words: Words) -> str:
    if alignment == "date":
        return "%{x|%-d %B %Y}"  # the months by pages.figures.months
    if alignment == "tenure":
        return words("day {day} in the job", day="%{x}")
    return words("{day} days from the last day in the job", day="%{x}")


def _axis(index: pd.DataFrame, alignment: str, words: Words) -> dict:
    if alignment == "date":
        return day_axis(index["x"], words)
    title = words("days in the job") if alignment == "tenure" else words("days to the departure (0 is the last day)")
    return {
        "title": {"text": title},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": alignment == "departure",
        "nticks": 6,
    }
