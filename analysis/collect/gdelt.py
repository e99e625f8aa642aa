"""`[[gdelt]]`: lists of articles from GDELT's DOC 2.0 interface, by query, language and time.

GDELT sees articles in 65 languages within minutes and lists them by address and title, never with their text. The rules
of the interface, as far as they are known, are in docs/COLLECT.md.
"""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd
import tenacity
from babel import Locale

from analysis.collect.dates import read_address, settle
from analysis.collect.errors import CollectError, Refused, shown
from analysis.collect.fetch import JSON, Client
from analysis.collect.gdelt_answer import MOST_BYTES, Limited, Row, read_answer
from analysis.collect.gdelt_windows import CAP, Found, Span, walk
from analysis.collect.kinds import Batch, Key, Source, Window
from analysis.collect.page_text import PageText, fetch_page
from analysis.load.dates import ArticleDate
from analysis.schema import LANGUAGES
from analysis.store.addresses import safe_url

ORIGIN = "GDELT"
"""What articles of a backfill say they came from."""
BASE = "https://api.gdeltproject.org/api/v2/doc/doc"
PAUSE = 5.0
"""Seconds between two requests that GDELT asks for."""
KEYS = {
    "query": Key(str),
    "base": Key(str, BASE, is_url=True),
    "pause": Key(float, PAUSE),
    "pages": Key(bool, False),
}
ATTEMPTS = 4
REST = 1800.0
"""Seconds that GDELT is left alone when it still asks to slow down after ATTEMPTS: what it was seen to need."""
OVERLAP = pd.Timedelta(hours=1)
"""How far a run goes back behind the last one, for articles that were listed late."""
CHUNK = 25
"""Articles with their pages brought to the disk at a time; without them all of a window are."""
PAGES_AT_ONCE = 4
_SPACED = re.compile(r"\s+([,.)\]”])")
_SPACED_NOT_IN_FRENCH = re.compile(r"\s+([:;!?»])")
_SPACED_AFTER = re.compile(r"([(\[“])\s+")
_SEEN = re.compile(r"(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)Z?")


class Gdelt:
    """Asks one query of the service at `base`, `pause` seconds between two requests."""

    def __init__(self, client: Client, query: str, langs: tuple[str, ...] = (), *, base: str = BASE,
                 pause: float = PAUSE):  # fmt: skip
        self._client, self._base, self._pause = client, base, pause
        self.langs = langs
        self.query = asked_query(query, langs)

    def url(self, span: Span) -> str:
        """The address that lists the articles of `span`."""
        asked = {"query": self.query, "mode": "artlist", "format": "json", "maxrecords": CAP, "sort": "dateasc",
                 "startdatetime": f"{span.start:%Y%m%d%H%M%S}",
                 "enddatetime": f"{span.end - pd.Timedelta(seconds=1):%Y%m%d%H%M%S}"}  # fmt: skip
        return f"{self._base}{'&' if '?' in self._base else '?'}{urlencode(asked)}"

    def ask(self, span: Span) -> list[Row]:
        """The articles of `span`. Fails as Client.get and read_answer do, once that has been tried often enough."""
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            wait=self._wait,
            retry=tenacity.retry_if_exception(lambda error: isinstance(error, CollectError) and error.passing),
            reraise=True,
        )
        return retrying(self._attempt, self.url(span))

    def _attempt(self, url: str) -> list[Row]:
        try:
            # The interface is made for programs: robots.txt, which is for those that follow links, is not asked.
            answer = self._client.get(url, JSON, robots=False, pause=self._pause, attempts=1, most_bytes=MOST_BYTES)
        except CollectError as error:
            if getattr(error, "status", 0) == 429:
                raise Limited(f"GDELT asks to slow down: {error}", error.wait) from error
            raise
        return read_answer(answer.body)

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """Seconds before the next attempt: two, four, eight times the pause, and what GDELT asks for up to a minute."""
        error = state.outcome.exception() if state.outcome else None
        return max(self._pause * 2**state.attempt_number, min(getattr(error, "wait", None) or 0.0, 60.0))


class Part(NamedTuple):
    """Some articles of a window, to be kept; with `found` the window is had, or has failed. `problems` say what could
    not be had, `known` how many articles were kept already."""

    articles: list[dict]
    problems: tuple[str, ...] = ()
    known: int = 0
    found: Found | None = None


def collect(source: Source, client: Client, window: Window) -> Iterator[Batch]:
    """What GDELT lists for the source's query since the last run, window by window.

    The memory holds how far everything is had; a window that failed is asked for again in the next run.
    """
    options, langs = source.options, (source.lang,) if source.lang else ()
    gdelt = Gdelt(client, options["query"], langs, base=options["base"], pause=options["pause"])
    before = window.memory if window.memory.get("query") == gdelt.query else {}
    start = max(pd.Timestamp(before["until"]) - OVERLAP, window.start) if "until" in before else window.start
    whole, is_whole = Span(start.floor("s"), window.end.floor("s")), True
    try:
        for part in parts(gdelt, whole, window, client if options["pages"] else None, source.robots):
            found, told = part.found, None
            is_whole = is_whole and not (found and found.is_failed)
            if found and is_whole:
                told = {"query": gdelt.query, "until": found.span.end.isoformat()}
            articles = [{**row, "origin": source.name} for row in part.articles]
            yield Batch(articles, told, part.problems, part.known)
    except Limited as error:
        error.wait = max(error.wait or 0.0, REST)
        raise


def parts(gdelt: Gdelt, whole: Span, window: Window, pages: Client | None, robots: bool = True) -> Iterator[Part]:
    """The articles that GDELT lists for `whole` and `window` does not know, with the text of their pages where there
    is a client for `pages`. Fails as walk does."""
    for found in walk(whole, gdelt.ask):
        rows = readable(found.rows, gdelt.langs)
        fresh = [row for row in rows if not window.knows(row.url)]
        size = CHUNK if pages else CAP
        for begin in range(0, len(fresh), size):
            yield _part(fresh[begin : begin + size], Span(window.start or whole.start, found.span.end), window.end,
                        pages, robots)  # fmt: skip
        yield Part([], (found.problem,) if found.problem else (), len(rows) - len(fresh), found)


def _part(rows: list[Row], span: Span, now: pd.Timestamp, pages: Client | None, robots: bool) -> Part:
    def fetched(row: Row) -> PageText | CollectError:
        try:
            return fetch_page(pages, row.url, robots=robots)
        except CollectError as error:
            return error

    if pages is None:
        return Part([article(row, span, now) for row in rows])
    with ThreadPoolExecutor(PAGES_AT_ONCE) as pool:
        found = list(pool.map(fetched, rows))
    failures = [(row, page) for row, page in zip(rows, found, strict=True) if isinstance(page, CollectError)]
    articles = [article(row, span, now, None if isinstance(page, CollectError) else page)
                for row, page in zip(rows, found, strict=True)]  # fmt: skip
    return Part(articles, tuple(f"{shown(row.url)}: {error}; kept by its title" for row, error in failures))


def readable(rows: list[Row], langs: tuple[str, ...] = ()) -> list[Row]:
    """The rows that can be articles: with a web address and a title, in `langs`, one of the six, or an unknown one.

    Each address once.
    """
    good = {row.url: row for row in rows if safe_url(row.url) and row.title}
    return [row for row in good.values() if language_code(row.language) in ("", *LANGUAGES, *langs)]


def article(row: Row, span: Span, now: pd.Timestamp, page: PageText | None = None) -> dict:
    """The article of a row: columns of schema ARTICLES, date_flag, origin and fetched.

    Its date is when GDELT saw it, unless its page or address tells an earlier day; one outside `span`, what was asked
    for, is flagged.
    """
    in_page = page.date if page else ArticleDate()
    settled = settle(read_seen(row.seen), in_page, read_address(row.url), span.start, now)
    if not settled.date_flag and settled.published_at is not None and settled.published_at > span.end:
        settled = settled._replace(date_flag="after the window that was asked for")
    lang = language_code(row.language) or (page.lang if page else "")
    return {"article_id": row.url, **settled.columns(), "lang": lang, "source": row.domain, "url": row.url,
            "title": tidy(row.title, lang), "text": page.text if page else "", "origin": ORIGIN,
            "fetched": now}  # fmt: skip


def read_seen(seen: str) -> ArticleDate:
    """GDELT's seendate, 20241206T101500Z, as a moment in UTC; without one that can be read no date."""
    found = _SEEN.fullmatch(seen)
    try:
        moment = pd.Timestamp(*map(int, found.groups()), tz="UTC") if found else None
    except ValueError:
        moment = None
    return ArticleDate(seen or None, moment, "day" if moment is not None else "none")


def tidy(title: str, lang: str) -> str:
    """A title as papers write it: GDELT parts marks from words ("Brenta , in bilico") and leaves HTML's escapes."""
    text = _SPACED_AFTER.sub(r"\1", _SPACED.sub(r"\1", html.unescape(title)))
    return text if lang == "fr" else _SPACED_NOT_IN_FRENCH.sub(r"\1", text)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    names = Locale("en").languages
    return {name.replace(" ", "").lower(): code for code, name in names.items() if len(code) == 2}


def language_code(name: str) -> str:
    """The code of a language that GDELT names in English ("Italian", "NorwegianNynorsk"); "" for one it does not."""
    text = name.replace(" ", "").lower()
    return text if text in LANGUAGES else _codes().get(text, "")


def language_name(code: str) -> str:
    """GDELT's name of a language: "it" is italian. Raises Refused for what is no code of one."""
    name = Locale("en").languages.get(code)
    if not name:
        raise Refused(f"{code!r} is no language that GDELT can be asked for; write a code as it, es, en, fr, de or pt")
    return name.replace(" ", "").lower()


def asked_query(query: str, langs: tuple[str, ...] = ()) -> str:
    """`query` as GDELT takes it, in any of `langs`: alternatives must stand in brackets."""
    text = " ".join(query.split())
    if " OR " in text and "(" not in text:
        text = f"({text})"
    names = " OR ".join(f"sourcelang:{language_name(lang)}" for lang in langs)
    return f"{text} ({names})" if len(langs) > 1 else f"{text} {names}".strip()
