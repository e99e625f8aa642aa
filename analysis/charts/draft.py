"""A figure put together part by part and made at once, unchecked: plotly's check of every value took most of a redraw.

Tests check the figures instead (tests/charts/test_draft.py).
"""

import pandas as pd
import plotly.graph_objects as go


class Draft:
    """What a figure is made of; methods as plotly.graph_objects.Figure has them."""

    def __init__(self, layout: dict):
        self.traces: list[dict] = []
        self.layout = {**layout, "annotations": [], "shapes": []}

    def add_scatter(self, **properties: object) -> None:
        """Add a scatter trace."""
        self.traces.append({"type": "scatter", **_plain(properties)})

    def add_bar(self, **properties: object) -> None:
        """Add a bar trace."""
        self.traces.append({"type": "bar", **_plain(properties)})

    def add_annotation(self, **properties: object) -> None:
        """Add text."""
        self.layout["annotations"].append(properties)

    def add_hline(self, y: float, **properties: object) -> None:
        """Add a line across the whole width at `y`."""
        ends = {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "y0": y, "y1": y, "yref": "y"}
        self.layout["shapes"].append(ends | properties)

    def add_vrect(self, x0: object, x1: object, **properties: object) -> None:
        """Add a rectangle over the whole height from `x0` to `x1`."""
        ends = {"type": "rect", "x0": x0, "x1": x1, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
        self.layout["shapes"].append(ends | properties)

    def update_layout(self, **changes: object) -> None:
        """Change the layout; what the changes leave out stays."""
        self.layout = _merged(self.layout, changes)

    def figure(self) -> go.Figure:
        """The figure. It has no template, and plotly adds none of its own."""
        layout = {name: value for name, value in self.layout.items() if value != []}
        return go.Figure(data=self.traces, layout={**layout, "template": {}}, _validate=False)


def _plain(properties: dict) -> dict:
    listed = {name: value.tolist() for name, value in properties.items() if isinstance(value, pd.Series | pd.Index)}
    return properties | listed


def _merged(known: dict, changes: dict) -> dict:
    both = dict(known)
    for name, value in changes.items():
        is_deep = isinstance(value, dict) and isinstance(known.get(name), dict)
        both[name] = _merged(known[name], value) if is_deep else value
    return both
