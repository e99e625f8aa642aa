"""What stands around every page: the view, the words, the heading, links from page to page."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import streamlit as st

from analysis.archive import Archive
from analysis.schema import LANGUAGES
from pages import address, catching_up, common, door, edition
from pages.wording import Words, plain, words

READ = "read_and_added_up"


def view() -> address.View:
    """What the reader looks at, from the address."""
    return address.view(*common.span(), LANGUAGES)


def open_page() -> tuple[address.View, Words]:
    """What the reader looks at, and the words of his language."""
    return view(), say()


@contextmanager
def inside() -> Iterator[None]:
    """Around the dashboard: pages know that they run inside it, and the address is written out at the end."""
    st.session_state[door.INSIDE] = True
    edition.refresh()
    address.begin()
    try:
        yield
        address.write_out()
    finally:
        del st.session_state[door.INSIDE]


def read_first(say: Words) -> None:
    """Read and add up what the visitor has not seen yet, and say so where it takes longer than a moment."""
    if st.session_state.get(READ, ("",))[0] != edition.present():
        with st.spinner(say("Reading the articles …")):
            catching_up.read_new(say)
            common.archive()
    now = (edition.present(), view().languages)
    if st.session_state.get(READ) != now:
        with st.spinner(say("Adding up the stories …")):
            common.ledger(now[1])
        st.session_state[READ] = now


def say() -> Words:
    """The words of the reader's interface language."""
    return words(view().ui)


def heading(title: str, say: Words) -> None:
    """The page's one h1, and what the archive is."""
    st.title(title, anchor=False)
    st.caption(" ".join(told(common.archive(), say)))


def told(archive: Archive, say: Words) -> list[str]:
    """What the archive is, how many articles it has and of which day the newest is; and what of it is missing."""
    about = say("The articles of your store.")
    if archive.is_demonstration:
        about = say("Demonstration: season 2024-25, briefs written for Panchina from recorded facts.")
    elif archive.is_published:
        about = say("Published articles: title, link and the sentences that count; the whole texts are at the source.")
    count = say.some("{count} article", "{count} articles", len(archive.articles))
    last = common.newest()
    newest = say("the newest of {day}", day=say.day(last)) if last else say("none dated")
    missing = []
    if strange := common.unread():
        missing.append(
            say.some(
                "{count} in a language that is not read stays unscored.",
                "{count} in languages that are not read stay unscored.",
                strange,
            )
        )
    if lost := len(archive.problems):
        missing.append(
            say.some(
                "{count} file of the store could not be read.", "{count} files of the store could not be read.", lost
            )
        )
    return [about, f"{count}, {newest}.", *missing]


def page_link(page: str, label: str, **query: str | Iterable[str]) -> None:
    """A link to another page of this view; `label` is text, `query` what changes in the address."""
    st.page_link(f"pages/{page}.py", label=plain(label), icon="", help="", query_params=address.here(**query))
