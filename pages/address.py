"""The view is the address: day, coach, competition, lang and ui live in the query, and nowhere else.

A page opened without a query takes up where the session left off. `day` is always written out, so that a copied
address shows the same day tomorrow.
"""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from pages.wording import INTERFACES

KEYS = ("day", "coach", "competition", "lang", "ui")
_LEFT_OFF = "left_off"


@dataclass(frozen=True)
class View:
    """What the reader looks at."""

    day: date
    coaches: tuple[str, ...]
    competition: str
    languages: tuple[str, ...]
    ui: str


def view(first: date, opening: date, last: date, languages: tuple[str, ...]) -> View:
    """The view of the present address; what it lacks or gets wrong is at its default, a day outside is moved inside."""
    _take_up()
    query = st.query_params
    asked = _day(query.get("day", "")) or opening
    day = min(max(asked, first), last)
    if query.get("day") != day.isoformat():
        change(day=day.isoformat())
    chosen = tuple(code for code in languages if code in query.get_all("lang"))
    return View(
        day,
        tuple(dict.fromkeys(name for name in query.get_all("coach") if name)),
        query.get("competition", ""),
        chosen,
        _interface(),
    )


def _take_up() -> None:
    if not any(key in st.query_params for key in KEYS):
        st.query_params.update(st.session_state.get(_LEFT_OFF, {}))


def _interface() -> str:
    """The language asked for, else the browser's where the interface speaks it, else English."""
    asked = st.query_params.get("ui", "") or (st.context.locale or "")[:2]
    return asked if asked in INTERFACES else "en"


def asked(key: str, options: tuple[str, ...], default: str) -> str:
    """What the address says under a key of one page alone, where it is one of `options`; else the default."""
    value = st.query_params.get(key, default)
    return value if value in options else default


def change(**values: object) -> None:
    """Write values into the address; an empty value takes its key out."""
    for key, value in values.items():
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]


def remember() -> None:
    """Keep the address for a page that is opened without one."""
    st.session_state[_LEFT_OFF] = here()


def here(**values: object) -> dict[str, list[str]]:
    """The present address as a query for a link, with `values` in place of its own; an empty value drops its key."""
    query = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    query |= {
        key: [str(value)] if isinstance(value, str | date) else list(value) for key, value in values.items() if value
    }
    return {key: value for key, value in query.items() if key not in values or values[key]}


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
