"""Tables to take away, safe to open in a spreadsheet."""

import pandas as pd
import streamlit as st

from analysis.output import formula_safe
from pages.wording import Words


def csv_button(table: pd.DataFrame, name: str, say: Words) -> None:
    """A button that hands over `table` as CSV."""
    st.download_button(
        say("Download as CSV"),
        safe_csv(table),
        name,
        "text/csv",
        key=f"csv_{name}",
        on_click="ignore",
        icon=":material/download:",
    )


def safe_csv(table: pd.DataFrame) -> bytes:
    """`table` as CSV for spreadsheets: text that would start a formula gets an apostrophe before it."""
    texts = table.select_dtypes(include=["object", "string"]).columns
    safe = table.assign(**{column: table[column].map(formula_safe, na_action="ignore") for column in texts})
    return safe.to_csv(index=False).encode("utf-8-sig")
