"""A figure on a page, and how it is taken away: as PNG or SVG, drawn by the browser, and its numbers as CSV."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from babel import Locale

from pages import downloads
from pages.wording import Words

CHART = {"displaylogo": False, "modeBarButtons": [["toImage"]]}
_HERE = Path(__file__).parent
_below = st.components.v2.component(
    "below_chart",
    css=(_HERE / "figure.css").read_text("utf-8"),
    js=(_HERE / "figure.js").read_text("utf-8"),
    isolate_styles=False,
)
"""Two buttons that press plotly's own, so that a picture is made without asking any server; and clicks on points."""


def show(
    chart: go.Figure,
    alt: str,
    key: str,
    numbers: pd.DataFrame,
    say: Words,
    name: str = "",
    on_click: Callable[[], None] | None = None,
    **options: object,
) -> list[dict]:
    """Draw a figure of analysis.charts with its description, and below it the ways to take it away.

    `numbers` is what it draws, for the CSV; `name` what its files are called beside `key`; `on_click` is called
    when a point is clicked while a drag chooses (`clicked` tells which). Returns the points chosen in it, where
    `options` let choose.
    """
    file = "-".join(part for part in ("panchina", key, name) if part)
    config = {**CHART, "toImageButtonOptions": {"filename": file, "scale": 2}, **months(say.ui)}
    with st.container(key=f"chart_{key}", gap="xsmall"):
        state = st.plotly_chart(_Sent(chart), key=key, alt=alt, config=config, theme=None, **options)
        if chart.data:
            _draw_below(key, file, numbers, say, on_click)
    return list(state.selection.points) if options.get("on_select") == "rerun" else []


class _Sent(go.Figure):
    """A figure as it is sent, without the template that Streamlit would have plotly draw it anew for."""

    def __init__(self, chart: go.Figure):
        # Nothing of a figure is made: what is sent is ready.
        whole = chart.to_dict()
        layout = {name: value for name, value in whole["layout"].items() if name != "template"}
        vars(self)["_spec"] = {"data": whole["data"], "layout": layout}

    def to_dict(self) -> dict:
        """Data and layout."""
        return self._spec


def months(ui: str) -> dict[str, object]:
    """What lets plotly name the months of its own hovers in the language `ui`."""
    if ui == "en":
        return {}
    names = {form: list(Locale(ui).months["format"][form].values()) for form in ("wide", "abbreviated")}
    return {"locale": ui, "locales": {ui: {"format": {"months": names["wide"], "shortMonths": names["abbreviated"]}}}}


def _draw_below(key: str, file: str, numbers: pd.DataFrame, say: Words, on_click: Callable[[], None] | None) -> None:
    titles = {form: say("Download the chart as {form}", form=form.upper()) for form in ("png", "svg")}
    data = {"chart": f"chart_{key}", "titles": titles, "hears": on_click is not None}
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"take_{key}"):
        _below(key=f"below_{key}", data=data, width="content", on_clicked_change=on_click or _unheard)
        downloads.csv_button(numbers, f"{file}.csv", say, is_small=True)


def _unheard() -> None:
    """Nothing follows a click on this chart."""


def clicked(key: str) -> str | None:
    """The customdata of the point that was clicked, for `on_click`."""
    return st.session_state[f"below_{key}"].clicked


def is_touched() -> bool:
    """Whether the reader's browser says that it runs on a telephone, where a drag has to scroll the page."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
