"""Figures made without plotly's check of every value pass that check all the same."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest
from plotly.io import to_json

from analysis.charts.draft import Draft
from analysis.charts.index import index_chart
from analysis.charts.parts import causes_chart, sources_chart
from analysis.charts.race import race_chart
from pages.wording import Words
from tests.charts.test_figures import NO_CHANGES, NO_EVENTS, series

WORDS = Words("en")
DAYS = pd.Series(pd.date_range("2024-12-01", periods=5, tz="UTC"))
EVENTS = pd.DataFrame(
    {"date": DAYS[:4], "kind": ["match", "statement", "ultimatum", "departure"], "label": list("abcd")}
)
CHANGES = pd.DataFrame({"date": DAYS[:2], "before": [1.0, 2.0], "after": [30.0, 2.0]})
ALARMS = pd.DataFrame({"date": DAYS[:1], "index": [55.0]})
TOLD = pd.DataFrame({"date": DAYS, "cause": ["results"] * 3 + ["trust"] * 2, "text": ["lost"] * 5})
SAID = pd.DataFrame({"source": list("ababc"), "direction": ["risk", "left", "reassurance", "neutral", "risk"]})
FIGURES = {
    "index": lambda: index_chart(series(), EVENTS, CHANGES, WORDS, ALARMS, 50.0, (DAYS[0], DAYS[2])),
    "index of silence": lambda: index_chart(series(), NO_EVENTS, NO_CHANGES, WORDS),
    "race": lambda: race_chart(pd.concat([series("A B"), series("C D")]), ["A B", "C D"], WORDS),
    "causes": lambda: causes_chart(TOLD, DAYS, WORDS),
    "sources": lambda: sources_chart(SAID, WORDS),
}


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_finds_nothing_wrong_with_a_figure(name):
    made = FIGURES[name]()
    checked = go.Figure(made.to_dict())
    assert json.loads(checked.to_json())["data"] == json.loads(to_json(made, validate=False))["data"]


def test_a_wrong_figure_would_be_found():
    draft = Draft({"height": 100})
    draft.add_scatter(x=[1], y=[1], colour="red")
    with pytest.raises(ValueError, match="colour"):
        go.Figure(draft.figure().to_dict())


def test_a_draft_says_what_a_figure_says():
    draft = Draft({"height": 100, "xaxis": {"showgrid": False}})
    figure = go.Figure(layout={"height": 100, "template": {}})
    figure.update_layout(xaxis={"showgrid": False})
    for chart in (draft, figure):
        chart.add_scatter(x=[1, 2], y=[3, 4], marker={"size": 4})
        chart.add_bar(x=[1], y=[2])
        chart.add_hline(y=2, line={"width": 1}, layer="below")
        chart.add_vrect(x0=1, x1=2, line={"width": 0})
        chart.add_annotation(text="here", x=1, y=1)
        chart.update_layout(xaxis={"range": [0, 3]}, margin={"l": 1})
    made = go.Figure(draft.figure().to_dict())
    assert made.to_dict() == figure.to_dict()
