"""The view is the address: day, coach, competition, lang and ui live in the query, and nowhere else.

A page opened without a query takes up where the session left off. `day` is always written out, so that a copied
address shows the same day tomorrow.
"""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from pages.wording import INTERFACES

KEYS = ("day", "coach", "competition", "lang", "ui")
PLACES = ("stories_page", "all_page")
"""Where the reader is in a long list: no place any more once the list is another one."""
_TELLING = {*KEYS, "from", "to"} - {"ui"}
_LEFT_OFF, _SETTLED = "left_off", "settled"


@dataclass(frozen=True)
class View:
    """What the reader looks at."""

    day: date
    coaches: tuple[str, ...]
    competition: str
    languages: tuple[str, ...]
    """The language of the articles, alone; none for all of them."""
    ui: str


def view(first: date, opening: date, last: date, languages: tuple[str, ...]) -> View:
    """The view of the present address; what it lacks or gets wrong is at its default, a day outside is moved inside."""
    query = _query()
    asked = _day(_last(query, "day")) or opening
    day = min(max(asked, first), last)
    settle(day=day.isoformat())
    chosen = tuple(code for code in query.get("lang", []) if code in languages)[-1:]
    coaches = tuple(dict.fromkeys(name for name in query.get("coach", []) if name))
    return View(day, coaches, _last(query, "competition"), chosen, _interface(_last(query, "ui")))


def _query() -> dict[str, list[str]]:
    """What the address says; a bare one says what the session left off with. What this run settled comes on top."""
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    if not any(key in query for key in KEYS):
        query = {**st.session_state.get(_LEFT_OFF, {}), **query}
    return {**query, **st.session_state.get(_SETTLED, {})}


def _last(query: dict[str, list[str]], key: str) -> str:
    return query.get(key, [""])[-1]


def _interface(asked: str) -> str:
    """The language asked for, else the browser's where the interface speaks it, else English."""
    language = asked if asked in INTERFACES else (st.context.locale or "")[:2]
    return language if language in INTERFACES else "en"


def interface() -> str:
    """The language of the interface, known before anything is read."""
    return _interface(_last(_query(), "ui"))


def names_coach() -> bool:
    """Whether the address itself names a coach, which one carried over from another page does not."""
    return "coach" in st.query_params


def asked(key: str, options: tuple[str, ...], default: str) -> str:
    """What the address says under a key of one page alone, where it is one of `options`; else the default."""
    value = st.query_params.get(key, default)
    return value if value in options else default


def asked_page(key: str, pages: int) -> int:
    """The page of a list that the address names under `key`, one of PLACES; the first or last where it is outside."""
    value = st.query_params.get(key, "")
    return min(max(int(value), 1), pages) if value.isdecimal() and len(value) < 9 else 1


def asked_days(first: date, last: date) -> tuple[date, date] | None:
    """The days that the address chooses, `from` one `to` another, inside `first` to `last`; None where it chooses none.

    One day alone stands under `from`.
    """
    named = sorted(day for day in (_day(st.query_params.get(key, "")) for key in ("from", "to")) if day)
    inside = [min(max(day, first), last) for day in named]
    return (inside[0], inside[-1]) if inside else None


def begin() -> None:
    """Forget what an earlier run settled and did not come to write out."""
    st.session_state[_SETTLED] = {}


def settle(**values: str | list[str]) -> None:
    """Fix what the address leaves open; it is written out, all at once, at the end of the run."""
    settled = {key: [value] if isinstance(value, str) else list(value) for key, value in values.items()}
    st.session_state[_SETTLED] = {**st.session_state.get(_SETTLED, {}), **settled}


def change(**values: object) -> None:
    """Write values into the address now, for a callback; an empty value takes its key out.

    Other coaches, days, competitions or languages make other lists, which begin at their first page.
    """
    begin()
    if _TELLING & values.keys():
        values = dict.fromkeys(PLACES, "") | values
    query = {**_query(), **{key: value for key, value in values.items() if value}}
    st.query_params.from_dict({key: value for key, value in query.items() if key not in values or values[key]})


def write_out() -> None:
    """Write what this run settled into the address, and keep it for a page that is opened without one."""
    query = _query()
    if query != {key: st.query_params.get_all(key) for key in st.query_params}:
        st.query_params.from_dict(query)
    st.session_state[_LEFT_OFF] = {key: value for key, value in query.items() if key in KEYS}


def here(**values: str | list[str]) -> dict[str, list[str]]:
    """The present address as a query for a link, with `values` in place of its own."""
    query = {key: value for key, value in _query().items() if key in KEYS}
    return query | {key: [value] if isinstance(value, str) else list(value) for key, value in values.items()}


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
