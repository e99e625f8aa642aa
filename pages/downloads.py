"""Tables to take away, safe to open in a spreadsheet."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.output import formula_safe
from pages.wording import Words


def csv_button(table: pd.DataFrame | Callable[[], pd.DataFrame], name: str, say: Words, is_small: bool = False) -> None:
    """A button that hands over `table` as CSV, which is written when it is asked for; `is_small` below a chart.

    A table that takes a moment to make may be given as what makes it.
    """
    st.download_button(
        "CSV" if is_small else say("Download as CSV"),
        lambda: safe_csv(table() if callable(table) else table),
        name,
        "text/csv",
        key=f"csv_{name}",
        on_click="ignore",
        icon=None if is_small else ":material/download:",
        type="tertiary" if is_small else "secondary",
    )


def safe_csv(table: pd.DataFrame) -> bytes:
    """`table` as CSV for spreadsheets: text that would start a formula gets an apostrophe before it."""
    texts = table.select_dtypes(include=["object", "string", "category"]).columns
    safe = table.assign(**{column: table[column].map(formula_safe, na_action="ignore") for column in texts})
    return safe.rename(columns=formula_safe).to_csv(index=False).encode("utf-8-sig")
