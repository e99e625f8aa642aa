"""One coach's index under two sets of parameters."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.palette import QUIET, SERIES
from analysis.charts.shared import Words, add_line, day_axis, end_labels, figure, index_axis, iso, label, small


def tuned_chart(
    usual: pd.DataFrame, tuned: pd.DataFrame, changes: pd.DataFrame, alarm: float, words: Words
) -> go.Figure:
    """Two lines over the same days, change points of the tuned one as rings, and the height at which alarm is raised.

    `usual` and `tuned` hold INDEX rows of one coach, `changes` date and after.
    """
    chart = figure(300, margin={"l": 8, "r": 88, "t": 8, "b": 28})
    names = (words("as usual"), words("as tuned"))
    ends = []
    for series, name, colour in zip((usual, tuned), names, (QUIET, SERIES[0]), strict=True):
        hover = [
            f"<b>{label(words.day(row.date.date()))}</b><br>{label(name)}: {words.number(row.index_, 1)}"
            for row in series.rename(columns={"index": "index_"}).itertuples()
        ]
        add_line(chart, series, name, colour, hover)
        ends.append((name, iso(series["date"].iloc[-1]), float(series["index"].iloc[-1]), colour))
    chart.add_scatter(
        x=changes["date"].map(iso),
        y=small(changes["after"]),
        mode="markers",
        name="changes",
        hoverinfo="skip",
        marker={"symbol": "circle-open", "size": 13, "color": SERIES[0], "line": {"width": 2}},
    )
    days = pd.concat([usual["date"], tuned["date"]])
    chart.add_hline(y=alarm, line={"color": QUIET, "dash": "dot", "width": 1}, layer="below")
    chart.add_annotation(x=iso(days.min()), y=alarm, text=label(words("alarm from here")), showarrow=False,
                         xanchor="left", yanchor="bottom", font={"size": 12})  # fmt: skip
    chart.update_layout(xaxis=day_axis(days, words), yaxis=index_axis(words))
    return end_labels(chart, ends, gap=8, top=100)
