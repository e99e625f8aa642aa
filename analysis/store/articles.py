"""Articles as the store keeps them: checked on the way in, the same article once on the way out."""

import hashlib
import re
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.load.decode import MAX_TEXT, without_surrogates
from analysis.schema import ARTICLES, PRECISIONS, TEXT, TIME, Schema
from analysis.store.addresses import canonical_url, safe_url
from analysis.store.parts import Parts

KIND = "articles 1"
"""What a part of articles says it is; the number goes up whenever its columns change."""
EXTRA = {"given_id": TEXT, "date_flag": TEXT, "origin": TEXT, "fetched": TIME}
STORED = Schema("stored articles", {**ARTICLES.columns, **EXTRA}, ARTICLES.values)
"""ARTICLES and: the id as given, what is doubtful about the date, the feed or file it came from, when it came (UTC)."""
KEYS = ("url_key", "content_key", "digest")
"""Canonical address, hash of the words, and hash of all that a reading depends on."""
PREPARED = Schema("prepared articles", {**STORED.columns, **dict.fromkeys(KEYS, TEXT)}, ARTICLES.values)
_ARROW = {TEXT: pa.string(), TIME: pa.timestamp("us", tz="UTC")}
ARROW = pa.schema(
    [(name, _ARROW[dtype]) for name, dtype in STORED.columns.items()] + [(key, pa.string()) for key in KEYS]
)
ORDER = ["fetched", "url_key", "digest", "given_id"]
"""Of two that are the same article, the one earlier in this order counts, whatever file it is in."""
FUTURE = pd.Timedelta(days=2)
"""A date later than this after the article was met is flagged; clocks and time zones differ by less."""
_SHORT = 200
"""Characters of title and text below which the same words make the same article only on the same day."""
_SHORTEST_TEXT = {"source": 200, "lang": 8, "given_id": 500, "date_flag": 200, "origin": 500}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def article_parts(store: Path) -> Parts:
    """The parts of articles in the folder of a store."""
    return Parts(store / "articles", KIND, ARROW)


def prepared(articles: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    """Rows of `articles` that can be kept, made safe, with their keys: columns of STORED and KEYS.

    `article_id` is made from address or words, so that the same article has the same id wherever it was met; the id
    given stays in `given_id`. Rows without title and text, or with more than MAX_TEXT characters, are left out.
    """
    # A microsecond apart, so that of two that are the same article the first counts.
    times = pd.date_range(now, periods=len(articles), freq="us")
    pairs = zip(articles.to_dict("records"), times, strict=True)
    rows = [row for article, moment in pairs if (row := _row(article, moment)) is not None]
    return PREPARED.frame(rows)


def _row(article: dict, now: pd.Timestamp) -> dict | None:
    title, text = (_whole(article.get(field)) for field in ("title", "text"))
    if not (title.strip() or text.strip()) or len(title) + len(text) > MAX_TEXT:
        return None
    row = {field: _line(article.get(field))[:most] for field, most in _SHORTEST_TEXT.items()}
    row["given_id"] = row["given_id"] or _line(article.get("article_id"))[: _SHORTEST_TEXT["given_id"]]
    row |= {"title": title, "text": text, "url": safe_url(_line(article.get("url"))), **_date(article)}
    row["lang"] = row["lang"].lower() if _LANGUAGE.fullmatch(row["lang"].lower()) else ""
    row["fetched"] = _moment(article.get("fetched"), now)
    row["date_flag"] = row["date_flag"] or _doubt(row)
    return {**row, **_keys(row)}


def _whole(value: object) -> str:
    return "" if _is_missing(value) else without_surrogates(str(value))


def _line(value: object) -> str:
    return _CONTROLS.sub(" ", _whole(value)).strip()


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _moment(value: object, missing: pd.Timestamp | None) -> pd.Timestamp | None:
    moment = None if _is_missing(value) else pd.to_datetime(value, utc=True, errors="coerce")
    return missing if moment is None or pd.isna(moment) else moment.floor("us")


def _date(article: dict) -> dict:
    moment = _moment(article.get("published_at"), None)
    precision = _line(article.get("date_precision")) or "day"
    known = moment is not None and precision in PRECISIONS[:-1]
    return {"published_at": moment if known else pd.NaT, "date_precision": precision if known else "none"}


def _doubt(row: dict) -> str:
    """What is doubtful about a date that nobody has flagged."""
    is_known = not pd.isna(row["published_at"])
    return "in the future" if is_known and row["published_at"] > row["fetched"] + FUTURE else ""


def trusted(articles: pd.DataFrame) -> pd.DataFrame:
    """`articles` (STORED columns) as undated where their date is flagged."""
    doubtful = articles["date_flag"] != ""
    dates = {"published_at": articles["published_at"].mask(doubtful),
             "date_precision": articles["date_precision"].mask(doubtful, "none")}  # fmt: skip
    return articles.assign(**dates)


def _keys(row: dict) -> dict:
    url_key = canonical_url(row["url"])
    content_key = _hash(*_words(row))
    identity = _hash("url", url_key) if url_key else _hash("words", content_key)
    is_dated = not (pd.isna(row["published_at"]) or row["date_flag"])
    day = row["published_at"].isoformat() if is_dated else ""
    exact = (url_key, day, row["date_precision"], row["lang"], row["source"], row["title"], row["text"])
    return {"article_id": identity[:16], "url_key": url_key, "content_key": content_key, "digest": _hash(*exact)}


def _words(row: dict) -> tuple[str, ...]:
    """Title and text without regard to spaces and capitals; short ones with their day, for headlines come again."""
    words = tuple(" ".join(row[field].casefold().split()) for field in ("title", "text"))
    is_short = sum(map(len, words)) < _SHORT
    return (*words, "" if pd.isna(row["published_at"]) else f"{row['published_at']:%Y-%m-%d}") if is_short else words


def _hash(*values: str) -> str:
    """A hash of `values` that no shift of their borders leaves the same."""
    told = hashlib.sha256()
    for value in values:
        data = value.encode()
        told.update(f"{len(data)}:".encode() + data)
    return told.hexdigest()[:32]


def to_table(rows: pd.DataFrame) -> pa.Table:
    """Prepared rows as a table that `article_parts` can write."""
    return pa.Table.from_pandas(rows, ARROW, preserve_index=False)


def winners(keys: pd.DataFrame) -> pd.DataFrame:
    """The rows of `keys` (ORDER and KEYS) that count: in ORDER, those that share neither address nor words with one
    that counts already. Their order stays; only rows that share something are looked at one by one."""
    shared = keys["content_key"].duplicated(keep=False)
    shared |= (keys["url_key"] != "") & keys["url_key"].duplicated(keep=False)
    if not shared.any():
        return keys
    disputed = keys[shared].sort_values(ORDER, kind="stable")
    urls: set[str] = set()
    words: set[str] = set()
    pairs = zip(disputed.index, disputed["url_key"], disputed["content_key"], strict=True)
    lost = [row for row, url, word in pairs if not _is_new(url, word, urls, words)]
    return keys.drop(index=lost)


def _is_new(url: str, word: str, urls: set[str], words: set[str]) -> bool:
    """Whether an article is none of those kept so far; if so it joins them."""
    if word in words or (url and url in urls):
        return False
    urls.add(url)
    words.add(word)
    return True
