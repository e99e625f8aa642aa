"""What was read in the bundled season, kept beside it, so that a dashboard opens without reading it again.

`make season` reads it and keeps what was read (analysis.commands.season).

What is kept counts only while the briefs, the vocabulary and the reader are those it was read with.
"""

import hashlib
from pathlib import Path

import pandas as pd

from analysis.frames import Frames
from analysis.schema import CAUSE_EVIDENCE, CLAIMS, EVIDENCE, RELATION_EDGES

KEPT = "read"
"""The folder, inside that of the season, of what was read."""
VERSION = "version.txt"
SCHEMAS = {"claims": CLAIMS, "evidence": EVIDENCE, "relations": RELATION_EDGES, "causes": CAUSE_EVIDENCE}


def season_version(folder: Path) -> str:
    """A name for the season's briefs and for everything that a reading of them depends on."""
    # Imported here, for stores make archives, which ask for the season.
    from analysis.store.version import reader_version

    told = hashlib.sha256(reader_version().encode())
    for path in sorted(folder.glob("briefs_*.jsonl")):
        told.update(path.read_bytes())
    return told.hexdigest()[:16]


def kept_frames(folder: Path) -> Frames | None:
    """What was read in the season in `folder`; None where nothing is kept, or it was read with another reader."""
    kept = folder / KEPT
    version = kept / VERSION
    if not version.exists() or version.read_text(encoding="utf-8").strip() != season_version(folder):
        return None
    return Frames(**{name: _typed(pd.read_parquet(kept / f"{name}.parquet"), name) for name in SCHEMAS})


def _typed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return SCHEMAS[name].frame(frame.to_dict("records"))


def keep_frames(folder: Path, frames: Frames) -> None:
    """Keep what was read in the season in `folder`."""
    kept = folder / KEPT
    kept.mkdir(exist_ok=True)
    for name in SCHEMAS:
        getattr(frames, name).to_parquet(kept / f"{name}.parquet", index=False)
    (kept / VERSION).write_text(season_version(folder) + "\n", encoding="utf-8")
