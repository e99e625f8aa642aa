"""A service on the loopback server that lists invented articles as GDELT does, with its cap and its moods."""

import json
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs

import pandas as pd

from tests.loopback import Asked, Loopback, Reply

PATH = "/api/v2/doc/doc"
SLOWER = "Please limit requests to one every 5 seconds or contact somebody for larger queries."
Mood = Callable[[pd.Timestamp, pd.Timestamp], Reply | None]
"""What the service answers for a window in place of a list, or None."""


def listed(moment: str | pd.Timestamp, number: int = 0, **cells: str) -> dict:
    """An invented article as GDELT lists it, seen at `moment`."""
    seen = pd.Timestamp(moment)
    usual = {"url": f"https://finta.example/{seen:%Y%m%d%H%M}/{number}", "url_mobile": "",
             "title": f"Brenta , panchina a rischio : parte {number} del {seen:%d.%m. %H.%M}",
             "seendate": f"{seen:%Y%m%dT%H%M%SZ}", "socialimage": "", "domain": "finta.example",
             "language": "Italian", "sourcecountry": "Italy"}  # fmt: skip
    return {**usual, **cells}


class GdeltService:
    """Lists `articles`, at most `cap` an answer; `moods` come first, each till it answers None."""

    def __init__(self, loopback: Loopback, articles: Iterable[dict] = (), cap: int = 250, moods: Iterable[Mood] = ()):
        self.articles, self.cap, self.moods = list(articles), cap, list(moods)
        self.windows: list[tuple[pd.Timestamp, pd.Timestamp]] = []
        self.queries: list[str] = []
        self.loopback = loopback
        self.base = loopback.at(PATH, self.answer)

    def answer(self, request: Asked) -> Reply:
        """The answer to a request; a request that is not as GDELT wants it is refused as GDELT does."""
        asked = {name: values[0] for name, values in parse_qs(request.query).items()}
        if (asked.get("mode"), asked.get("format"), asked.get("maxrecords")) != ("artlist", "json", "250"):
            return Reply("Invalid/Unsupported mode.")
        start, end = (pd.to_datetime(asked[name], format="%Y%m%d%H%M%S") for name in ("startdatetime", "enddatetime"))
        self.windows.append((start, end))
        self.queries.append(asked["query"])
        for mood in self.moods:
            if reply := mood(start, end):
                return reply
        found = [
            row for row in self.articles if f"{start:%Y%m%dT%H%M%SZ}" <= row["seendate"] <= f"{end:%Y%m%dT%H%M%SZ}"
        ]
        return as_json(sorted(found, key=lambda row: row["seendate"])[: self.cap])


def as_json(rows: list[dict]) -> Reply:
    """A list as GDELT sends it; one without articles is {}."""
    return Reply(json.dumps({"articles": rows} if rows else {}), "application/json; charset=utf-8")


def once(*replies: Reply) -> Mood:
    """A mood that answers `replies`, one after the other, and then passes."""
    waiting = list(replies)
    return lambda start, end: waiting.pop(0) if waiting else None


def always(reply: Reply) -> Mood:
    """A mood that stays."""
    return lambda start, end: reply
