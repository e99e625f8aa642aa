"""Readings of many articles as frames: claims, evidence, relations and causes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.gazetteer import DATA
from analysis.reader import read
from analysis.schema import (
    CAUSE_EVIDENCE,
    CLAIMS,
    DIRECTION,
    EVIDENCE,
    RELATION_EDGES,
    STAGES,
    Table,
    read_table,
)

CORRECTIONS = Table(("article", "coach", "stage", "reason"), {"stage": STAGES})
_CORRECTED_RISK = {"none": 0, "speculation": 1, "pressure": 2, "ultimatum": 3, "succession": 3, "dismissed": 4,
                   "resigned": 4, "left_mutual": 4, "reassured": 1, "renewed": 0}  # fmt: skip


@dataclass(frozen=True)
class Frames:
    """What the reader found in a set of articles; columns in analysis.schema."""

    claims: pd.DataFrame
    evidence: pd.DataFrame
    relations: pd.DataFrame
    causes: pd.DataFrame


def load_corrections(path: Path = DATA / "corrections.csv") -> dict[tuple[str, str], tuple[str, str]]:
    """Readings overruled by hand: (article id, coach) to (stage, reason)."""
    return {(row["article"], row["coach"]): (row["stage"], row["reason"]) for row in read_table(path, CORRECTIONS)}


def read_frames(articles: pd.DataFrame, corrections: dict[tuple[str, str], tuple[str, str]] | None = None) -> Frames:
    """Read every row of `articles` (schema ARTICLES) and return what was found.

    A correction replaces the stage of its coach and leaves its reason in the column `overruled`.
    """
    corrections = load_corrections() if corrections is None else corrections
    readings = ((row, read(_article(row))) for row in articles.to_dict("records"))
    return frames_of(readings, corrections)


def frames_of(readings: Iterable[tuple[dict, dict]], corrections: dict[tuple[str, str], tuple[str, str]]) -> Frames:
    """Frames from pairs of an article row and its reading."""
    claims: list[dict] = []
    evidence: list[dict] = []
    relations: list[dict] = []
    causes: list[dict] = []
    for article, reading in readings:
        when = {"article_id": article["article_id"], "published_at": article["published_at"]}
        place = {**when, "date_precision": article["date_precision"], "lang": reading["lang"],
                 "source": article["source"]}  # fmt: skip
        claims += [_claim(place, coach, corrections) for coach in reading["coaches"]]
        evidence += [{"article_id": article["article_id"], **row} for row in reading["evidence"]]
        relations += [_relation(when, row) for row in reading["relations"]]
        causes += [{**when, **row} for row in reading["cause_evidence"]]
    return Frames(CLAIMS.frame(claims), EVIDENCE.frame(evidence), RELATION_EDGES.frame(relations),
                  CAUSE_EVIDENCE.frame(causes))  # fmt: skip


def _article(row: dict) -> dict:
    published = row["published_at"]
    day = (
        None if pd.isna(published) else published.strftime("%Y-%m" if row["date_precision"] == "month" else "%Y-%m-%d")
    )
    return {"id": row["article_id"], "date": day, "lang": row["lang"], "title": row["title"], "text": row["text"]}


def _claim(place: dict, coach: dict, corrections: dict[tuple[str, str], tuple[str, str]]) -> dict:
    claim = {**place, "coach": coach["name"], "club": coach["club"] or "", "stage": coach["stage"],
             "risk": coach["risk"], "direction": coach["direction"], "confidence": coach["confidence"],
             "official": coach["official"], "overruled": ""}  # fmt: skip
    corrected = corrections.get((place["article_id"], coach["name"]))
    if corrected:
        stage, reason = corrected
        claim |= {"stage": stage, "risk": _CORRECTED_RISK[stage], "direction": DIRECTION[stage], "overruled": reason}
    return claim


def _relation(when: dict, row: dict) -> dict:
    return {**when, "coach": row["coach"], "club": row["club"] or "", "relation": row["relation"],
            "detail": row.get("detail") or "", **row["evidence"]}  # fmt: skip
