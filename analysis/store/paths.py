"""Where the store is: one local folder, chosen by whoever runs Panchina, never by what it reads."""

import os
from pathlib import Path

VARIABLE = "PANCHINA_STORE"
DEFAULT = Path(__file__).resolve().parents[2] / "store"
"""The project's own folder, which git ignores."""


def store_folder(given: str | Path | None = None) -> Path:
    """The folder of the store: `given`, else that of the environment variable PANCHINA_STORE, else DEFAULT."""
    return Path(given or os.environ.get(VARIABLE) or DEFAULT).expanduser()
