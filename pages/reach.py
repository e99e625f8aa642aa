"""How far back the charts of one coach go: the last year of a long index, all of it when it is asked for."""

import pandas as pd
import streamlit as st

from pages import address
from pages.dossier import Case
from pages.wording import Words

LONG_DAYS, SHOWN_DAYS = 400, 365
"""An index longer than the first is drawn for its last days alone: of years of days no screen shows one, and a browser
takes seconds to draw them."""
_KEY = "pick_reach"


def since(case: Case, days: tuple[pd.Timestamp, pd.Timestamp] | None) -> pd.Timestamp:
    """The first day that the charts show; with `days` chosen, not later than these."""
    first = case.index["date"].min() if len(case.index) else case.day
    late = _late(case)
    is_late = late is not None and not _is_whole() and not (days and days[0] < late)
    return late if is_late else first


def _late(case: Case) -> pd.Timestamp | None:
    """Where the last year of a long index begins; None where it is not long."""
    if case.index.empty or (case.index["date"].max() - case.index["date"].min()).days <= LONG_DAYS:
        return None
    return case.index["date"].max() - pd.Timedelta(days=SHOWN_DAYS)


def _is_whole() -> bool:
    return address.asked("reach", ("all",), "") == "all"


def draw(case: Case, say: Words) -> None:
    """The way to all days of a long index, and back."""
    if _late(case) is None:
        return
    st.session_state[_KEY] = _is_whole()
    first = case.index["date"].min().date()
    st.toggle(say("All days since {day}", day=say.day(first)), key=_KEY, on_change=_toggled)


def _toggled() -> None:
    address.change(reach="all" if st.session_state[_KEY] else "")
