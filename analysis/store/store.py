"""The store: articles kept for good in one local folder, which many may write and read at once."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from analysis.archive import Archive
from analysis.frames import Frames
from analysis.schema import ARTICLES, check
from analysis.store.addresses import canonical_url
from analysis.store.articles import STORED, article_parts, prepared, to_table, trusted, winners
from analysis.store.cache import Readings
from analysis.store.keys import Keys
from analysis.store.parts import Problem, among, to_frame
from analysis.store.paths import store_folder
from analysis.store.readings import Progress
from analysis.store.state import State


class AddResult(NamedTuple):
    """How many articles were new, known already, and refused for having neither title nor text (or too much)."""

    new: int
    known: int
    refused: int = 0


class Store:
    """Articles, what was read in them, and small documents of state, in one folder. docs/STORE.md tells its form.

    `problems` names the files that the last reading had to pass over, and says why new readings were not kept.
    """

    def __init__(self, path: str | Path | None = None):
        """`path` as in analysis.store.paths.store_folder; nothing is made before something is kept."""
        self.folder = store_folder(path)
        self._parts = article_parts(self.folder)
        self._readings = Readings(self.folder)
        self._keys = Keys(self._parts)

    @property
    def problems(self) -> list[Problem]:
        """Files of the store that could not be read and were passed over, and why new readings were not kept."""
        return [*self._unread(), *self._readings.unwritten]

    def _unread(self) -> list[Problem]:
        return [*self._parts.problems, *self._readings.problems]

    def listing(self) -> tuple[str, ...]:
        """Names of the files that hold the articles: another listing means that something may have changed."""
        return self._parts.listing()

    def add(self, articles: pd.DataFrame) -> AddResult:
        """Keep those of `articles` that are not known yet.

        Columns as in schema ARTICLES, and any of date_flag (what is doubtful about the date, "" if nothing; a flagged
        date is kept and not trusted), origin (the feed or file it came from) and fetched (when; now, where it is
        missing). When this returns, the new ones are on the disk. Raises SchemaError for other columns, OSError where
        the disk is full.
        """
        rows = prepared(check(articles, ARTICLES), pd.Timestamp.now("UTC").floor("us"))
        fresh = self._fresh(rows)
        if len(fresh):
            table = to_table(fresh)
            self._keys.remember(self._parts.append(table), table)
        return AddResult(len(fresh), len(rows) - len(fresh), len(articles) - len(rows))

    def fill(self, articles: pd.DataFrame) -> int:
        """Give articles that are kept by their title alone a text found later; how many of them have it now.

        Rows as `articles()` gave them, with their text: the moment they were met tells whether they are kept so still.
        They are written anew as if met a moment earlier, and so count before the rows without text. Raises as `add`.
        """
        rows = prepared(check(articles, ARTICLES), pd.Timestamp.now("UTC").floor("us"))
        kept = self.keys()[["url_key", "fetched"]].drop_duplicates()
        full = rows[(rows["text"] != "") & (rows["url_key"] != "")].merge(kept, on=["url_key", "fetched"])
        full = full.assign(fetched=full["fetched"] - pd.Timedelta(microseconds=1))
        if len(full):
            table = to_table(full[rows.columns])
            self._keys.remember(self._parts.append(table), table)
        return len(full)

    def _fresh(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The prepared rows that are neither in the store nor twice among themselves."""
        kept = self.keys()
        is_known = among(rows["content_key"], kept["content_key"])
        is_known |= (rows["url_key"] != "") & among(rows["url_key"], kept["url_key"])
        return winners(rows[~is_known])

    def keys(self) -> pd.DataFrame:
        """Keys (analysis.store.keys) of every article, each once."""
        return self._keys.now()

    def known_urls(self) -> frozenset[str]:
        """Canonical addresses (analysis.store.canonical_url) of all articles."""
        return frozenset(self.keys()["url_key"]) - {""}

    def knows(self, url: str) -> bool:
        """Whether an article of this address, however spelt, is kept."""
        return bool((key := canonical_url(url)) and (self.keys()["url_key"] == key).any())

    def __len__(self) -> int:
        return len(self.keys())

    def articles(self) -> pd.DataFrame:
        """Every article once, by date: columns of ARTICLES and given_id, date_flag, origin, fetched."""
        return self._articles().drop(columns="digest")

    def _articles(self) -> pd.DataFrame:
        table = self._parts.steadily(self._whole)
        frame = to_frame(table).astype(STORED.columns)
        return frame.sort_values(["published_at", "article_id"], kind="stable", ignore_index=True)

    def _whole(self, names: tuple[str, ...]) -> pa.Table:
        """The rows that count of the listing `names`, part by part, so that doubles are never all held."""
        columns = [*STORED.columns, "digest"]
        keys = winners(self._keys.of(names))
        chosen = {part: rows["row"].sort_values().to_numpy() for part, rows in keys.groupby("part")}
        tables = {part: table.take(chosen[part]) for part, table in self._parts.each(names, columns) if part in chosen}
        if len(tables) < len(chosen):
            # A part with whole keys and broken texts: others may hold what it would have given.
            return self._whole(tuple(name for part, name in enumerate(names) if part in tables or part not in chosen))
        return pa.concat_tables([self._parts.empty(columns), *tables.values()])

    def read_new(self, progress: Progress | None = None) -> int:
        """Read the articles not read yet under the present lexicon and keep what was found; how many they were.

        `progress` is told how many of how many are done. Raises nothing for an article that the reader cannot take.
        """
        is_missing = self._readings.missing(self.keys()["digest"])
        if not is_missing.any():
            return 0
        articles = self._articles()
        unread = articles[self._readings.missing(articles["digest"])]
        self._readings.read(trusted(unread), progress)
        return len(unread)

    def frames(self) -> Frames:
        """What the reader found in all articles; those not read yet are read now."""
        return self.whole()[1]

    def archive(self) -> Archive:
        """All articles with what was read in them, as the dashboard takes it."""
        articles, frames = self.whole()
        # That readings are not kept is nothing that whoever looks at it must know.
        problems = tuple(map(str, self._unread()))
        shown, none = trusted(articles)[list(ARTICLES.columns)], pd.DataFrame()
        return Archive(shown, frames, none, none, is_demonstration=False, problems=problems)

    def whole(self) -> tuple[pd.DataFrame, Frames]:
        """`articles` and `frames`, of one and the same moment."""
        self.read_new()
        articles = self._articles()
        return articles.drop(columns="digest"), self._frames_of(articles)

    def _frames_of(self, articles: pd.DataFrame) -> Frames:
        if self._readings.missing(articles["digest"]).any():
            # A writer came in between.
            self._readings.read(trusted(articles[self._readings.missing(articles["digest"])]))
        return self._readings.frames(articles.set_index("digest")["article_id"])

    def state(self, name: str) -> State:
        """The small JSON document of this name, which must be the program's own: `read`, `write`, `edit`."""
        return State(self.folder, name)
