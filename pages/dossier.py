"""The parts of the Coach page: header, causes, sources, clubs; the index over time is in timeline.py."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd
import streamlit as st

from analysis.charts.parts import causes_chart, sources_chart
from analysis.index import coach_series, without_interval
from analysis.index.changes import alarms, change_points
from analysis.index.ledger import Ledger
from analysis.picking import as_text, of_articles
from analysis.views import causes_of, firsts_of, titled, until, with_quotes
from analysis.views.graph import club_edges
from pages import address, common, downloads, figures, filters, links, matches, rows, shell, story_list
from pages.edition import remembered
from pages.markup import Html, join, tag
from pages.wording import Words, mark

DRAWN_DAYS = 400
"""No chart shows more days of a long index unless it is asked to (pages.reach)."""
VOLUME = mark("Stories that say nothing about the job: the more of them, the less a rumour counts.")
CLUBS = 8
"""Related clubs on the page; the others are in the graph."""


@dataclass(frozen=True)
class Case:
    """Everything about one coach by the day looked at."""

    coach: str
    day: pd.Timestamp
    languages: tuple[str, ...]
    index: pd.DataFrame
    """Schema INDEX; its interval, which takes most of the time, only of the last DRAWN_DAYS days (`since_day`)."""
    claims: pd.DataFrame
    since: pd.Timestamp | None

    @property
    def now(self) -> pd.Series | None:
        """His row of the index on the day; None after a departure or before his first spell."""
        today = self.index[self.index["date"] == self.day]
        return None if today.empty else today.iloc[-1]

    def since_day(self, first: pd.Timestamp) -> pd.DataFrame:
        """His index with its interval from the day `first` on, schema INDEX."""
        known = self.index[self.index["date"] >= first]
        is_drawn = known["lower"].notna().all()
        return known if is_drawn else common.series(self.languages, self.coach, self.day.date(), first.date())

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Change points of his index, as analysis.index.changes has them."""
        return change_points(self.index)

    @cached_property
    def alarms(self) -> pd.DataFrame:
        """Alarms of his index, as analysis.index.changes has them."""
        return alarms(self.index)

    @cached_property
    def stories(self) -> pd.DataFrame:
        """Stories about him, as analysis.views.firsts_of has them."""
        return firsts_of(self.coach, self.claims, self._story_of)

    def titled(self, stories: pd.DataFrame) -> pd.DataFrame:
        """Some of his stories with title and url, as analysis.views.stories_of has them."""
        return titled(stories, *common.parts_of(stories["article_id"], "articles"))

    def with_quotes(self, stories: pd.DataFrame) -> pd.DataFrame:
        """Some of his stories with title, url and the sentences that count in them."""
        evidence, articles = common.parts_of(stories["article_id"], "evidence", "articles")
        return with_quotes(titled(stories, articles), evidence, articles)

    @cached_property
    def causes(self) -> pd.DataFrame:
        """Reasons given, as analysis.views.causes_of has them."""
        return causes_of(self.coach, self._own(common.archive().causes), self._story_of)

    @cached_property
    def edges(self) -> pd.DataFrame:
        """Clubs tied to him, as analysis.views.graph.club_edges has them."""
        return club_edges(self._relations, self._story_of)

    def edges_told(self, most: int, ui: str) -> pd.DataFrame:
        """The first `most` of his edges as pages.links.with_sentences has them."""
        return links.with_sentences(self.edges.head(most), self._relations, self.claims, ui)

    @cached_property
    def _relations(self) -> pd.DataFrame:
        return self._own(common.archive().relations)

    @cached_property
    def _story_of(self) -> pd.DataFrame:
        return common.parts_of(self.claims["article_id"], "stories")[0]

    def _own(self, frame: pd.DataFrame) -> pd.DataFrame:
        return of_articles(frame[(frame["coach"] == self.coach).to_numpy(dtype=bool)], self.claims["article_id"])

    @property
    def name(self) -> str:
        """What files about the coach on the day are called."""
        return f"{self.coach}-{self.day.date()}"

    @property
    def club(self) -> str:
        """The club of his present spell, else of the last one."""
        return "" if self.index.empty else str(self.index["club"].iloc[-1])


def known(view: address.View) -> list[str]:
    """Coaches of whom something was written by the day, the hottest first, then the others by name. Read-only."""
    return _known(view.languages, view.day)


@remembered(st.cache_resource(max_entries=64, show_spinner=False))
def _known(languages: tuple[str, ...], day: date) -> list[str]:
    told = until(common.archive().claims, common.timestamp(day))[["coach", "lang"]]
    told = told[told["lang"].isin(languages)] if languages else told
    named = set(told["coach"].unique())
    return list(dict.fromkeys([*hottest(languages, day), *sorted(named)]))


def hottest(languages: tuple[str, ...], day: date) -> list[str]:
    """Coaches in post on the day, the highest index first."""
    return common.seats(languages, "", day)["coach"].tolist()


def choose(view: address.View, names: list[str]) -> str | None:
    """The coach of the address, else the hottest, whom it then names; None where there is none."""
    if view.coaches:
        return view.coaches[0]
    if not names:
        return None
    address.settle(coach=names[0])
    return names[0]


def open_case(coach: str, view: address.View) -> Case:
    """Gather what the archive knows of `coach` by the day. Read-only."""
    return _case(coach, replace(view, coaches=(), competition="", ui=""))


@remembered(st.cache_resource(max_entries=16, show_spinner=False))
def _case(coach: str, view: address.View) -> Case:
    day = common.timestamp(view.day)
    own = _index(common.ledger(view.languages), coach, view.day)
    claims = until(common.claims(view.languages, coach), day)
    return Case(coach, day, view.languages, own, claims, _since(coach, own, day))


def _index(ledger: Ledger, coach: str, day: date) -> pd.DataFrame:
    own = coach_series(without_interval(ledger), coach, day)
    if own.empty:
        return own
    first = own["date"].max() - pd.Timedelta(days=DRAWN_DAYS)
    parts = [own[own["date"] < first], coach_series(ledger, coach, day, first)]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _since(coach: str, own: pd.DataFrame, day: pd.Timestamp) -> pd.Timestamp | None:
    """When his present spell began, where the gazetteer knows it."""
    club = None if own.empty else own["club"].iloc[-1]
    starts = [
        spell.start
        for spell in common.gazetteer().spells_of(coach)
        if spell.club == club and spell.start <= day.date() and (spell.end is None or spell.end >= day.date())
    ]
    return pd.Timestamp(starts[-1], tz="UTC") if starts else None


def draw_header(case: Case, say: Words) -> None:
    """Name, club, stage, index, tenure, form."""
    st.html(summary(case, say))
    if case.now is None:
        st.info(say("In no post that the archive knows on {day}.", day=say.day(case.day.date())))


def summary(case: Case, say: Words, level: str = "p") -> Html:
    """Name and club as a headline (of the element `level`), and below it stage, index, tenure and form."""
    title = join(tag("strong", case.coach), ", ", say.club(case.club)) if case.club else tag("strong", case.coach)
    cells = [tag("div", tag("span", name, class_="pn-quiet"), tag("span", value)) for name, value in _facts(case, say)]
    return join(tag(level, title, class_="pn-headline"), tag("div", *cells, class_="pn-facts"))


def _facts(case: Case, say: Words) -> list[tuple[str, object]]:
    """What is known of the coach on the day, each with its name."""
    now = case.now
    facts = []
    if now is not None:
        facts += [
            (say("stage"), rows.badge(now["stage"], say, bool(common.reported_by(now, case.languages)))),
            (say("index"), tag("span", say.number(now["index"]), class_="pn-number")),
            (
                say("80 % interval"),
                say("{lower} to {upper}", lower=say.number(now["lower"]), upper=say.number(now["upper"])),
            ),
            (say("stories in seven days"), say.number(now["stories"])),
            (say("other stories a week"), tag("span", say.number(_volume(now, case), 1), title=say(VOLUME))),
        ]
    if case.since is not None:
        days = (case.day - case.since).days
        facts.append(
            (say("in post"), say("{days} days, since {day}", days=say.number(days), day=say.day(case.since.date())))
        )
    since = case.since.date() if case.since is not None else None
    letters = matches.form(case.club, case.day.date(), since, say)
    if letters:
        facts.append((say("last recorded results"), letters))
    coming = matches.fixture(case.club, case.day.date(), say) if now is not None else ""
    if coming:
        facts.append((say("next match"), coming))
    return facts


def _volume(now: pd.Series, case: Case) -> float:
    """Stories a week that say nothing about the job, by which rumour and pressure are scaled down."""
    seats = common.seats(case.languages, "", case.day.date())
    return float(seats.loc[(seats["coach"] == case.coach) & (seats["club"] == now["club"]), "volume"].sum())


def draw_causes(case: Case, first: pd.Timestamp, say: Words) -> None:
    """Why his job was in doubt since the day `first`, as the stories have it."""
    st.header(say("Reasons given"), anchor=False)
    causes, index = (frame[frame["date"] >= first] for frame in (case.causes, case.index))
    chart = causes_chart(causes, index["date"], say)
    figures.show(chart, say("Reasons given for the doubt, by day"), "causes", causes, say, case.name)


def draw_sources(case: Case, say: Words) -> None:
    """Who writes about his job, and in which direction."""
    st.header(say("Who says it"), anchor=False)
    said = as_text(case.stories.loc[case.stories["direction"] != "neutral", ["source", "direction"]])
    counts = said.groupby(["source", "direction"], observed=True).size().rename("stories").reset_index()
    chart = sources_chart(said, say)
    figures.show(chart, say("Stories about the job by source and direction"), "sources", counts, say, case.name)


def draw_clubs(case: Case, say: Words) -> None:
    """Clubs tied to him, with the sentence behind each, and the way to the graph."""
    st.header(say("Related clubs"), anchor=False)
    story_list.draw_edges(case.edges_told(CLUBS, say.ui), say)
    with st.container(horizontal=True, key="onward"):
        shell.page_link("related_clubs", say("Open the graph of these clubs"), coach=case.coach)
        others = [name for name in hottest(case.languages, case.day.date()) if name != case.coach]
        shell.page_link("compare", say("Compare with others"), coach=[case.coach, *others[:2]])


def draw_all(case: Case, say: Words) -> None:
    """Every story about him, and all of them as CSV."""
    title = say.some("{count} story in all", "{count} stories in all", len(case.stories))
    with filters.folded(title, "all") as part:
        if part.open:
            with st.container(key="all_told"):
                story_list.draw(case.stories, case.with_quotes, say, say("No story about the coach."), "all_page")
    downloads.csv_button(lambda: case.titled(case.stories.drop(columns="overruled")), f"stories-{case.name}.csv", say)
