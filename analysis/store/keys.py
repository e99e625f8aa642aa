"""Keys of all articles: what tells that two are the same, read without their texts."""

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.store.articles import KEYS, ORDER, winners
from analysis.store.parts import Parts, to_frame

COLUMNS = list(dict.fromkeys(["article_id", *ORDER, *KEYS]))


class Keys:
    """Keys of the articles in `parts`. A part never changes, so each is read once."""

    def __init__(self, parts: Parts):
        self._parts = parts
        self._tables: dict[str, pa.Table] = {}
        self._listing: tuple[str, ...] | None = None
        self._winners = pd.DataFrame()

    def now(self) -> pd.DataFrame:
        """Keys (COLUMNS) of every article as the store is now, each once, with `part` and `row` of the listing."""
        if self._listing is None or self._listing != self._parts.listing():
            self._winners, self._listing = self._parts.steadily(lambda names: (winners(self.of(names)), names))
        return self._winners

    def of(self, names: tuple[str, ...]) -> pd.DataFrame:
        """Keys of every row of a listing, with `part` and `row`. Raises FileNotFoundError where a part is gone."""
        self._tables = {name: table for name, table in self._tables.items() if name in set(names)}
        unread = tuple(name for name in names if name not in self._tables)
        self._tables |= {unread[number]: table for number, table in self._parts.each(unread, COLUMNS)}
        held = [(part, self._tables[name]) for part, name in enumerate(names) if name in self._tables]
        lengths = [len(table) for _, table in held]
        whole = to_frame(pa.concat_tables([self._parts.empty(COLUMNS), *(table for _, table in held)]))
        rows = np.concatenate([np.arange(length) for length in [0, *lengths]])
        return whole.assign(part=np.repeat([part for part, _ in held], lengths).astype("int64"), row=rows)

    def remember(self, name: str, rows: pa.Table) -> None:
        """Take the keys of the part `name`, in the order of its rows, as they are known already."""
        self._tables[name] = rows.select(COLUMNS).replace_schema_metadata(None)
