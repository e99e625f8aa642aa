"""Claims, spells and frames for the tests of the index, made with few words."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import strategies as st

from analysis.gazetteer import Spell
from analysis.index import pressure_index
from analysis.index.ledger import build_ledger
from analysis.index.parameters import Parameters
from analysis.schema import CLAIMS, DIRECTION, STAGES, STORIES

DAY = date(2024, 12, 6)
USUAL_RISK = {"none": 0, "speculation": 1, "pressure": 3, "ultimatum": 3, "succession": 4, "dismissed": 4,
              "resigned": 4, "left_mutual": 4, "reassured": 1, "renewed": 0}  # fmt: skip


def later(days):
    return DAY + timedelta(days=days)


def claim(stage, day=0, source="A", **other):
    """A claim `day` days after 6 December 2024; its id tells stage, day and source unless given."""
    values = {"article_id": f"{stage}-{day}-{source}", "published_at": pd.Timestamp(later(day), tz="UTC"),
              "date_precision": "day", "lang": "it", "source": source, "coach": "Ancelotti", "club": "Real Madrid",
              "stage": stage, "risk": USUAL_RISK[stage], "direction": DIRECTION[stage], "confidence": 0.8,
              "official": False, "overruled": ""}  # fmt: skip
    return values | other


def spell(start, end=None, club="Real Madrid", coach="Ancelotti", checked=400):
    """A spell of the gazetteer; days count from 6 December 2024."""
    left = None if end is None else later(end)
    return Spell(coach, club, later(start), left, "", False, later(checked))


def claims_frame(claims):
    return CLAIMS.frame(list(claims))


def stories_frame(story_of=None):
    return STORIES.frame([{"article_id": article, "story_id": story} for article, story in (story_of or {}).items()])


@st.composite
def archives(draw):
    """Claims of two coaches over four months, stories among them, and spells that do not touch each other."""
    count = draw(st.integers(1, 25))
    claims = [draw(some_claim(number)) for number in range(count)]
    story_of = {f"a{number}": f"a{draw(st.integers(0, number))}" for number in range(count) if draw(st.booleans())}
    return claims, story_of, draw(some_spells())


@st.composite
def some_claim(draw, number):
    stage = draw(st.sampled_from(STAGES))
    return claim(
        stage,
        draw(st.integers(0, 120)),
        draw(st.sampled_from(["", "A", "B", "C"])),
        article_id=f"a{number}",
        number=number,
        coach=draw(st.sampled_from(["Ancelotti", "Conte"])),
        club=draw(st.sampled_from(["", "Milan", "Real Madrid"])),
        risk=draw(st.integers(0, 4)),
        confidence=draw(st.sampled_from([0.3, 0.6, 0.9])),
        official=draw(st.sampled_from([False, False, False, True])),
        date_precision=draw(st.sampled_from(["day"] * 8 + ["month", "year", "none"])),
    )


@st.composite
def some_spells(draw):
    spells, start = [], draw(st.integers(-60, 60))
    for _ in range(draw(st.integers(0, 2))):
        length = draw(st.integers(1, 90))
        ended = draw(st.booleans())
        club = draw(st.sampled_from(["Milan", "Real Madrid"]))
        spells.append(spell(start, start + length if ended else None, club, checked=start + length - 60))
        start += length + draw(st.integers(70, 90))
    return spells


FEW_DRAWS = Parameters(draws=9)
NO_DRAWS = Parameters(draws=0)


def index(claims, as_of=0, spells=(), parameters=None, story_of=None):
    """Rows of the index up to `as_of` days after 6 December 2024."""
    return pressure_index(claims_frame(claims), stories_frame(story_of), spells, parameters, later(as_of))


def value(claims, as_of=0, **other):
    """The index on the last day."""
    return float(index(claims, as_of, **other)["index"].iloc[-1])


def ledger_of(claims, as_of=0, spells=(), parameters=None, story_of=None):
    return build_ledger(claims_frame(claims), stories_frame(story_of), spells, parameters, later(as_of))
