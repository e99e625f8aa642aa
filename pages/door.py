"""The way into a page that was opened by its own address, before anything heavy is imported."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

PAGES = ("hot_seats", "coach", "related_clubs", "compare", "read_article", "method", "report")
INSIDE = "inside_dashboard"


@contextmanager
def entered() -> Iterator[None]:
    """Around what a page imports; every page begins here.

    On a fresh server Streamlit runs the first page that is opened by its own address as a bare file of pages/, without
    the dashboard around it. st.navigation turns that off; then the page is run again, properly: the menu stands, and
    words say what goes on, while the page's imports take their seconds.
    """
    if INSIDE not in st.session_state:
        st.navigation([f"pages/{name}.py" for name in PAGES], position="hidden")
        st.rerun()
    yield
