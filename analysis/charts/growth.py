"""How links between coaches and clubs grew: stories so far, link by link."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.palette import RELATION_LOOK
from analysis.charts.shared import (
    GRID,
    Words,
    day_axis,
    end_labels,
    figure,
    iso,
    label,
    nothing,
    round_step,
    short_names,
    wrapped,
)
from analysis.views.graph import EDGE

MOST = 6
"""Links in one picture; more could not be told apart."""
MOST_SENTENCES = 150
"""Steps of a link that carry their sentence; of more, day and number alone, or the message grows too large."""


def growth_chart(growth: pd.DataFrame, last: pd.Timestamp, words: Words) -> go.Figure:
    """A line for each link of `growth` (as analysis.views.graph.link_growth, with sentences), up to the day `last`.

    Colour and dash are those of the relation. Each step is a day with new stories and carries
    the sentence of the last of them in its hover.
    """
    if growth.empty:
        return nothing(words("No club is linked to the coach in these stories."))
    chart = figure(280, margin={"l": 8, "r": 130, "t": 8, "b": 28})
    shown = growth.groupby(EDGE)["stories"].max().sort_values(ascending=False, kind="stable").index[:MOST]
    names = short_names(list(dict.fromkeys(coach for coach, _, _ in shown)))
    ends = []
    for coach, club, relation in shown:
        rows = growth[(growth[EDGE] == [coach, club, relation]).all(axis=1)].sort_values("date")
        colour = RELATION_LOOK[relation].colour
        _add_link(chart, rows, last, words)
        name = words.club(club) if len(names) == 1 else f"{names[coach]} – {words.club(club)}"
        ends.append((name, iso(last), float(rows["stories"].iloc[-1]), colour))
    top = float(growth["stories"].max()) * 1.15
    days = pd.concat([growth["date"], pd.Series([last])])
    margin = min(190, 24 + 7 * max(len(name) for name, *_ in ends))
    chart.update_layout(
        margin={"r": margin},
        xaxis=day_axis(days, words, most=2 if margin > 130 else 3),
        yaxis={"range": [0, top], "dtick": round_step(top), "showgrid": True, "gridcolor": GRID},
    )
    return end_labels(chart, ends, gap=top * 0.085, top=top)


def _add_link(chart: go.Figure, rows: pd.DataFrame, last: pd.Timestamp, words: Words) -> None:
    coach, club, relation = rows[EDGE].iloc[0]
    look = RELATION_LOOK[relation]
    head = f"<b>{label(coach)}</b> – {label(words.club(club))}, {label(words.relation(relation))}"
    rows = rows.drop_duplicates("date", keep="last")
    is_told = len(rows) <= MOST_SENTENCES
    hover = [
        f"{head}<br>{words.day(row.date.date())}<br>{wrapped(row.sentence) if is_told else words.number(row.stories)}"
        for row in rows.itertuples()
    ]
    chart.add_scatter(
        x=[*rows["date"].map(iso), iso(last)],
        y=[*rows["stories"].tolist(), int(rows["stories"].iloc[-1])],
        mode="lines+markers",
        name=label(f"{coach} – {club}"),
        line={"color": look.colour, "width": 2, "dash": look.dash, "shape": "hv"},
        marker={"color": look.colour, "size": [8] * len(rows) + [0], "line": {"width": 0}},
        hovertext=[*hover, head],
        hoverinfo="text",
    )
