"""Parts of the Method page: every parameter of the index, adjustable in this session alone, and what that does."""

import ast
import inspect
from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache

import pandas as pd
import streamlit as st

from analysis.charts.tuned import tuned_chart
from analysis.index import coach_series
from analysis.index.changes import alarms, change_points
from analysis.index.parameters import Parameters
from pages import address, common, complaints, downloads, figures, filters
from pages.wording import Words, mark, plain

SLIDERS = {
    "half_life_days": (mark("Half-life of a story, in days"), 1.0, 30.0),
    "shrinkage": (mark("Shrinkage towards zero"), 0.2, 5.0),
    "same_source_share": (mark("Weight of a source's further stories"), 0.0, 1.0),
    "backing": (mark("Share taken off by a club's backing"), 0.0, 0.9),
}
"""The parameters that matter most; the others stand below them."""
SHOWN = 8
_KEY = "tune_"
_LEAST = {"draws": 20, "seed": 0, "risk_ratio": 0.1, "neutral_stories_a_week": 0.1}
_MOST = {
    "draws": 1000,
    "seed": 10**9,
    "shingle_words": 9,
    **dict.fromkeys(("interval", "story_similarity", "guarded_backing", "renewal"), 1.0),
}
_DAYS, _WEIGHT = 365, 100.0
"""Beyond these a parameter has no meaning, or only work for the machine."""


@lru_cache(maxsize=1)
def notes() -> dict[str, str]:
    """The reason given beside each parameter in analysis/index/parameters.py."""
    body = ast.parse(inspect.getsource(Parameters)).body[0].body
    pairs = zip(body, body[1:], strict=False)
    return {
        field.target.id: " ".join(note.value.value.split())
        for field, note in pairs
        if isinstance(field, ast.AnnAssign) and isinstance(note, ast.Expr)
    }


def draw(view: address.View, say: Words) -> None:
    """Controls for every parameter, and beside them the ranking and the hottest coach under the values chosen."""
    usual = Parameters()
    tuned = {name: _control(st.slider, say(title), name, low, high) for name, (title, low, high) in SLIDERS.items()}
    with filters.folded(say("All parameters and their reasons"), "parameters"):
        tuned |= _others(usual, say) | _source_weight(view, say)
    st.button(say("Back to the usual values"), on_click=_reset)
    try:
        parameters = replace(usual, **tuned)
        parameters = None if parameters == usual else parameters
    except ValueError as error:
        st.warning(say("These values do not go together: {reason}.", reason=plain(complaints.told(str(error), say))))
        return
    with st.spinner(say("Adding up the stories …")):
        common.ledger(view.languages, parameters)
    draw_ranking(parameters, view, say)
    draw_example(parameters, view, say)


def _control(widget: Callable, label: str, name: str, least: float, most: float, **options: object) -> float:
    """A slider or field of a parameter that shows what the address says and writes into it what is chosen."""
    usual = getattr(Parameters(), name)
    key = _KEY + name
    st.session_state[key] = _asked(name, type(least)(usual), least, most)
    return widget(label, min_value=least, max_value=most, key=key, on_change=_moved, args=(name, usual), **options)


def _asked(name: str, usual: float, least: float, most: float) -> float:
    """The value of the address; the usual one where it has none that is a number inside the bounds."""
    try:
        value = type(usual)(st.query_params.get(_KEY + name, usual))
    except ValueError:
        return usual
    return value if least <= value <= most else usual


def _moved(name: str, usual: float) -> None:
    value = st.session_state[_KEY + name]
    address.change(**{_KEY + name: "" if value == usual else str(value)})


def _reset() -> None:
    address.change(**{key: "" for key in st.query_params if key.startswith(_KEY)})


def _others(usual: Parameters, say: Words) -> dict[str, float]:
    """A field for every number that has no slider, with its reason below."""
    names = [field.name for field in fields(usual) if field.name not in (*SLIDERS, "source_weights")]
    chosen = {}
    for name in names:
        field, reason = st.columns([0.3, 0.7], vertical_alignment="center")
        least, most = bounds(name)
        is_fixed = name in common.GROUPING and common.archive().stories is not None
        chosen[name] = _control(field.number_input, f"`{name}`", name, least, most, disabled=is_fixed)
        reason.caption(plain(say.pattern(notes()[name])))
    return chosen


def bounds(name: str) -> tuple[float, float]:
    """The least and the most that the field of a parameter takes."""
    kind = type(getattr(Parameters(), name))
    return kind(_LEAST.get(name, 1 if kind is int else 0)), kind(_MOST.get(name, _DAYS if kind is int else _WEIGHT))


def _source_weight(view: address.View, say: Words) -> dict[str, tuple]:
    """The weight of one source, for example 0 to leave it out."""
    sources = sorted({*common.claims(view.languages)["source"].unique()} - {""})
    field, weight = st.columns([0.6, 0.4], vertical_alignment="bottom")
    key = f"{_KEY}source"
    st.session_state[key] = address.asked(key, tuple(sources), "")
    source = field.selectbox(
        say("Weigh one source otherwise"), ["", *sources], key=key, on_change=_moved, args=("source", "")
    )
    key = f"{_KEY}source_weight"
    st.session_state[key] = _asked("source_weight", 1.0, 0.0, 10.0)
    value = weight.number_input(say("Its weight"), 0.0, 10.0, key=key, on_change=_moved, args=("source_weight", 1.0))
    return {"source_weights": ((source, value),)} if source and value != 1 else {}


def draw_ranking(parameters: Parameters | None, view: address.View, say: Words) -> None:
    """The ranking under the parameters chosen beside the usual one."""
    now = common.seats(view.languages, view.competition, view.day)
    then = common.seats(view.languages, view.competition, view.day, parameters)
    keys = ["coach", "club"]
    both = now[[*keys, "index"]].merge(then[[*keys, "index"]], on=keys, suffixes=("_usual", "_tuned")).head(SHOWN)
    columns = {
        "coach": say("coach"),
        "index_usual": say("index as usual"),
        "index_tuned": say("index as tuned"),
        "rank": say("rank as tuned"),
    }
    both["rank"] = both["index_tuned"].rank(ascending=False, method="min").astype(int)
    number = st.column_config.NumberColumn(format="%.0f")
    st.dataframe(
        both[list(columns)].rename(columns=columns),
        hide_index=True,
        alt=say("Ranking under these parameters"),
        column_config={columns[key]: number for key in ("index_usual", "index_tuned")},
    )
    downloads.csv_button(both, f"tuned-ranking-{view.day}.csv", say, is_small=True)


def draw_example(parameters: Parameters | None, view: address.View, say: Words) -> None:
    """The hottest coach's index as usual and as tuned, with its change points and the days of alarm."""
    hottest = common.seats(view.languages, view.competition, view.day)["coach"]
    if hottest.empty:
        return
    coach = hottest.iloc[0]
    series = {
        name: coach_series(common.ledger(view.languages, values), coach, view.day)
        for name, values in (("usual", None), ("tuned", parameters))
    }
    if min(map(len, series.values())) == 0:
        return
    changes, raised = change_points(series["tuned"], parameters), alarms(series["tuned"], parameters)
    counted = [
        say.some("{count} change point", "{count} change points", len(changes)),
        say.some("{count} alarm", "{count} alarms", len(raised)),
    ]
    about = say("{coach}: grey as usual, blue as tuned. As tuned: {counted}.", coach=coach, counted=", ".join(counted))
    st.caption(plain(about))
    chart = tuned_chart(series["usual"], series["tuned"], changes, (parameters or Parameters()).alarm_on, say)
    both = pd.concat([rows.assign(parameters=name) for name, rows in series.items()])
    figures.show(chart, say("Pressure index of {coaches}", coaches=coach), "tuned", both, say, str(view.day))
