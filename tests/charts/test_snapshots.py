"""What each figure draws, number by number, as it was last looked at; UPDATE_SNAPSHOTS=1 writes it anew."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis.charts.compare import ALIGNMENTS, aligned, compare_chart
from analysis.charts.graph import club_graph
from analysis.charts.growth import growth_chart
from analysis.charts.index import index_chart
from analysis.charts.parts import causes_chart, sources_chart
from analysis.charts.race import race_chart
from analysis.charts.tuned import tuned_chart
from tests.charts.test_figures import SPELLS, WORDS, edges, series

FOLDER = Path(__file__).parent / "snapshots"
DRAWN = ("name", "mode", "x", "y", "x0", "dx", "base", "text", "hovertext", "customdata")


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


EVENTS = pd.DataFrame(
    {"date": [day("2024-12-03"), day("2024-12-05")], "kind": ["match", "statement"], "label": ["lost 0-3", "He stays"]}
)
CHANGES = pd.DataFrame({"date": [day("2024-12-06")], "before": [10.0], "after": [50.0]})
RAISED = pd.DataFrame({"date": [day("2024-12-06")], "index": [50.0]})
CAUSES = pd.DataFrame(
    {
        "date": [day("2024-12-03"), day("2024-12-03"), day("2024-12-05")],
        "cause": ["results", "results", "fans"],
        "text": ["one defeat", "another", "whistles"],
    }
)
GROWTH = edges().iloc[[0, 0]].assign(date=[day("2024-12-01"), day("2024-12-04")], stories=[1, 2])
CLAIMS = pd.DataFrame({"source": ["A", "A", "B"], "direction": ["risk", "reassurance", "risk"]})
TWO = pd.concat([series(), series("Tom Ashdown")])
COACHES = ["Mario Brenta", "Tom Ashdown"]
ENDED = SPELLS.assign(end=day("2024-12-10"))


FIGURES: dict[str, Callable[[], go.Figure]] = {
    "index": lambda: index_chart(
        series(), EVENTS, CHANGES, WORDS, raised=RAISED, threshold=50.0, chosen=(day("2024-12-02"), day("2024-12-04"))
    ),
    "race": lambda: race_chart(TWO, COACHES, WORDS),
    "causes": lambda: causes_chart(CAUSES, series()["date"], WORDS),
    "sources": lambda: sources_chart(CLAIMS, WORDS),
    "growth": lambda: growth_chart(GROWTH, day("2024-12-06"), WORDS),
    "tuned": lambda: tuned_chart(series(), series(), CHANGES, 50.0, WORDS),
    **{layout: lambda layout=layout: club_graph(edges(), layout, WORDS) for layout in ("sides", "carousel")},
    **{
        f"compare_{name}": lambda name=name: compare_chart(aligned(TWO, ENDED, name), COACHES, name, WORDS)
        for name in ALIGNMENTS
    },
}


def plain(value: object) -> object:
    """Numbers and texts of a trace as JSON has them, to three decimals."""
    if isinstance(value, np.ndarray | list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, float | np.floating):
        return round(float(value), 3)
    return value.item() if isinstance(value, np.generic) else value


def drawn(chart: go.Figure) -> dict:
    traces = [
        {key: plain(trace[key]) for key in DRAWN if key in trace and trace[key] is not None} for trace in chart.data
    ]
    notes = [plain([note.text, note.x, note.y]) for note in chart.layout.annotations]
    marks = [plain([shape.type, shape.x0, shape.x1, shape.y0, shape.y1]) for shape in chart.layout.shapes]
    return {"traces": traces, "notes": notes, "shapes": marks, "ticks": plain(chart.layout.xaxis.ticktext or [])}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_draws_what_it_drew(name):
    path = FOLDER / f"{name}.json"
    now = drawn(FIGURES[name]())
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert now == json.loads(path.read_text(encoding="utf-8"))


def test_no_snapshot_is_left_of_a_figure_that_is_gone():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(FIGURES)
