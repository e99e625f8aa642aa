"""How right the reader was when it was last measured, from data/accuracy.csv (written by python -m bench.accuracy)."""

import pandas as pd
import streamlit as st

from analysis.gazetteer import DATA
from pages import downloads
from pages.wording import Words, mark

FILE = DATA / "accuracy.csv"
COLUMNS = ("set", "articles", "figure", "value", "measured", "command")
SETS = {
    "blind": mark("blind articles, never looked at while the lexicon was written"),
    "fresh": mark("articles of ordinary press prose, kept apart while the weights were fitted"),
    "later": mark("such articles by other hands, kept apart as well"),
    "plain": mark("articles of ordinary press prose, which the weights were fitted on"),
    "training": mark("training articles, which the lexicon was written on"),
    "examples": mark("examples of the guide, which the lexicon was written on"),
}
FIGURES = {
    "coach_alarm_F1": mark("alarms by coach, F1"),
    "article_MCC": mark("alarms by article, Matthews correlation"),
    "stage_accuracy_signalled": mark("right stage where there is a signal"),
    "false_alarm_rate_adversarial": mark("false alarms on articles that only sound like alarm"),
    "false_alarm_rate_reassurance": mark("false alarms on votes of confidence"),
    "relations_F1": mark("related clubs, F1"),
    "causes_F1": mark("reasons, F1"),
}


def rows() -> pd.DataFrame:
    """The figures on record, columns COLUMNS; empty where nothing was measured yet."""
    return pd.read_csv(FILE) if FILE.exists() else pd.DataFrame(columns=list(COLUMNS))


def draw(say: Words) -> None:
    """A table of figures for each set, with the day and the command; what was not measured is said to be missing."""
    found = rows()
    for name, title in SETS.items():
        part = found[(found["set"] == name) & found["figure"].isin(list(FIGURES))]
        if part.empty:
            st.caption(say("Not measured yet: {set}.", set=say(title)))
            continue
        first = part.iloc[0]
        day = say.day(pd.Timestamp(first["measured"]).date())
        count = say.some("{count} article", "{count} articles", int(first["articles"]))
        st.caption(f"{say(title)}: {count}, {day}, `{first['command']}`")
        shown = {say("figure"): [say(FIGURES[figure]) for figure in part["figure"]],
                 say("value"): [say.number(value, 2) for value in part["value"]]}  # fmt: skip
        st.dataframe(pd.DataFrame(shown), hide_index=True, alt=say(title))
        downloads.csv_button(part, f"accuracy-{name}.csv", say, is_small=True)
