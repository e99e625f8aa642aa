"""The filters all pages share, in the sidebar, and the day controls: each writes its value into the address."""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.schema import LANGUAGES
from analysis.text import fold
from pages import address, common, foreign
from pages.edition import remembered
from pages.wording import INTERFACES, Words, mark


def sidebar(view: address.View, say: Words) -> None:
    """Day, competition, language of the articles and language of the interface."""
    first, _, last = common.span()
    with st.sidebar:
        picker(st.date_input, say("As of"), view.day, "day", min_value=first, max_value=last, format="DD/MM/YYYY")
        names = ["", *competitions(view.languages)]
        chosen = view.competition if view.competition in names else ""
        picker(
            st.selectbox,
            say("Competition"),
            chosen,
            "competition",
            options=names,
            format_func=lambda name: name or say("all competitions"),
        )
        # One or all: what the index of these rests on is kept beside a large archive, that of every mixture is not.
        picker(
            st.selectbox,
            say("Language of the articles"),
            "".join(view.languages),
            "lang",
            options=["", *LANGUAGES],
            format_func=lambda code: say.language(code) if code else say("all six"),
        )
        picker(
            st.segmented_control,
            say("Interface"),
            view.ui,
            "ui",
            options=list(INTERFACES),
            format_func=INTERFACES.get,
            required=True,
        )
        foreign.translate(say)


def picker(widget: Callable, label: str, value: object, key: str, **options: object) -> object:
    """A widget that shows `value` and writes what is chosen into the address under `key`; returns what it shows."""
    name = f"pick_{key}"
    st.session_state[name] = value
    return widget(label, key=name, **({"on_change": _chosen, "args": (name, key)} | options))


def folded(label: str, key: str) -> DeltaGenerator:
    """A part that is folded away unless the address says "open" under `key`; `open` tells whether to fill it."""
    name = f"pick_{key}"
    st.session_state[name] = is_open(key)
    return st.expander(label, key=name, on_change=_unfolded, args=(name, key))


def is_open(key: str) -> bool:
    """Whether the address says "open" under `key`."""
    return address.asked(key, ("open",), "") == "open"


def unfold(label: str, key: str) -> bool:
    """A switch for what takes long to show, on where the address says "open" under `key`; returns whether it is on."""
    name = f"pick_{key}"
    st.session_state[name] = is_open(key)
    return st.toggle(label, key=name, on_change=_unfolded, args=(name, key))


def _unfolded(name: str, key: str) -> None:
    address.change(**{key: "open" if st.session_state[name] else ""})


def _chosen(name: str, key: str) -> None:
    value = st.session_state[name]
    address.change(**{key: value.isoformat() if isinstance(value, date) else value})


@remembered(st.cache_data(max_entries=16, show_spinner=False))
def competitions(languages: tuple[str, ...]) -> list[str]:
    """Competitions of the clubs that the index knows, by name."""
    clubs = common.ledger(languages).spells["club"].unique()
    return sorted({common.gazetteer().competition_of(club) for club in clubs} - {""})


def replay(view: address.View, say: Words) -> None:
    """Step through the season: a week or a day back and on, or a slide to any day."""
    first, _, last = common.span()
    if first == last:
        st.caption(say("As of {day}", day=say.day(view.day, "full")))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="replay"):
        for days, label in _STEPS[:2]:
            _step(view.day, days, say(label), first, last)
        name = "slide_day"
        st.session_state[name] = view.day
        st.slider(
            say("As of {day}", day=say.day(view.day, "full")),
            min_value=first,
            max_value=last,
            key=name,
            format="D MMM YYYY",  # its months are named by pages.foreign
            on_change=_chosen,
            args=(name, "day"),
        )
        for days, label in _STEPS[2:]:
            _step(view.day, days, say(label), first, last)


_STEPS = ((-7, mark("« week")), (-1, mark("‹ day")), (1, mark("day ›")), (7, mark("week »")))


def _step(day: date, days: int, label: str, first: date, last: date) -> None:
    target = min(max(day + timedelta(days=days), first), last)
    st.button(
        label,
        key=f"step_{days}",
        disabled=target == day,
        on_click=address.change,
        kwargs={"day": target.isoformat()},
        wrap=False,
    )


MOST_NAMES = 300
"""A browser builds a list of thousands of names anew on every change; beyond so many a name is typed."""


def coach_picker(names: list[str], chosen: str, say: Words, everyone: str = "") -> None:
    """Choose a coach, or all of them where `names` holds `everyone`; the choice is written into the address.

    Of very many only the first are listed; the others are found by typing their name, or a part that is theirs alone.
    """
    is_cut = len(names) > MOST_NAMES
    listed = list(dict.fromkeys([*names[:MOST_NAMES], chosen])) if is_cut else names
    picker(
        st.selectbox,
        say("Coach, from the list or typed") if is_cut else say("Coach"),
        chosen,
        "coach",
        options=listed,
        format_func=lambda name: say("all coaches") if name == everyone else name,
        **({"accept_new_options": True, "on_change": _typed, "args": (names,)} if is_cut else {}),
    )


def _typed(names: list[str]) -> None:
    typed = st.session_state["pick_coach"] or ""
    address.change(coach=meant(typed, names))


def meant(typed: str, names: list[str]) -> str:
    """The one of `names` that is `typed`, whatever its accents and capitals, or alone holds it; else what was typed."""
    if typed in names:
        return typed
    folded = {name: fold(name) for name in names}
    same = [name for name in names if folded[name] == fold(typed.strip())]
    found = same or [name for name in names if fold(typed.strip()) in folded[name]]
    return found[0] if len(found) == 1 else typed.strip()
