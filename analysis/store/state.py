"""Small JSON documents beside the articles: what feeds said last, how far a backfill came, which alerts were sent."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from analysis.store.files import make_folder, write_whole

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")


class State:
    """One JSON object kept in a store; it is there whole or not at all, and survives a kill at any moment."""

    def __init__(self, store: Path, name: str):
        """`name` is the program's own: small letters, digits, - and _. Raises ValueError for any other."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a document; use small letters, digits, - and _")
        self.path = store / "state" / f"{name}.json"

    def read(self) -> dict:
        """The document; an empty one where there is none yet. Raises ValueError where it is no JSON object."""
        try:
            value = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        if not isinstance(value, dict):
            raise ValueError(f"{self.path.name} in the store holds no JSON object; mend or remove it")
        return value

    def write(self, value: dict) -> None:
        """Replace the document. Raises OSError where it cannot be written; the old one then stays."""
        data = json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        write_whole(self.path, lambda stream: stream.write(data))

    @contextmanager
    def edit(self) -> Iterator[dict]:
        """The document to be changed in place, written at the end unless that raises; one process at a time has it."""
        make_folder(self.path.parent)
        with FileLock(self.path.with_suffix(".lock")):
            value = self.read()
            yield value
            self.write(value)
