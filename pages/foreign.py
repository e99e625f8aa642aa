"""Streamlit's own words, which it has in English alone, in the language of the interface."""

from pathlib import Path

import streamlit as st
from babel import Locale

from pages.wording import Words, mark

_HERE = Path(__file__).parent
_component = st.components.v2.component("foreign_words", js=(_HERE / "foreign.js").read_text("utf-8"))
MESSAGES = (
    mark("Add files"),
    mark("App pages"),
    mark("Choose an option"),
    mark("Choose date"),
    mark("Choose date, {name}"),
    mark("Clear all"),
    mark("Clear value"),
    mark("Collapse sidebar"),
    mark("Decrement"),
    mark("Drag and drop files here"),
    mark("Error:"),
    mark("Expand sidebar"),
    mark("File must be {size} or smaller."),
    mark("Fullscreen: {name}"),
    mark("Help for {name}"),
    mark("Increment"),
    mark("Next page"),
    mark("No options to select"),
    mark("No results"),
    mark("Open"),
    mark("Page {number}"),
    mark("Pagination"),
    mark("Press Ctrl+Enter to submit form"),
    mark("Press Enter to add"),
    mark("Press Enter to apply"),
    mark("Press Enter to submit form"),
    mark("Press ⌘+Enter to submit form"),
    mark("Previous page"),
    mark("Remove {name}"),
    mark("Search: {name}"),
    mark("Select all"),
    mark("Selected values"),
    mark("Show/hide columns: {name}"),
    mark("Sidebar"),
    mark("Skip to main content"),
    mark("Stop"),
    mark("Upload"),
    mark("You can only select up to {count} options. Remove an option first."),
    mark("day, {name}"),
    mark("file upload"),
    mark("month, {name}"),
    mark("year, {name}"),
    mark("{kind} files are not allowed."),
)


def translate(say: Words) -> None:
    """Let the browser show Streamlit's widgets, and name the page's language, in that of the interface."""
    if say.ui != "en":
        told = [(message, say.pattern(message)) for message in MESSAGES]
        data = {"lang": say.ui, "messages": told, "months": _months(say.ui)}
        _component(key="foreign", data=data, width="content")


def _months(ui: str) -> dict[str, str]:
    """The short names of the months, from English."""
    names, told = (Locale(language).months["format"]["abbreviated"] for language in ("en", ui))
    return {names[month]: told[month] for month in names}
