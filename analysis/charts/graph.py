"""The typed, directed graph of coaches and clubs."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.charts.palette import QUIET, RELATION_LOOK
from analysis.charts.shared import LEGEND, Words, figure, label, nothing, short_names, wrapped
from analysis.views.graph import positions

ROW = 38
"""Pixels between two nodes of a side."""
_REVERSED = {"former"}
"""Relations whose arrow comes from the club: he was there."""
_UNDIRECTED = {"employer"}


def club_graph(edges: pd.DataFrame, layout: str, words: Words, notes: dict[str, str] | None = None) -> go.Figure:
    """Draw `edges` (columns as analysis.views.graph.EDGES, and a sentence each); `notes` stand below clubs.

    Colour and dash show the relation, width and node size the number of stories. The mark in the middle of a line
    carries [coach, club, relation] in customdata and the sentence behind it in its hover.
    """
    if edges.empty:
        return nothing(words("No club is linked to the coach in these stories."))
    places = positions(edges, layout)
    height = (
        130 + (ROW + 10 * bool(notes)) * max(edges["coach"].nunique(), edges["club"].nunique())
        if layout != "network"
        else 620
    )
    chart = figure(
        height,
        clickmode="event+select",
        showlegend=True,
        legend={**LEGEND, "y": 1},
    )
    shifts = (
        edges.groupby(["coach", "club"]).cumcount()
        - (edges.groupby(["coach", "club"])["club"].transform("size") - 1) / 2
    )
    for edge, shift in zip(edges.itertuples(), shifts, strict=True):
        _add_edge(chart, edge, places, float(shift) * 0.35 / max(4, len(places)))
    for relation, rows in edges.groupby("relation", sort=False):
        _add_marks(chart, rows, relation, places, shifts, words)
    _add_nodes(chart, edges, places, layout, words, notes or {})
    margin = [-0.55, 1.75] if layout != "network" else [-0.18, 1.18]
    chart.update_xaxes(visible=False, range=margin).update_yaxes(visible=False, range=[-0.06, 1.06])
    return chart


def _ends(edge: object, places: dict, shift: float) -> tuple[tuple[float, float], tuple[float, float]]:
    (x0, y0), (x1, y1) = places[("coach", edge.coach)], places[("club", edge.club)]
    return (x0, y0 + shift), (x1, y1 + shift)


def _add_edge(chart: go.Figure, edge: object, places: dict, shift: float) -> None:
    start, end = _ends(edge, places, shift)
    if edge.relation in _REVERSED:
        start, end = end, start
    look = RELATION_LOOK[edge.relation]
    width = 1.2 + min(3.0, 0.8 * np.log1p(edge.stories))
    head = 0 if edge.relation in _UNDIRECTED else 12
    chart.add_scatter(
        x=[start[0], end[0]],
        y=[start[1], end[1]],
        mode="lines+markers",
        hoverinfo="skip",
        showlegend=False,
        line={"color": look.colour, "width": width, "dash": look.dash},
        marker={
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, head],
            "standoff": [0, 7],
            "color": look.colour,
            "opacity": 1,
            "line": {"width": 0},
        },
        unselected={"marker": {"opacity": 1}},
    )


def _add_marks(
    chart: go.Figure, rows: pd.DataFrame, relation: str, places: dict, shifts: pd.Series, words: Words
) -> None:
    look = RELATION_LOOK[relation]
    points, hover = [], []
    for position, edge in zip(rows.index, rows.itertuples(), strict=True):
        (x0, y0), (x1, y1) = _ends(edge, places, float(shifts[position]) * 0.35 / max(4, len(places)))
        points.append((x0 + 0.62 * (x1 - x0), y0 + 0.62 * (y1 - y0)))
        hover.append(
            f"<b>{label(edge.coach)}</b> – {label(words.club(edge.club))}<br>{label(words.relation(relation))}"
            f"<br>{wrapped(edge.sentence)}"
        )
    chart.add_scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="markers",
        hovertext=hover,
        hoverinfo="text",
        name=label(words.relation(relation)),
        unselected={"marker": {"opacity": 1}},
        customdata=rows[["coach", "club", "relation"]].to_numpy().tolist(),
        marker={"color": look.colour, "size": 11, "symbol": "circle"},
    )


def _add_nodes(
    chart: go.Figure, edges: pd.DataFrame, places: dict, layout: str, words: Words, notes: dict[str, str]
) -> None:
    for side, symbol, position in (("coach", "circle", "middle left"), ("club", "square", "middle right")):
        weight = edges.groupby(side)["stories"].sum()
        nodes = [node for node in places if node[0] == side]
        called = short_names([name for _, name in nodes]) if layout == "network" and side == "coach" else {}
        names = [_in_lines(called.get(name, name)) if side == "coach" else _club(name, notes.get(name), words)
                 for _, name in nodes]  # fmt: skip
        chart.add_scatter(
            x=[places[node][0] for node in nodes],
            y=[places[node][1] for node in nodes],
            text=names,
            mode="markers+text",
            textposition=position if layout != "network" else "top center",
            hoverinfo="skip",
            showlegend=False,
            textfont={"size": 13},
            cliponaxis=False,
            marker={
                "symbol": symbol,
                "color": QUIET,
                "size": [9 + min(12.0, 2.5 * float(np.log1p(weight[name]))) for _, name in nodes],
                "line": {"width": 0},
            },
            name=side,
            unselected={"marker": {"opacity": 1}, "textfont": {"color": None}},
        )


def _club(club: str, note: str | None, words: Words) -> str:
    return f"{label(words.club(club))}<br><i>{label(note)}</i>" if note else _in_lines(words.club(club))


def _in_lines(name: str) -> str:
    """A name in two lines where it is long, so that it fits beside its node on a narrow screen."""
    if len(name) <= 12 or " " not in name:
        return label(name)
    middle = len(name) / 2
    cut = min((position for position, character in enumerate(name) if character == " "), key=lambda p: abs(p - middle))
    return f"{label(name[:cut])}<br>{label(name[cut + 1 :])}"
