"""A small archive of invented people, so that pages are tested on what the test itself wrote."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.archive import Archive
from analysis.frames import Frames
from analysis.gazetteer import Club, Coach, Gazetteer, Spell
from analysis.schema import ARTICLES, CAUSE_EVIDENCE, CLAIMS, DIRECTION, EVIDENCE, RELATION_EDGES
from pages import common

ROOT = Path(__file__).resolve().parents[2]
ATTACK = "<img src=x onerror=alert(1)> [click](javascript:alert(1)) **bold** :red[red] $x^2$ <script>alert(1)</script>"
PEOPLE = {"Mario Brenta": "Milan", "Tom Ashdown": "Everton", "Paulo Ventura": "Benfica", "Lena Harms": "FC Bayern"}


@dataclass(frozen=True)
class Brief:
    """One invented article about one coach."""

    day: str
    coach: str
    stage: str
    risk: int
    source: str = "Sample Desk - North"
    lang: str = "en"
    quote: str = "his job is in danger"
    official: bool = False
    relations: tuple[tuple[str, str], ...] = ()
    causes: tuple[str, ...] = ()


BRIEFS = (
    Brief("2024-10-01", "Lena Harms", "none", 0),
    Brief("2024-10-02", "Mario Brenta", "none", 0, relations=(("Inter", "opponent"), ("Inter", "rival"))),
    Brief("2024-10-03", "Tom Ashdown", "none", 0),
    Brief("2024-10-04", "Paulo Ventura", "none", 0),
    Brief("2024-11-10", "Mario Brenta", "speculation", 1, "Desk A", "it", "si parla del suo esonero"),
    Brief(
        "2024-11-24", "Mario Brenta", "pressure", 3, "Desk B", "it", "la panchina traballa", causes=("results", "fans")
    ),
    Brief("2024-12-01", "Tom Ashdown", "pressure", 2, "Desk C", "en", "under pressure after another defeat"),
    Brief(
        "2024-12-03",
        "Mario Brenta",
        "ultimatum",
        3,
        "Desk C",
        "en",
        "one game to save his job",
        relations=(("Roma", "destination"), ("Inter", "opponent")),
        causes=("defeat",),
    ),
    Brief("2024-12-04", "Mario Brenta", "pressure", 3, "Desk A", "it", ATTACK, relations=(("Parma", "former"),)),
    Brief("2024-12-05", "Paulo Ventura", "reassured", 1, "Desk D", "pt", "continua a ser o treinador", official=True),
    Brief("2024-12-06", "Mario Brenta", "ultimatum", 3, "Desk B", "it", "ultima spiaggia contro l'Inter"),
    Brief(
        "2024-12-10", "Tom Ashdown", "dismissed", 4, "Desk C", "en", "Everton have sacked Tom Ashdown", official=True
    ),
    Brief("2024-12-20", "Lena Harms", "none", 0),
)


def build_archive(briefs: tuple[Brief, ...] = BRIEFS) -> Archive:
    """The frames that the reader would have made of the briefs."""
    articles, claims, evidence, relations, causes = [], [], [], [], []
    for number, brief in enumerate(briefs):
        when = {"article_id": f"a{number}", "published_at": pd.Timestamp(brief.day, tz="UTC")}
        place = {**when, "date_precision": "day", "lang": brief.lang, "source": brief.source}
        text = f"Number {number}: {brief.coach}. {brief.quote}. " + " ".join(f"w{number}x{i}" for i in range(30))
        span = {
            "field": "text",
            "start": text.index(brief.quote),
            "end": text.index(brief.quote) + len(brief.quote),
            "text": brief.quote,
        }
        articles.append({**place, "url": "", "title": f"Title {number} {brief.coach}", "text": text})
        claims.append(
            {
                **place,
                "coach": brief.coach,
                "club": PEOPLE[brief.coach],
                "stage": brief.stage,
                "risk": brief.risk,
                "direction": DIRECTION[brief.stage],
                "confidence": 0.9,
                "official": brief.official,
                "overruled": "",
            }
        )
        if brief.stage != "none":
            evidence.append({"article_id": when["article_id"], "coach": brief.coach, "stage": brief.stage, **span})
        relations += [
            {**when, "coach": brief.coach, "club": club, "relation": relation, "detail": "", **span}
            for club, relation in brief.relations
        ]
        causes += [{**when, "coach": brief.coach, "cause": cause, **span} for cause in brief.causes]
    frames = Frames(
        CLAIMS.frame(claims), EVIDENCE.frame(evidence), RELATION_EDGES.frame(relations), CAUSE_EVIDENCE.frame(causes)
    )
    return Archive(ARTICLES.frame(articles), frames, pd.DataFrame(), pd.DataFrame(), is_demonstration=True)


def build_gazetteer() -> Gazetteer:
    """The four invented coaches in their posts."""
    clubs = {name: Club(name, "Italy", False, False) for name in [*PEOPLE.values(), "Inter", "Roma", "Parma"]}
    coaches = {name: Coach(name, "Italy", False, "") for name in PEOPLE}
    spells = [Spell(name, club, date(2024, 7, 1), None, "", False, date(2025, 3, 1)) for name, club in PEOPLE.items()]
    memberships = [
        {"competition": "Serie A", "season": "2024-25", "club": "Milan"},
        {"competition": "Premier League", "season": "2024-25", "club": "Everton"},
    ]
    return Gazetteer(clubs, coaches, spells, {}, memberships, [], [], [], [], [])


def clear_caches() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def use_archive(monkeypatch):
    """Let the pages see an archive of the test's own."""

    def use(archive: Archive) -> None:
        clear_caches()
        monkeypatch.setenv("PANCHINA_STORE", str(ROOT / "tests" / "no_store"))
        monkeypatch.setattr(common, "load_season", lambda: archive)
        monkeypatch.setattr(common, "load_gazetteer", build_gazetteer)

    yield use
    clear_caches()


@pytest.fixture
def open_page(use_archive):
    """Open a page of the app on the invented archive, or on the one given, under an address."""

    def open_it(page: str = "hot_seats", archive: Archive | None = None, **query: object) -> AppTest:
        use_archive(build_archive() if archive is None else archive)
        app = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
        app.query_params.update(query)
        if page != "hot_seats":
            app.run()
            app.query_params = dict(query)
            app.switch_page(f"pages/{page}.py")
        return app.run()

    return open_it


def said(app: AppTest) -> str:
    """All text on the page but that of tables and charts."""
    parts = [element.proto.body for element in app.get("html")]
    for kind in ("title", "header", "subheader", "caption", "info", "warning", "markdown"):
        parts += [element.value for element in app.get(kind)]
    return "\n".join(parts)


def piece(app: AppTest, word: str) -> str:
    """The first piece of markup on the page that holds `word`."""
    return next(element.proto.body for element in app.get("html") if word in element.proto.body)


def lacking(text: str, *parts: str) -> list[str]:
    """Those of `parts` that `text` does not hold."""
    return [part for part in parts if part not in text]


def links(app: AppTest) -> list[tuple[str, str]]:
    """Page links as page and label."""
    return [(element.proto.page, element.proto.label) for element in app.get("page_link")]


def charts(app: AppTest) -> list[dict]:
    """Specifications of the charts drawn."""
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]
