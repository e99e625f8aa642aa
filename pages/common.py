"""Cached loaders. Everything the pages draw comes from `archive` and `ledger` here."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis.archive import OPENING_DAY, Archive, load_season, load_store
from analysis.archive.kept_ledger import kept_ledger, kept_places
from analysis.archive.shelf import renew_ledgers
from analysis.gazetteer import Gazetteer, load_gazetteer
from analysis.index import coach_series, ranking, series_of, with_interval, without_interval
from analysis.index.ledger import Ledger, build_ledger
from analysis.index.ledger import reported_gone as find_reported_gone
from analysis.index.parameters import Parameters
from analysis.index.places import Places
from analysis.memory import give_back, is_set_aside, keep_little, set_aside
from analysis.results import combined, results_of_facts
from analysis.results.kept import kept_results, results_listing
from analysis.results.names import gazetteer_names
from analysis.schema import LANGUAGES, RESULTS
from analysis.stories import group_stories
from analysis.views import DEPARTURES, RECENT_DAYS, TOLD_DAYS, between, evidence_lines, hot_seats
from pages import edition
from pages.edition import remembered
from pages.rows import SPARK_DAYS

Languages = tuple[str, ...]
GROUPING = ("story_days", "shingle_words", "story_similarity")
MANY_CLAIMS, MANY_COACHES, FIRST_COACHES = 100_000, 400, 12
"""From so many claims on, memory freed by adding them up is given back at once; from so many coaches on, only the
first have their interval worked out for the ranking."""


# The archive and its ledger are read-only and may be large: one copy serves all visitors (frames taken out of them
# are independent, for pandas copies on write), where cache_data would unpickle the whole of it for every redraw.
@remembered(st.cache_resource(max_entries=1, show_spinner=False))
def archive() -> Archive:
    """The store where it has articles, else the bundled season; read once for all visitors."""
    keep_little()
    kept = load_store(edition.folder()) if edition.present() != edition.SEASON else None
    return kept if kept is not None and len(kept.articles) else load_season()


def results() -> pd.DataFrame:
    """Match results and fixtures, schema RESULTS: those imported, and the demonstration's from its facts."""
    return _results(results_listing(edition.folder()))


@remembered(st.cache_resource(max_entries=1, show_spinner=False))
def _results(listing: str) -> pd.DataFrame:
    facts = archive().facts
    told = RESULTS.empty() if facts.empty else results_of_facts(facts, gazetteer_names(gazetteer()))
    try:
        return combined(told, kept_results(edition.folder())) if listing else told
    except ValueError:
        # A broken file must not keep the news from being shown; importing again names it and how to mend it.
        return told


def gazetteer() -> Gazetteer:
    """Clubs, coaches and spells."""
    return load_gazetteer()


@remembered(st.cache_resource(max_entries=1, show_spinner=False))
def stories() -> pd.DataFrame:
    """Near-duplicates of the whole archive, schema STORIES."""
    known = archive().stories
    return group_stories(archive().articles) if known is None else known


@remembered(st.cache_resource(max_entries=1, show_spinner=False))
def _places() -> dict[str, Places]:
    frames = {"articles": archive().articles, "evidence": archive().evidence, "stories": stories()}
    folder = archive().shelf
    return {name: kept_places(folder, name, frame) if folder else Places(frame) for name, frame in frames.items()}


def parts_of(articles: pd.Series, *names: str) -> list[pd.DataFrame]:
    """Rows of the frames `names` (articles, evidence, stories) that belong to some articles, by article_id."""
    return [_places()[name].of(articles) for name in names]


def ledger(languages: Languages, parameters: Parameters | None = None) -> Ledger:
    """What the index rests on, from articles in `languages` (all where it is empty)."""
    return _ledger(languages, parameters)


@remembered(st.cache_resource(max_entries=8, show_spinner=False))
def _ledger(languages: Languages, parameters: Parameters | None) -> Ledger:
    every, folder = archive().claims, archive().shelf
    if folder and not parameters and (known := _kept_ledger(folder, languages)):
        if not is_set_aside():
            set_aside()
        return known
    kept = every["lang"].isin(languages).to_numpy(dtype=bool) if languages else None
    made = build_ledger(every, _stories_under(parameters), gazetteer().spells, parameters, span()[2], kept)
    if not parameters:
        set_aside()
    if len(every) > MANY_CLAIMS:
        give_back()
    return made


def _kept_ledger(folder: Path, languages: Languages) -> Ledger | None:
    """The ledger that lies on the shelf, worked out anew where the shelf is older than the code or the gazetteer."""
    given = (folder, languages, archive().claims, stories(), gazetteer().spells)
    known = kept_ledger(*given)
    return kept_ledger(*given) if known is None and len(languages) < 2 and renew_ledgers(folder) else known


def _stories_under(parameters: Parameters | None) -> pd.DataFrame:
    """The stories under other parameters, where the archive leaves that open."""
    is_usual = parameters is None or all(getattr(parameters, name) == getattr(Parameters(), name) for name in GROUPING)
    return stories() if is_usual or archive().stories is not None else group_stories(archive().articles, parameters)


def claims(languages: Languages, coach: str | None = None) -> pd.DataFrame:
    """Claims of articles in `languages`, of all where it is empty; those about `coach` where one is given."""
    every = archive().claims
    every = every if coach is None else every[every["coach"] == coach]
    return every[every["lang"].isin(languages)] if languages else every


@remembered(st.cache_data(max_entries=256, show_spinner=False))
def series(languages: Languages, coach: str, day: date, since: date | None = None) -> pd.DataFrame:
    """The coach's index from `since`, else from the beginning, up to `day`, schema INDEX."""
    return coach_series(ledger(languages), coach, day, since)


@remembered(st.cache_resource(max_entries=64, show_spinner=False))
def recent(languages: Languages, coaches: tuple[str, ...], day: date) -> dict[str, pd.DataFrame]:
    """The index of each coach of the days that a small line shows, without its interval."""
    quick, since = without_interval(ledger(languages)), day - pd.Timedelta(days=SPARK_DAYS)
    return series_of(quick, coaches, day, since)


@remembered(st.cache_resource(max_entries=64, show_spinner=False))
def seats(languages: Languages, competition: str, day: date, parameters: Parameters | None = None,
          is_whole: bool = False) -> pd.DataFrame:  # fmt: skip
    """Hot seats of `day` with their competition, those of one competition where `competition` names it. Read-only.

    Where there are very many coaches only the first have an interval, unless `is_whole`: it takes most of the time.
    """
    book = ledger(languages, parameters)
    now = ranking(without_interval(book), day, back=(1, RECENT_DAYS))
    now = now.assign(competition=_competitions(now["club"], day))
    now = now[now["competition"] == competition].reset_index(drop=True) if competition else now
    first = len(now) if is_whole or len(now) <= MANY_COACHES else FIRST_COACHES
    return hot_seats(with_interval(book, now, day, first))


def _competitions(clubs: pd.Series, day: date) -> pd.Series:
    of_club = _competitions_of(day.replace(day=1))
    return pd.Series([of_club.get(club, "") for club in clubs.tolist()], index=clubs.index, dtype="str")


@lru_cache(maxsize=16)
def _competitions_of(month: date) -> dict[str, str]:
    """The competition of every club; a season begins with a month."""
    return {club: gazetteer().competition_of(club, month) for club in gazetteer().clubs}


# Read-only, like the archive.
@remembered(st.cache_resource(max_entries=64, show_spinner=False))
def evidence(languages: Languages, day: date, coaches: tuple[str, ...], ui: str) -> dict[str, dict]:
    """The best line of evidence as of `day` of each coach who has any; of equal lines that in the language `ui`."""
    told = between(archive().claims, timestamp(day) - pd.Timedelta(days=TOLD_DAYS), timestamp(day))
    told = told[told["coach"].isin(coaches)]
    told = told[told["lang"].isin(languages)] if languages else told
    found = evidence_lines(told, *parts_of(told["article_id"], "evidence", "articles"), timestamp(day), ui)
    return {row["coach"]: row for row in found.to_dict("records")}


@remembered(st.cache_data(max_entries=64, show_spinner=False))
def reported_gone(languages: Languages, day: date) -> dict[str, str]:
    """Coaches reported gone without confirmation, and who reports it."""
    told = find_reported_gone(ledger(languages), day)
    named = told["source"].mask(told["source"] == "", "?")
    return named.groupby(told["coach"]).agg(lambda sources: ", ".join(dict.fromkeys(sources))).to_dict()


def reported_by(row: pd.Series, languages: Languages) -> str:
    """Who reports the coach of an index row gone, where nobody has confirmed it; else ""."""
    is_gone = row["stage"] in DEPARTURES
    return reported_gone(languages, row["date"].date()).get(row["coach"], "") if is_gone else ""


def article(article_id: str) -> dict | None:
    """An article of the archive as the reader takes it; None where it has none of this id."""
    found = parts_of(pd.Series([article_id]), "articles")[0]
    if found.empty:
        return None
    row = found.iloc[0]
    return {
        "id": article_id,
        "date": "" if pd.isna(row["published_at"]) else row["published_at"].strftime("%Y-%m-%d"),
        "lang": row["lang"],
        "title": row["title"],
        "text": row["text"],
    }


@remembered(st.cache_data(max_entries=1, show_spinner=False))
def span() -> tuple[date, date, date]:
    """First day, opening day and last day of the archive; of an empty one, the demonstration's opening day."""
    published = archive().articles["published_at"].dropna()
    opening = OPENING_DAY.date()
    if published.empty:
        return opening, opening, opening
    first, last = published.min().date(), published.max().date()
    return first, min(max(opening, first), last) if archive().is_demonstration else last, last


@remembered(st.cache_data(max_entries=1, show_spinner=False))
def newest() -> date | None:
    """The day of the newest article; None where none is dated."""
    last = archive().articles["published_at"].max()
    return None if pd.isna(last) else last.date()


@remembered(st.cache_data(max_entries=1, show_spinner=False))
def unread() -> int:
    """How many articles are in a language that is not read."""
    lang = archive().articles["lang"]
    return int((~lang.isin(LANGUAGES)).sum())


def timestamp(day: date) -> pd.Timestamp:
    """The day's first moment in UTC, as the frames have it."""
    return pd.Timestamp(day, tz="UTC")
