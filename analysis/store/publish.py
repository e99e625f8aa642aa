"""`publish`: the store without anyone's full text, to be committed, shared, and opened by the dashboard."""

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from analysis.frames import Frames
from analysis.store.articles import trusted
from analysis.store.excerpt import LONGEST_TITLE, Excerpt, Span
from analysis.store.files import PART
from analysis.store.messages import Messages, show_progress
from analysis.store.published import ARROW, UNDATED, day_bytes, days, read_rows, write_day
from analysis.store.readings import LISTS
from analysis.store.store import Store
from analysis.stories import group_stories

MOST_BYTES = 19_500_000
"""Of all files together; where there is more, the oldest days are left out."""
_BY_WEIGHT = ("evidence", "causes", "relations")
"""Lists whose sentences are shared, the weightiest first."""
_EPILOG = """\
DIR gets one file a day (UTC) with title, address, date, source, the claims of each article and the sentences they rest
on. What an earlier publishing left there stays and is brought up to date; beyond 20 MB the oldest days go.
Point PANCHINA_STORE at DIR, or `streamlit run dashboard.py -- --store DIR`, to see it.
"""


class Published(NamedTuple):
    """Articles and days that the form holds now, files written, days left out for their size, bytes of all."""

    articles: int
    days: int
    written: int
    left_out: int
    size: int


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `publish`."""
    parser.epilog = _EPILOG
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--output", metavar="DIR", required=True, help="where the published form is or shall be")


def run(arguments: argparse.Namespace) -> int:
    """Publish the store; 0 if all went well, 1 where some file could not be read, 2 where nothing can be written."""
    store, messages, output = Store(arguments.store), Messages(), Path(arguments.output)
    if (output / "articles").is_dir():
        print(f"{output.name} is a store, with full texts; publish into another folder", file=sys.stderr)
        return 2
    try:
        store.read_new(show_progress)
        done = publish(store, output)
    except OSError as error:
        print(f"cannot publish ({error.strerror or error})", file=sys.stderr)
        return 2
    messages.say_all("store", store.problems)
    if done.left_out:
        messages.say("warning", f"{done.left_out} of the oldest days left out, to stay under 20 MB")
    print(f"{done.articles} articles of {done.days} days, {done.written} files written, {done.size:,} bytes in all")
    return 1 if store.problems else 0


def publish(store: Store, output: Path, most_bytes: int = MOST_BYTES) -> Published:
    """Bring the published form in `output` up to date with `store`. Raises OSError where it cannot be written."""
    articles, frames = store.whole()
    rows = _merged(read_rows(output)[0], shared_rows(trusted(articles), frames))
    by_day = _by_day(rows)
    files: dict[str, bytes] = {}
    size = 0
    for day in sorted(by_day, key=lambda day: "" if day == UNDATED else day, reverse=True):
        data = day_bytes(by_day[day])
        size += len(data)
        if size > most_bytes:
            break
        files[day] = data
    written = sum(write_day(output, day, data) for day, data in files.items())
    for day in set(days(output)) - set(files):
        (output / f"{day}{PART}").unlink()
    kept = sum(len(by_day[day]) for day in files)
    return Published(kept, len(files), written, len(by_day) - len(files), sum(map(len, files.values())))


def _merged(old: pa.Table, new: pa.Table) -> pa.Table:
    """Rows of both; of an article in both the new one."""
    is_old = ~pd.Series(old["article_id"].to_pylist(), dtype="string").isin(new["article_id"].to_pylist())
    return pa.concat_tables([old.filter(pa.array(is_old, pa.bool_())), new])


def _by_day(rows: pa.Table) -> dict[str, pa.Table]:
    moments = pd.Series(pd.to_datetime(rows["published_at"].to_pandas(), utc=True))
    named = moments.dt.strftime("%Y-%m-%d").fillna(UNDATED)
    return {day: rows.take(pa.array(positions)) for day, positions in named.groupby(named).indices.items()}


def shared_rows(articles: pd.DataFrame, frames: Frames) -> pa.Table:
    """The published rows of all articles in which a coach or a club link was found."""
    found = {name: _by_article(getattr(frames, name)) for name in LISTS}
    stories = group_stories(articles).set_index("article_id")["story_id"]
    told = [row for row in articles.to_dict("records") if row["article_id"] in found["claims"] | found["relations"]]
    rows = [_shared(row, {name: found[name].get(row["article_id"], []) for name in LISTS}) for row in told]
    return pa.Table.from_pylist([{**row, "story_id": stories[row["article_id"]]} for row in rows], ARROW)


def _by_article(frame: pd.DataFrame) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        found.setdefault(row.pop("article_id"), []).append(row)
    return found


def _shared(article: dict, lists: dict[str, list[dict]]) -> dict:
    """`article` with its shared sentences for a text, and its lists moved there; rows without a sentence go."""
    spans = [Span(row["start"], row["end"]) for name in _BY_WEIGHT for row in lists[name] if row["field"] == "text"]
    excerpt = Excerpt(article["text"], spans)
    moved = {name: [row for given in lists[name] if (row := _moved(given, excerpt))] for name in _BY_WEIGHT}
    published = None if pd.isna(article["published_at"]) else article["published_at"]
    words = {"title": article["title"][:LONGEST_TITLE], "text": excerpt.text, "published_at": published}
    return {**article, **words, "claims": lists["claims"], **moved}


def _moved(row: dict, excerpt: Excerpt) -> dict | None:
    if row["field"] == "title":
        return row if row["end"] <= LONGEST_TITLE else None
    place = excerpt.place(Span(row["start"], row["end"]))
    return {**row, "start": place.start, "end": place.end} if place else None
