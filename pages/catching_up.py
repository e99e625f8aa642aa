"""Articles of the store that nobody has read yet are read once, while whoever waits sees how far it has come."""

import os
from threading import Lock

import streamlit as st

from pages import edition
from pages.edition import remembered
from pages.wording import Words


@remembered(st.cache_resource(max_entries=1, show_spinner=False))
def _turn() -> Lock:
    """Held by the session that reads; the others wait until it has done and find nothing left to read."""
    return Lock()


def read_new(say: Words) -> None:
    """Read what is new in the store and say how far it has come; what keeps no readings is left to its archive."""
    if edition.present() == edition.SEASON:
        return
    # Imported here, for the season does without.
    from analysis.archive.shelf import is_shelf
    from analysis.store import Store
    from analysis.store.published import is_published

    folder = edition.folder()
    if is_shelf(folder) or is_published(folder) or not os.access(folder, os.W_OK):
        return
    with _turn():
        place = st.container(key="catching_up").empty()
        Store(folder).read_new(lambda done, count: _show(place, done, count, say))
        place.empty()


def _show(place: st.delta_generator.DeltaGenerator, done: int, count: int, say: Words) -> None:
    told = say("Reading the articles: {done} of {all}", done=say.number(done), all=say.number(count))
    place.progress(done / count, told)
