"""A club's matches beside the news, in words: the last result, the next fixture, the form."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from analysis.results.form import last_matches, matches_of, next_fixture, points_per_game
from pages import common
from pages.edition import remembered
from pages.markup import Html, tag
from pages.wording import Words, mark

FRESH_DAYS = 10
"""A recorded match older than this was not the club's last one."""
LETTERS = {"win": mark("W"), "draw": mark("D"), "defeat": mark("L")}
SENTENCES = {
    ("win", "home"): mark("won {goals} at home against {opponent}"),
    ("win", "away"): mark("won {goals} away against {opponent}"),
    ("win", "neutral"): mark("won {goals} against {opponent}"),
    ("draw", "home"): mark("drew {goals} at home against {opponent}"),
    ("draw", "away"): mark("drew {goals} away against {opponent}"),
    ("draw", "neutral"): mark("drew {goals} against {opponent}"),
    ("defeat", "home"): mark("lost {goals} at home against {opponent}"),
    ("defeat", "away"): mark("lost {goals} away against {opponent}"),
    ("defeat", "neutral"): mark("lost {goals} against {opponent}"),
}
_COMING = {
    "home": mark("{day} at home against {opponent}"),
    "away": mark("{day} away against {opponent}"),
    "neutral": mark("{day} against {opponent}"),
}


@remembered(st.cache_data(max_entries=256, show_spinner=False))
def played(club: str, day: date, since: date | None = None) -> pd.DataFrame:
    """The club's matches from `since` to `day`, as analysis.results.form has them."""
    return matches_of(common.results(), club, day, since)


def sentence(match: pd.Series, say: Words) -> str:
    """A match in words: "lost 0-3 at home against Milan"."""
    goals = f"{match['scored']}-{match['conceded']}"
    message = SENTENCES[match["outcome"], match["venue"]]
    return say(message, goals=goals, opponent=say.club(match["opponent"]))


@remembered(st.cache_data(max_entries=256, show_spinner=False))
def _around(club: str, day: date) -> tuple[pd.DataFrame, dict | None]:
    if common.results().empty:
        return common.results(), None
    since = day - timedelta(days=FRESH_DAYS)
    return last_matches(common.results(), club, day, since, count=1), next_fixture(common.results(), club, day)


def beside(club: str, day: date, say: Words) -> Html | None:
    """The last recorded result of these days and the next fixture, where the archive knows them."""
    last, following = _around(club, day)
    parts = [
        say("{day}: {match}", day=say.day(match["date"].date(), "short"), match=sentence(match, say))
        for _, match in last.iterrows()
    ]
    if following:
        parts.append(say("next {match}", match=_coming(following, say)))
    return tag("span", " · ".join(parts)) if parts else None


def fixture(club: str, day: date, say: Words) -> str:
    """The club's next match, where the archive knows it: "9 Dec at home against Wolverhampton"; else ""."""
    _, following = _around(club, day)
    return _coming(following, say) if following else ""


def _coming(match: dict, say: Words) -> str:
    message, when = _COMING[match["venue"]], say.day(match["date"].date(), "short")
    return say(message, day=when, opponent=say.club(match["opponent"]))


def form(club: str, day: date, since: date | None, say: Words) -> Html | None:
    """The last five recorded results as letters, oldest first, and points a game."""
    last = last_matches(common.results(), club, day, since)
    if last.empty:
        return None
    letters = [_letter(match, say) for _, match in last.iterrows()]
    points = say.number(points_per_game(common.results(), club, day, since), 1)
    return tag("span", tag("span", *letters, class_="pn-form"), " ", say("{points} points a game", points=points))


def _letter(match: pd.Series, say: Words) -> Html:
    letter = LETTERS[match["outcome"]]
    return tag("span", say(letter), title=f"{say.day(match['date'].date())}: {sentence(match, say)}")
