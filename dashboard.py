"""Panchina's dashboard: page set-up, navigation and the shared filters. Run it with `make run`."""

from pathlib import Path

import streamlit as st

from pages import address, filters, shell
from pages.wording import words

HERE = Path(__file__).parent / "pages"
st.set_page_config(page_title="Panchina", page_icon=str(HERE / "icon.svg"), layout="wide")
for style in ("panchina.css", "sheet.css"):
    st.html(HERE / style)
ICONS = {
    "hot_seats": "local_fire_department",
    "coach": "person",
    "related_clubs": "hub",
    "compare": "stacked_line_chart",
    "read_article": "article",
    "method": "menu_book",
    "report": "print",
}
# The menu stands before anything is read.
say = words(address.interface())
titles = {
    "hot_seats": say("Hot seats"),
    "coach": say("Coach"),
    "related_clubs": say("Related clubs"),
    "compare": say("Compare"),
    "read_article": say("Read an article"),
    "method": say("Method"),
    "report": say("Report"),
}
page = st.navigation(
    [
        st.Page(
            f"pages/{name}.py",
            title=title,
            icon=f":material/{ICONS[name]}:",
            default=name == "hot_seats",
            visibility="hidden" if name == "report" else "visible",
        )
        for name, title in titles.items()
    ]
)

with shell.inside():
    shell.read_first(say)
    filters.sidebar(shell.view(), say)
    page.run()
