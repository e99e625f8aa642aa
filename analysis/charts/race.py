"""The index of the hottest few over the same days."""

from functools import cache

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.palette import SERIES, SERIES_DASHES
from analysis.charts.shared import (
    Words,
    add_line,
    day_axis,
    draft,
    end_labels,
    fixed_margins,
    index_axis,
    iso,
    label,
    short_names,
)


def race_chart(index: pd.DataFrame, coaches: list[str], words: Words) -> go.Figure:
    """The index of a few coaches over the same days, each line named at its end.

    customdata holds the coach, so that a click can be opened.
    """
    chart = draft(330, clickmode="event+select", margin={"l": 8, "r": 88, "t": 8, "b": 8})
    shown = index[index["coach"].isin(coaches)]
    top = min(100, shown["upper"].max() if shown.empty else shown["index"].max())
    names = short_names(coaches)
    ends = []
    for position, coach in enumerate(coaches):
        rows = shown[shown["coach"] == coach].sort_values("date")
        if rows.empty:
            continue
        colour = SERIES[position % len(SERIES)]
        line = {"color": colour, "width": 2.5, "dash": SERIES_DASHES[position % len(SERIES)]}
        add_line(chart, rows, coach, colour, _hover(rows, coach, words), line=line, mode="lines+markers",
                 marker={"size": 4, "color": colour}, customdata=[coach] * len(rows),
                 unselected={"marker": {"opacity": 1}})  # fmt: skip
        ends.append((names[coach], iso(rows["date"].iloc[-1]), float(rows["index"].iloc[-1]), colour))
    height = index_axis(words, top)
    chart.update_layout(xaxis=day_axis(shown["date"], words), yaxis=height)
    fixed_margins(chart)
    axis_top = height["range"][1]
    return end_labels(chart, ends, gap=axis_top * 0.07, top=axis_top * 0.98).figure()


def _hover(rows: pd.DataFrame, coach: str, words: Words) -> list[str]:
    club, stage = cache(lambda name: label(words.club(name))), cache(lambda name: label(words.stage(name)))
    index = cache(lambda number: label(words("index {index}", index=number)))
    told = (rows["club"].tolist(), rows["date"].dt.date.tolist(), rows["index"].tolist(), rows["stage"].tolist())
    return [f"<b>{label(coach)}</b>, {club(at)}<br>{words.day(day)}<br>{index(words.number(value))}, {stage(said)}"
            for at, day, value, said in zip(*told, strict=True)]  # fmt: skip
