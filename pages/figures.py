"""A figure on a page, and how it is taken away."""

import streamlit as st

CHART = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "zoom2d", "pan2d", "autoScale2d"]}


def show(chart: object, alt: str, key: str, **options: object) -> list[dict]:
    """Draw a figure of analysis.charts with its description; returns the points chosen in it, where it lets choose."""
    config = {**CHART, "toImageButtonOptions": {"format": "svg", "filename": f"panchina-{key}"}}
    state = st.plotly_chart(chart, key=key, alt=alt, config=config, **options)
    return list(state.selection.points) if "on_select" in options else []
