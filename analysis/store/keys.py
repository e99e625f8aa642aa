"""Keys of all articles: what tells that two are the same, read without their texts."""

import pandas as pd

from analysis.store.articles import KEYS, ORDER, winners
from analysis.store.parts import Parts, to_frame

COLUMNS = list(dict.fromkeys(["article_id", *ORDER, *KEYS]))


class Keys:
    """Keys of the articles in `parts`. A part never changes, so each is read once."""

    def __init__(self, parts: Parts):
        self._parts = parts
        self._frames: dict[str, pd.DataFrame] = {}
        self._listing: tuple[str, ...] | None = None
        self._winners = pd.DataFrame()

    def now(self) -> pd.DataFrame:
        """Keys (COLUMNS) of every article as the store is now, each once, with `part` and `row` of the listing."""
        if self._listing is None or self._listing != self._parts.listing():
            self._winners, self._listing = self._parts.steadily(lambda names: (winners(self.of(names)), names))
        return self._winners

    def of(self, names: tuple[str, ...]) -> pd.DataFrame:
        """Keys of every row of a listing, with `part` and `row`. Raises FileNotFoundError where a part is gone."""
        self._frames = {name: frame for name, frame in self._frames.items() if name in set(names)}
        unread = tuple(name for name in names if name not in self._frames)
        for number, table in self._parts.each(unread, COLUMNS):
            self.remember(unread[number], to_frame(table))
        placed = [self._frames[name].assign(part=part) for part, name in enumerate(names) if name in self._frames]
        empty = to_frame(self._parts.empty(COLUMNS)).assign(row=0, part=0)
        return pd.concat(placed or [empty], ignore_index=True)

    def remember(self, name: str, rows: pd.DataFrame) -> None:
        """Take the keys of the part `name`, in the order of its rows, as they are known already."""
        self._frames[name] = rows[COLUMNS].assign(row=range(len(rows)))
