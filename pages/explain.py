"""Parts of the Method page: a worked example, the data, the limits."""

from pathlib import Path

import pandas as pd
import streamlit as st

from analysis.gazetteer import DATA
from analysis.index.standing import contributions
from analysis.index.track_record import FOLLOWED_DAYS, LEAST_CLAIMS, RISKS, track_record
from analysis.reader import read
from analysis.schema import GAZETTEER_TABLES, LANGUAGES, LEXICON_TABLES
from analysis.views import until
from pages import address, common, downloads, filters, reading, rows
from pages.markup import tag
from pages.wording import Words, mark

STEPS = (
    mark(
        "Mentions: coaches and clubs are found by name, nickname and role, and a role is resolved through dated spells."
    ),
    mark(
        "Claims: the lexicon's cues are weighed with their modifiers (negated, possible, reported, historical, who "
        "speaks); each article gives one verdict on each coach: a stage, a risk from 0 to 4, a direction."
    ),
    mark("Stories: near-duplicates of one article count once."),
    mark(
        "Index: the stories' votes are added, newer ones more, independent sources more than one that repeats, and few "
        "stories are drawn towards zero. Backing by the club lowers it, a confirmed departure ends it."
    ),
    mark("Interval: 200 bootstrap draws over the stories give the range that holds 80 % of them."),
)
LIMITS = (
    mark("The index measures what is written, not what a board thinks; it is no probability of dismissal."),
    mark("The demonstration's briefs were written for Panchina from recorded facts; its desks are no real outlets."),
    mark("Six languages are read. Others are left unscored, which is not zero."),
    mark("Irony, allusion and news told by pictures alone are missed; a shared name may be resolved wrongly."),
    mark("A coach whom the gazetteer does not know is found only beside a role word such as manager or Trainer."),
    mark("A reading can be overruled by hand in data/corrections.csv; the page then shows that it was."),
)
MOST = 12
"""Stories of the worked example."""
_FILES = {"gazetteer": tuple(GAZETTEER_TABLES), "lexicon": tuple(LEXICON_TABLES)}


def draw_steps(say: Words) -> None:
    """The way from words to a number, in order."""
    st.html(tag("ol", *[tag("li", say(step)) for step in STEPS]))


def draw_example(view: address.View, say: Words) -> None:
    """The steps on the hottest coach's gravest article of the day looked at."""
    table = common.seats(view.languages, view.competition, view.day)
    found = common.evidence(view.languages, view.day, tuple(table["coach"]), view.ui)
    row = next((row for _, row in table.iterrows() if row["coach"] in found), None)
    if row is None:
        st.info(say("No story to work through on this day."))
        return
    article = common.article(found[row["coach"]]["article_id"])
    result = read(article)
    st.html(
        tag(
            "p",
            say.markup(
                "{coach}, {club}, on {day}",
                coach=tag("strong", row["coach"]),
                club=say.club(row["club"]),
                day=say.day(view.day),
            ),
        )
    )
    reading.draw_article(article, result, say)
    reading.draw_verdicts(
        {**result, "coaches": [coach for coach in result["coaches"] if coach["name"] == row["coach"]]}, say
    )
    draw_votes(row, view, say)


def draw_votes(row: pd.Series, view: address.View, say: Words) -> None:
    """The stories that make the coach's index on the day, with what each still weighs."""
    own = contributions(common.ledger(view.languages), row["coach"], view.day).head(MOST)
    columns = {
        "date": say("day"),
        "source": say("source"),
        "stage": say("stage"),
        "risk": say("risk"),
        "points": say("points of the index"),
    }
    shown = own.assign(stage=own["stage"].map(say.stage), date=[say.day(day.date()) for day in own["date"]])
    st.dataframe(
        shown[list(columns)].rename(columns=columns),
        hide_index=True,
        alt=say("Stories behind the index of the day"),
        column_config={columns["points"]: st.column_config.NumberColumn(format="%.1f")},
    )
    downloads.csv_button(own, f"votes-{row['coach']}-{view.day}.csv", say, is_small=True)
    st.caption(say("Points: how much lower the index would be without the story."))
    st.html(rows.score(row, say))


@st.cache_data(max_entries=24, show_spinner=False)
def data_table(kind: str, folder: str, name: str) -> pd.DataFrame:
    """A data file of the lexicon or the gazetteer as it stands."""
    return pd.read_csv(DATA / kind / folder / name, dtype=str, keep_default_na=False)


def draw_data(kind: str, say: Words) -> None:
    """A searchable view of the lexicon (`kind` "lexicon") or the gazetteer."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        folder = ""
        if kind == "lexicon":
            key = "lexicon_language"
            spoken = address.asked(key, LANGUAGES, LANGUAGES[0])
            folder = filters.picker(
                st.selectbox, say("Language"), spoken, key, options=LANGUAGES, format_func=say.language
            )
        present = [name for name in _FILES[kind] if Path(DATA / kind / folder / name).exists()]
        if not present:
            st.info(say("There is no such file."))
            return
        key = f"{kind}_file"
        file = address.asked(key, tuple(present), present[0])
        name = filters.picker(st.selectbox, say("File"), file, key, options=present)
        key = f"{kind}_search"
        wanted = filters.picker(st.text_input, say("Search"), st.query_params.get(key, ""), key)
    table = data_table(kind, folder, name)
    hits = table.apply(lambda column: column.str.contains(wanted, case=False, regex=False)).any(axis=1)
    st.caption(say("{shown} of {count} rows", shown=say.number(hits.sum()), count=say.number(len(table))))
    st.dataframe(table[hits], hide_index=True, alt=name, height=320)
    downloads.csv_button(table[hits], "-".join(part for part in (kind, folder, name) if part), say, is_small=True)


def draw_sources(view: address.View, say: Words) -> None:
    """What each outlet has written by the day looked at: claims about jobs, by direction."""
    claims = until(common.claims(view.languages), common.timestamp(view.day))
    counts = claims.groupby(["source", "direction"]).size().unstack(fill_value=0).reset_index()
    columns = {
        "source": say("source"),
        "risk": say("risk"),
        "left": say("departure"),
        "reassurance": say("backing"),
        "neutral": say("no signal"),
    }
    counts["source"] = counts["source"].map(say.source)
    shown = counts.reindex(columns=list(columns), fill_value=0).rename(columns=columns)
    if common.archive().is_demonstration:
        st.caption(say("The demonstration's desks are invented, so they have counts and no track record."))
    st.dataframe(shown, hide_index=True, alt=say("Claims of each source by direction"))
    downloads.csv_button(shown, f"sources-{view.day}.csv", say, is_small=True)
    if not common.archive().is_demonstration:
        draw_track_record(view, say)


def draw_track_record(view: address.View, say: Words) -> None:
    """How often a departure followed what an outlet wrote, and how early it wrote; counts beside every share."""
    st.caption(
        say(
            "Track record: claims of danger at least {days} days old, and how many of them a departure followed within "
            "{days} days. No share of fewer than {least} claims. That it followed does not mean that it was foreseen.",
            days=FOLLOWED_DAYS,
            least=LEAST_CLAIMS,
        )
    )
    columns = {
        "source": say("source"),
        "claims": say("claims of danger"),
        **{stage: say.stage(stage) for stage in RISKS},
        "judged": say("old enough to tell"),
        "followed": say("followed by a departure"),
        "share": say("share"),
        "median_days": say("median days before"),
    }
    record = track_record(common.ledger(view.languages), view.day)
    record = record.assign(source=record["source"].map(say.source)).rename(columns=columns)
    percent = st.column_config.NumberColumn(format="percent")
    st.dataframe(record, hide_index=True, alt=say("Track record"), column_config={columns["share"]: percent})
    downloads.csv_button(record, f"track-record-{view.day}.csv", say, is_small=True)


def draw_limits(say: Words) -> None:
    """What Panchina does not know."""
    st.html(tag("ul", *[tag("li", say(limit)) for limit in LIMITS]))
