"""The archive that the dashboard shows: a store where it has articles, else the bundled season."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.archive.season import kept_frames
from analysis.frames import Frames, read_frames
from analysis.gazetteer import DATA
from analysis.schema import ARTICLES

SAMPLE = DATA / "sample"
OPENING_DAY = pd.Timestamp("2024-12-06", tz="UTC")
"""The day on which the demonstration opens: the week Ancelotti's dismissal was in the papers."""


@dataclass(frozen=True)
class Archive:
    """Articles, what was read in them, and the facts behind the demonstration (empty for a store of one's own)."""

    articles: pd.DataFrame
    frames: Frames
    facts: pd.DataFrame
    briefs: pd.DataFrame
    is_demonstration: bool
    is_published: bool = False
    """Whether the texts are no more than the sentences that count (analysis.store.published)."""
    stories: pd.DataFrame | None = None
    """Schema STORIES where they are known; None where they are to be found from the texts."""
    problems: tuple[str, ...] = ()
    """Files that could not be read and were passed over."""
    shelf: Path | None = None
    """The folder of analysis.archive.shelf that it is mapped from, if any."""

    @property
    def claims(self) -> pd.DataFrame:
        """Claims by schema CLAIMS."""
        return self.frames.claims

    @property
    def evidence(self) -> pd.DataFrame:
        """Evidence by schema EVIDENCE."""
        return self.frames.evidence

    @property
    def relations(self) -> pd.DataFrame:
        """Relations by schema RELATION_EDGES."""
        return self.frames.relations

    @property
    def causes(self) -> pd.DataFrame:
        """Causes by schema CAUSE_EVIDENCE."""
        return self.frames.causes


def load_season(folder: Path = SAMPLE, is_read_anew: bool = False) -> Archive:
    """The bundled demonstration season, as it was read before (analysis.archive.season) unless it `is_read_anew`."""
    briefs = read_briefs(folder)
    articles = ARTICLES.frame(
        [
            {"article_id": brief["id"], "published_at": pd.Timestamp(brief["date"], tz="UTC"), "date_precision": "day",
             "lang": brief["lang"], "source": brief["source"], "url": brief["url"], "title": brief["title"],
             "text": brief["text"]}
            for brief in briefs
        ]
    )  # fmt: skip
    rests = pd.DataFrame({"article_id": [b["id"] for b in briefs], "facts": [b["facts"] for b in briefs],
                          "role": [b["role"] for b in briefs]})  # fmt: skip
    facts = pd.read_csv(folder / "facts_2024_25.csv", parse_dates=["date"])
    frames = None if is_read_anew else kept_frames(folder)
    return Archive(articles, frames or read_frames(articles), facts, rests, is_demonstration=True)


def load_store(path: str | Path | None = None) -> Archive:
    """The store, published form or shelf in the folder `path` (default: see analysis.store.store_folder).

    Articles of a store that are not read yet are read now.
    """
    # Imported here, for they themselves make archives.
    from analysis.archive.shelf import is_shelf, read_shelf
    from analysis.store import Store, store_folder
    from analysis.store.published import is_published, read_published

    folder = store_folder(path)
    if is_shelf(folder):
        return read_shelf(folder)
    return read_published(folder) if is_published(folder) else Store(folder).archive()


def listing(path: str | Path | None = None) -> tuple[str, ...]:
    """What files the archive in `path` is made of; another listing means another archive, an empty one none."""
    from analysis.archive.shelf import is_shelf, shelf_listing
    from analysis.store import Store, store_folder
    from analysis.store.published import is_published, published_listing

    folder = store_folder(path)
    if is_shelf(folder):
        return shelf_listing(folder)
    return published_listing(folder) if is_published(folder) else Store(folder).listing()


def read_briefs(folder: Path = SAMPLE) -> list[dict]:
    """The bundled briefs by date and id."""
    lines = [line for path in sorted(folder.glob("briefs_*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return sorted((json.loads(line) for line in lines if line), key=lambda brief: (brief["date"], brief["id"]))
