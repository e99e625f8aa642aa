"""What all charts share: layout, axes in words, direct labels that do not collide, text that cannot be markup."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.charts.draft import Draft
from analysis.charts.palette import CLEAR, QUIET, TEXT

Chart = TypeVar("Chart", go.Figure, Draft)
DAY_MS = 86_400_000
GRID = "rgba(138,145,156,0.25)"
LEGEND = {"orientation": "h", "x": 0, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False}
"""A row above the chart that hides nothing when it is clicked: what is hidden would be in no address."""
LETTER = 6
"""Pixels that a letter of an axis takes at most, on an average."""
LOOK = {
    "font": {"family": "'Source Sans', sans-serif", "size": 12, "color": TEXT},
    "paper_bgcolor": CLEAR,
    "plot_bgcolor": CLEAR,
    "hoverlabel": {"align": "left", "bgcolor": "#FFFFFF", "bordercolor": "#C9CFD8", "font": {"color": "#0E1318"}},
    "datarevision": 1,
}
"""The same in light and dark, so that no template has to say it: Streamlit hands plotly every figure twice, and with a
template, or where it may hold other data, the second is drawn anew from the beginning. Axes and legends take the colour
of the page's text from pages/panchina.css."""
MAX_TICKS = 4
"""More day labels than this run into each other on a telephone."""


class Words(Protocol):
    """How a chart speaks: messages and names in the reader's language (pages.wording.Words)."""

    def __call__(self, message: str, **values: object) -> str:
        """The message with its values."""

    def stage(self, stage: str) -> str:
        """The name of a stage."""

    def relation(self, relation: str) -> str:
        """The name of a relation."""

    def cause(self, cause: str) -> str:
        """The name of a cause."""

    def club(self, club: str) -> str:
        """The name of a club."""

    def source(self, source: str) -> str:
        """The name of an outlet."""

    def number(self, value: float, digits: int = 0) -> str:
        """A number."""

    def day(self, day: date, form: str = "long") -> str:
        """A day in words."""


def label(value: object) -> str:
    """`value` as plotly text: plotly reads a few HTML tags, so names and sentences from outside are escaped."""
    return escape(str(value), quote=False)


def wrapped(sentence: str, width: int = 48) -> str:
    """`sentence` as plotly text in lines of about `width` characters, for a hover box."""
    lines, line = [], ""
    for word in sentence.split():
        if line and len(line) + len(word) >= width:
            lines, line = [*lines, line], word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join(label(part) for part in [*lines, line])


def draft(height: int, **layout: object) -> Draft:
    """A figure of `height` pixels with the shared layout, to be filled."""
    quiet = {"showgrid": False, "zeroline": False, "fixedrange": True}
    base = {
        **LOOK,
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 8, "autoexpand": True},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": {**quiet, "automargin": True},
        "yaxis": {**quiet, "automargin": True},
    }
    empty = Draft(base)
    empty.update_layout(**layout)
    return empty


def fixed_margins(chart: Draft, widest: str = "100") -> None:
    """Room for the day labels below and for labels as wide as `widest` on the left.

    Where plotly measures the room itself it draws every figure twice.
    """
    chart.update_layout(
        margin={"l": 14 + LETTER * len(widest), "b": 30, "autoexpand": False},
        **{axis: {"automargin": False} for axis in chart.layout if axis.startswith(("xaxis", "yaxis"))},
    )


def figure(height: int, **layout: object) -> go.Figure:
    """An empty figure of `height` pixels with the shared layout."""
    return go.Figure(draft(height, **layout).figure().to_dict())


def index_axis(words: Words, top: float = 100) -> dict:
    """The vertical axis of the index: 0 to 100, or to the next round number above `top`."""
    end = min(100, max(20, int(np.ceil(top / 20)) * 20))
    return {
        "range": [0, end * 1.04],
        "tickvals": list(range(0, end + 1, 20)),
        "showgrid": True,
        "gridwidth": 1,
        "gridcolor": GRID,
        "title": None,
        "fixedrange": True,
    }


def day_axis(days: pd.Series | pd.DatetimeIndex, words: Words, most: int = MAX_TICKS) -> dict:
    """A horizontal axis of days with at most `most` ticks, in words."""
    first, last = pd.Timestamp(min(days)), pd.Timestamp(max(days))
    span = max((last - first).days, 1)
    form = "short" if span <= 120 else "month"
    ticks = pd.date_range(first.normalize(), last, periods=min(most, span + 1)).normalize()
    if form == "month":
        starts = pd.date_range(first.normalize(), last, freq="MS")
        ticks = starts[:: max(1, -(-len(starts) // most))]
    edge = pd.Timedelta(hours=12 + span)
    return {
        "type": "date",
        "range": [(first - edge).isoformat(), (last + edge).isoformat()],
        "tickvals": [iso(tick) for tick in ticks],
        "fixedrange": True,
        "showgrid": False,
        "ticktext": [words.day(tick.date(), form) for tick in ticks],
        "zeroline": False,
        "tickangle": 0,
    }


def round_step(top: float, most: int = 6) -> int:
    """The least of 1, 2, 5, 10, 20, 50 ... that reaches `top` in at most so many steps."""
    steps = (digit * 10**power for power in range(12) for digit in (1, 2, 5))
    return next(step for step in steps if step * most >= top)


def iso(day: pd.Timestamp) -> str:
    """The day as 2024-12-06."""
    return day.strftime("%Y-%m-%d")


def isos(days: pd.Series) -> list[str]:
    """Days as 2024-12-06."""
    return np.datetime_as_string(np.asarray(days.array.tz_localize(None)), unit="D").tolist()


def small(values: pd.Series | Sequence[float]) -> list[float]:
    """Values to one decimal, which is what a screen can show and less than four bytes each would take in a message."""
    return np.asarray(values, dtype=np.float64).round(1).tolist()


def spread(values: Sequence[float], gap: float, low: float = 0, high: float = 100) -> list[float]:
    """Positions near `values` and at least `gap` apart, in the same order, kept between `low` and `high`."""
    order = sorted(range(len(values)), key=lambda position: values[position])
    placed: list[float] = []
    for position in order:
        placed.append(max(values[position], placed[-1] + gap if placed else low))
    for step in range(len(placed) - 1, -1, -1):
        ceiling = high if step == len(placed) - 1 else placed[step + 1] - gap
        placed[step] = min(placed[step], ceiling)
    result = [0.0] * len(values)
    for position, place in zip(order, placed, strict=True):
        result[position] = place
    return result


def end_labels(chart: Chart, ends: list[tuple[str, object, float, str]], gap: float, top: float) -> Chart:
    """Write each line's name at its end; `ends` holds name, x, y and colour."""
    for (name, x, _, colour), place in zip(ends, spread([end[2] for end in ends], gap, high=top), strict=True):
        chart.add_annotation(
            x=x,
            y=place,
            text=label(name),
            showarrow=False,
            xanchor="left",
            xshift=7,
            font={"color": colour, "size": 13},
        )
    return chart


def add_line(chart: Chart, rows: pd.DataFrame, name: str, colour: str, hover: list[str], **options: object) -> Chart:
    """The index of INDEX `rows` as a line; `hover` is plotly text for each day, `options` those of a scatter trace."""
    look = {"mode": "lines", "line": {"color": colour, "width": 2.5}} | options
    chart.add_scatter(
        x=isos(rows["date"]), y=small(rows["index"]), name=label(name), hovertext=hover, hoverinfo="text", **look
    )
    return chart


_PARTICLES = {"de", "di", "da", "del", "della", "dos", "do", "ten", "van", "von", "den", "der", "el", "la", "le", "lo"}


def short_names(names: Sequence[str]) -> dict[str, str]:
    """The surname of each name with its particles ("ten Hag"), the whole name where two would share a surname."""
    short = {name: _surname(name.split()) for name in names}
    taken = list(short.values())
    return {name: surname if taken.count(surname) == 1 else name for name, surname in short.items()}


_LATER = {"júnior", "junior", "jr", "jr.", "filho", "neto"}
"""What follows the name that a son shares with his father."""


def _surname(parts: list[str]) -> str:
    start = len(parts) - 1
    if start and parts[start].lower() in _LATER:
        start -= 1  # "Dorival Júnior" is no Júnior
    while start > 1 and parts[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(parts[start:])


def nothing(message: str, height: int = 120) -> go.Figure:
    """An empty chart that says why it is empty."""
    chart = figure(height)
    chart.update_xaxes(visible=False).update_yaxes(visible=False)
    return chart.add_annotation(text=label(message), showarrow=False, font={"color": QUIET, "size": 14})
