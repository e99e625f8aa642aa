"""One coach on one sheet of paper: the same markup on the screen and in the file that is handed over."""

import os
from pathlib import Path
from textwrap import shorten
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analysis.charts.palette import STAGE_LOOK
from analysis.charts.paper import as_address, index_picture
from analysis.index.standing import contributions
from analysis.views import behind
from pages import address, common, dossier, shell
from pages.markup import Html, join, tag
from pages.rows import badge
from pages.story_list import edge_badge, quoted
from pages.wording import Words, mark

STYLES = ("panchina.css", "sheet.css")
STORIES, CLUBS, SOURCES, CAUSES = 4, 6, 6, 6
"""As many as fit on one sheet of A4 beside the chart."""
LONGEST = 220
"""Characters of a sentence on paper."""


def body(case: dossier.Case, say: Words, level: str = "p") -> Html:
    """The sheet: who (in an element `level`), index, stories behind the day, reasons, sources, clubs, what it means."""
    parts = [
        tag("p", say("Pressure report, as of {day}", day=say.day(case.day.date(), "full")), class_="pn-quiet"),
        dossier.summary(case, say, level),
        _chart(case, say),
        tag("h2", say("Stories behind {day}", day=say.day(case.day.date()))),
        *_stories(case, say),
        tag("div", _reasons(case, say), _sources(case, say), _clubs(case, say), class_="pn-thirds"),
        tag("p", " ".join([say(NOTE), *shell.told(common.archive(), say)]), class_="pn-quiet"),
        _origin(case),
    ]
    return tag("article", *parts, class_="pn-sheet")


NOTE = mark(
    "The index goes from 0 to 100 and measures what is written, not what a board thinks; it is no probability of "
    "dismissal. The grey band is the range that holds 80 % of 200 draws over the stories."
)


def document(case: dossier.Case, say: Words) -> bytes:
    """The sheet as a file that opens in any browser, with its style inside."""
    css = Html("\n".join((Path(__file__).parent / name).read_text("utf-8") for name in STYLES))
    head = tag("head", Html('<meta charset="utf-8">'), tag("title", f"{case.coach} · Panchina"), tag("style", css))
    page = tag("html", head, tag("body", body(case, say, "h1"), class_="pn-file"), lang=say.ui)
    return f"<!doctype html>\n{page}\n".encode()


def button(case: dossier.Case, say: Words) -> None:
    """Hands the sheet over as a file; it is made when it is asked for."""
    st.download_button(
        say("Download this report"),
        lambda: document(case, say),
        f"panchina-{case.coach}-{case.day.date()}.html",
        "text/html",
        key="report_file",
        on_click="ignore",
        icon=":material/download:",
    )


def _chart(case: dossier.Case, say: Words) -> Html:
    if case.index.empty:
        return tag("p", say("There is no index of this coach by this day."), class_="pn-quiet")
    alt = say("Pressure index of {coach} by day, with interval, stages and events", coach=case.coach)
    drawing = index_picture(case.since_day(case.index["date"].min()), case.changes, say)
    return tag("img", src=as_address(drawing), alt=alt, class_="pn-picture")


def _stories(case: dossier.Case, say: Words) -> list[Html]:
    weights = contributions(common.ledger(case.languages), case.coach, case.day)
    told = case.with_quotes(behind(case.stories, weights, case.day, say.ui).head(STORIES))
    empty = tag("p", say("No story about the job stands behind this day."), class_="pn-quiet")
    return [_story(story, say) for _, story in told.iterrows()] or [empty]


def _story(story: pd.Series, say: Words) -> Html:
    about = join(say.day(story["published_at"].date()), " · ", tag("bdi", say.source(story["source"])))
    head = tag("p", badge(story["stage"], say), " ", tag("strong", story["title"], lang=story["lang"]), " ",
               tag("span", about, class_="pn-quiet"))  # fmt: skip
    sentence, marks = next((quote for quote in story["quotes"] if quote[0] != story["title"]), ("", []))
    if not sentence:
        return head
    if len(sentence) > LONGEST:
        sentence, marks = shorten(sentence, LONGEST, placeholder=" …"), []
    return join(head, quoted(sentence, marks, STAGE_LOOK[story["stage"]].colour, story["lang"]))


def _part(title: str, rows: list[Html], empty: str) -> Html:
    items = tag("ul", *[tag("li", row) for row in rows]) if rows else tag("p", empty, class_="pn-quiet")
    return tag("section", tag("h2", title), items)


def _reasons(case: dossier.Case, say: Words) -> Html:
    counts = case.causes["cause"].value_counts().head(CAUSES)
    rows = [join(say.cause(cause), " ", tag("b", say.number(count))) for cause, count in counts.items()]
    return _part(say("Reasons given"), rows, say("No reason is given in these stories."))


def _sources(case: dossier.Case, say: Words) -> Html:
    said = case.stories.loc[case.stories["direction"] != "neutral", "source"].astype("string")
    counts = said.value_counts().head(SOURCES)
    rows = [join(say.source(source), " ", tag("b", say.number(count))) for source, count in counts.items()]
    return _part(say("Who says it"), rows, say("No source has written about the job."))


def _clubs(case: dossier.Case, say: Words) -> Html:
    rows = [join(say.club(edge["club"]), " ", edge_badge(edge["relation"], say)) for _, edge in
            case.edges.head(CLUBS).iterrows()]  # fmt: skip
    return _part(say("Related clubs"), rows, say("No club is linked to the coach in these stories."))


def _origin(case: dossier.Case) -> Html | None:
    """The address of the coach's page, where the dashboard has a public one (PANCHINA_URL)."""
    base = os.environ.get("PANCHINA_URL", "").rstrip("/")
    if not base:
        return None
    query = urlencode(address.here(coach=case.coach, day=case.day.date().isoformat()), doseq=True)
    return tag("p", f"{base}/coach?{query}", class_="pn-quiet")
