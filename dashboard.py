"""Panchina's dashboard: page set-up, navigation and the shared filters. Run it with `make run`."""

import sys
from contextlib import nullcontext
from pathlib import Path

import streamlit as st

from pages import address
from pages.wording import words

HERE = Path(__file__).parent / "pages"
# Switched off in config.toml, so that a fresh server does not list the files of pages/ until this line.
st.set_option("client.showSidebarNavigation", True)
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

# What reads the news takes a fresh server seconds to import: the menu stands by then, and words say what goes on.
with nullcontext() if "pages.shell" in sys.modules else st.spinner(say("Reading the articles …")):
    from pages import filters, shell

with shell.inside():
    shell.read_first(say)
    filters.sidebar(shell.view(), say)
    page.run()
