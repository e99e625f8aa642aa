"""The box for an address, in local mode alone: the page there is fetched once, through the guard, and read."""

import json

import streamlit as st

from analysis.collect.errors import (
    BadStatus,
    CollectError,
    Refused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    Unreadable,
    WrongType,
)
from analysis.load import load_bytes
from analysis.store.export import date_text
from pages import local
from pages.wording import Words, mark, plain

_URL, _WANTED, _FETCHED = "url", "url_wanted", "fetched"
_WHY = {
    Refused: mark("That address is never fetched: only http and https pages on the public internet are."),
    Unreachable: mark("Nobody answers at that address."),
    TooSlow: mark("The page took too long to come."),
    TooLarge: mark("The page is larger than any article."),
    TooManyRedirects: mark("That address leads round in circles."),
    WrongType: mark("There is no page at that address, but something of another kind."),
    BadStatus: mark("The site does not hand out the page."),
    Unreadable: mark("The page came, but no article can be read in it. Paste its text instead."),
}
_ELSE = mark("The page cannot be fetched.")

_OPEN = mark("PANCHINA_LOCAL is set, but this server listens beyond its own machine, so that no address is fetched. "
             "Start it with --server.address localhost.")  # fmt: skip


def ask(say: Words) -> list[dict]:
    """The article at the address that the owner gave, or what kept it from coming; nothing in public mode."""
    if not local.is_local():
        st.session_state.pop(_FETCHED, None)
        if local.is_wanted():
            st.warning(plain(say(_OPEN)))
        return []
    with st.form("fetch", border=False):
        st.text_input(say("Address of an article"), key=_URL, max_chars=4000, placeholder="https://")
        st.form_submit_button(say("Fetch and read it"), on_click=_want)
    if url := st.session_state.pop(_WANTED, ""):
        st.session_state[_FETCHED] = _fetched(url, say)
    return st.session_state.get(_FETCHED, [])


def _want() -> None:
    """Note what is to be fetched: a button's own answer is lost where the run is begun anew before it is asked."""
    st.session_state[_WANTED] = st.session_state[_URL].strip()
    st.session_state[_FETCHED] = []


def _fetched(url: str, say: Words) -> list[dict]:
    from analysis.collect import read_page

    with st.spinner(say("Fetching …")):
        try:
            return _loaded(read_page(url))
        except CollectError as error:
            st.error(plain(f"{say(_why(error))} ({error})"))
            return []


def _why(error: CollectError) -> str:
    return next((message for kind, message in _WHY.items() if isinstance(error, kind)), _ELSE)


def _loaded(page: dict) -> list[dict]:
    """The fetched page as articles come from files, checked like them; a date that is doubted is left out."""
    row = {key: page[key] for key in ("lang", "source", "url", "title", "text")}
    row |= {"id": page["url"], "date": "" if page["date_flag"] else date_text(page)}
    return list(load_bytes("page.jsonl", json.dumps(row).encode()))
