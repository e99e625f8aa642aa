"""When a coach's index turned: alarms and change points, each with the stories that explain it."""

import pandas as pd
import streamlit as st

from analysis.index.changes import explained
from analysis.index.parameters import Parameters
from analysis.views import RECENT_DAYS
from pages import address, common, downloads, story_list, timeline
from pages.dossier import Case
from pages.edition import remembered
from pages.markup import Html, join, tag
from pages.rows import badge
from pages.wording import Words

SHOWN = 4
"""Turns shown at first; the others are one click away."""
LIMITS = Parameters()
ALARM, RISE, FALL = "□", "↗", "↘"


def draw(case: Case, say: Words) -> None:
    """The newest turns with their stories, all of them on demand and as CSV."""
    st.header(say("What changed, and why"), anchor=False)
    found = turns(case.alarms, case.changes)
    if found.empty:
        st.html(tag("p", say("No alarm and no change point by this day."), class_="pn-quiet"))
        return
    on, off = say.number(LIMITS.alarm_on), say.number(LIMITS.alarm_off)
    st.caption(
        say("An alarm is raised when the index reaches {on}, and cleared when it falls below {off}.", on=on, off=off)
    )
    whole = len(found) > SHOWN and _is_whole(len(found), say)
    told = _explained(case.coach, case.languages, found if whole else found.head(SHOWN))
    stories = _stories(told, case)
    for position, turn in told.iterrows():
        with st.container(key=f"turn_{position}", gap="xsmall"):
            st.html(tag("article", _head(turn, say), *_behind(turn, stories, say), class_="pn-turn"))
            first, last = turn["since"].date(), turn["date"].date()
            st.button(say("Show the stories of these days"), key=f"show_turn_{position}", type="tertiary",
                      on_click=timeline.choose, args=(first, last))  # fmt: skip
    downloads.csv_button(found, f"turns-{case.name}.csv", say)


def _is_whole(count: int, say: Words) -> bool:
    key = "pick_turns"
    st.session_state[key] = address.asked("turns", ("all",), "") == "all"
    return st.toggle(say("All {count}", count=count), key=key, on_change=_toggled)


def _toggled() -> None:
    address.change(turns="all" if st.session_state["pick_turns"] else "")


def turns(raised: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Alarms and change points of an index, the newest first: columns of its changes, and kind (alarm, change).

    `since` of an alarm begins the week that ends with it.
    """
    raised, changes = raised.assign(kind="alarm", direction="rise"), changes.assign(kind="change")
    raised["since"] = raised["date"] - pd.Timedelta(days=RECENT_DAYS - 1)
    both = pd.concat([frame for frame in (raised, changes) if len(frame)] or [raised], ignore_index=True)
    return both.sort_values(["date", "kind"], ascending=[False, True], kind="stable", ignore_index=True)


@remembered(st.cache_data(max_entries=64, show_spinner=False))
def _explained(coach: str, languages: tuple[str, ...], found: pd.DataFrame) -> pd.DataFrame:
    """The turns with a column article_ids, the claims that moved the index; the coach is part of the key alone."""
    return explained(found, common.ledger(languages))


def _head(turn: pd.Series, say: Words) -> Html:
    if turn["kind"] == "alarm":
        glyph, name = ALARM, say("alarm")
        text = say("index {index}, then up to {peak}", index=say.number(turn["index"]), peak=say.number(turn["peak"]))
        parts = [badge(turn["stage"], say), text, _end(turn, say)]
    else:
        is_rise = turn["direction"] == "rise"
        glyph, name = (RISE, say("rise")) if is_rise else (FALL, say("fall"))
        values = {"before": say.number(turn["before"]), "after": say.number(turn["after"])}
        parts = [say("from {before} to {after}, since {day}", day=say.day(turn["since"].date(), "short"), **values)]
    mark = tag("strong", tag("span", glyph, aria_hidden="true"), " ", name, ", ", say.day(turn["date"].date()))
    return tag("div", join(mark, *parts, between=" "))


def _end(turn: pd.Series, say: Words) -> str:
    if pd.notna(turn["cleared"]):
        return say("(cleared on {day})", day=say.day(turn["cleared"].date(), "short"))
    return say("(not cleared by {day})", day=say.day(turn["ended"].date(), "short"))


def _stories(told: pd.DataFrame, case: Case) -> pd.DataFrame:
    """The stories behind some turns, with a column articles: which of the turns' article_ids each is."""
    ids = pd.Series(list(dict.fromkeys(article for each in told["article_ids"] for article in each)), dtype="string")
    known = common.parts_of(ids, "stories")[0]
    story_of = dict(zip(known["article_id"].tolist(), known["story_id"].tolist(), strict=True))
    articles: dict[str, set[str]] = {}
    for article in ids:
        for story in {article, story_of.get(article, article)}:
            articles.setdefault(story, set()).add(article)
    stories = case.with_quotes(case.stories[case.stories["story_id"].isin(list(articles)).to_numpy(dtype=bool)])
    own = [articles[story] for story in stories["story_id"]]
    return stories.assign(articles=pd.Series(own, index=stories.index, dtype=object))


def _behind(turn: pd.Series, stories: pd.DataFrame, say: Words) -> list[Html]:
    """The stories behind one turn, a line or two each."""
    wanted = set(turn["article_ids"])
    told = [story_list.brief(story, say) for _, story in stories.iterrows() if story["articles"] & wanted]
    return told or [tag("p", say("No new story: older ones have faded."), class_="pn-quiet")]
