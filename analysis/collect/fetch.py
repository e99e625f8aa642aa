"""Fetching one address, politely and within bounds: `Client.get`."""

import re
import threading
import time
from collections.abc import Callable, MutableMapping
from contextlib import closing
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx
import tenacity

from analysis.collect.errors import (
    BadStatus,
    CollectError,
    Stopped,
    TooManyRedirects,
    WrongType,
    shown,
)
from analysis.collect.guard import Guard
from analysis.collect.robots import MOST_BYTES as ROBOTS_BYTES
from analysis.collect.robots import Kept, Robots
from analysis.collect.transport import GuardedTransport, time_bound
from analysis.collect.turns import Turns
from analysis.collect.unpack import ACCEPTED, unpacked

AGENT = "Panchina/0.1 (reader of football news)"
_REDIRECTS = (301, 302, 303, 307, 308)


class Bounds(NamedTuple):
    """Bounds of a fetch: `step_seconds` for connecting and between two pieces, `seconds` for one attempt in all with
    its redirects, `most_bytes` of a body as unpacked; `attempts`, and the `longest_wait` between two, in seconds."""

    step_seconds: float = 15.0
    seconds: float = 45.0
    most_bytes: int = 10_000_000
    redirects: int = 5
    attempts: int = 3
    longest_wait: float = 60.0


class Wanted(NamedTuple):
    """What is asked for: an Accept header, and the content types that are read."""

    header: str
    types: re.Pattern


_NO_FEED = r"(?:image|audio|video|font|model)/|application/(?:pdf|zip|gzip|x-tar|msword)\b"
PAGE = Wanted(
    "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5",
    re.compile(r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml)"),
)
FEED = Wanted(
    "application/atom+xml,application/rss+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5",
    re.compile(rf"(?!{_NO_FEED}).*"),
)
"""Servers send feeds under many a wrong type; only what cannot be one is refused."""
JSON = Wanted("application/json,*/*;q=0.5", FEED.types)
_ROBOTS = Wanted("text/plain,*/*;q=0.5", FEED.types)


class Answer(NamedTuple):
    """What came: the address it came from after redirects, the body unpacked, and what a next request may name.

    `is_same` where the server says that nothing changed since `etag` or `modified`; then there is no body.
    """

    url: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    is_same: bool = False


class Client:
    """Fetches addresses that `guard` allows. May be used by many threads; to be closed, or used in `with`.

    `agent` names who asks; `at_once` requests run together, `pause` seconds apart on one host. `robots` holds what
    sites said in robots.txt (kept between runs by whoever gives it); `clock` tells its age, in seconds.
    """

    def __init__(self, guard: Guard | None = None, *, agent: str = AGENT, bounds: Bounds | None = None,
                 at_once: int = 8, pause: float = 1.0, robots: MutableMapping[str, Kept] | None = None,
                 sleep: Callable[[float], None] | None = None, clock: Callable[[], float] = time.time):  # fmt: skip
        self.guard, self.bounds = guard or Guard(), bounds or Bounds()
        self._stopped = threading.Event()
        self._sleep = sleep or self._nap
        self._turns = Turns(at_once, pause, self._sleep)
        self._robots = Robots(self._robots_text, clock, robots)
        # Without httpx's own client there are no cookies, no redirects but ours, and no proxies from the environment,
        # which would resolve names out of the guard's sight.
        self._transport = GuardedTransport(self.guard, at_once)
        self._headers = {"User-Agent": agent, "Accept-Encoding": ACCEPTED}

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def stop(self) -> None:
        """Let nothing more be asked, by any thread: what waits ends with Stopped, what is under way may end."""
        self._stopped.set()

    def _nap(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise Stopped("stopped")

    def get(self, url: str, wanted: Wanted = PAGE, *, etag: str = "", modified: str = "", robots: bool = True,
            pause: float | None = None, attempts: int | None = None,
            most_bytes: int | None = None) -> Answer:  # fmt: skip
        """What is at `url`; with `etag` or `modified` only if it changed since.

        Fails with a CollectError: Refused, Disallowed (never if not `robots`), Unreachable, TooSlow, TooLarge,
        TooManyRedirects, WrongType, Unreadable, BadStatus. What may pass is tried again, as often as `attempts` or the
        bounds say, after a growing pause or the one the server asked for, unless that is longer than the bounds'.
        `pause` seconds at least are left between two such requests to one host; `most_bytes` may be fewer than bound.
        """
        headers, limit = {"Accept": wanted.header}, self.bounds.most_bytes
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        request = _Request(headers, wanted, robots, pause, min(most_bytes or limit, limit))
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(attempts or self.bounds.attempts),
            wait=_pause_before_next,
            retry=tenacity.retry_if_exception(self._may_pass),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._attempt, url, request)

    def _may_pass(self, error: BaseException) -> bool:
        return isinstance(error, CollectError) and error.passing and (error.wait or 0) <= self.bounds.longest_wait

    def _robots_text(self, url: httpx.URL) -> str:
        request = _Request({"Accept": _ROBOTS.header}, _ROBOTS, False, None, ROBOTS_BYTES)
        return self._attempt(url, request).body.decode("utf-8", "replace")

    def _attempt(self, url: str | httpx.URL, request: "_Request") -> Answer:
        """One attempt, through all redirects."""
        seconds, address, seen = self.bounds.seconds, self.guard.check(url), set()
        for _ in range(self.bounds.redirects + 1):
            self._nap(0)
            delay = self._robots.check(address) if request.robots else None
            seen.add(str(address))
            with self._turns.turn(address.host, max(delay or 0.0, request.pause or 0.0)):
                start = time.monotonic()
                found = self._ask(address, request, seconds)
                seconds -= time.monotonic() - start
            if isinstance(found, Answer):
                return found
            if str(found) in seen:
                raise TooManyRedirects(f"{shown(url)} redirects in a loop")
            address = found
        raise TooManyRedirects(f"{shown(url)} redirects more than {self.bounds.redirects} times")

    def _ask(self, url: httpx.URL, request: "_Request", seconds: float) -> Answer | httpx.URL:
        """The answer of `url`, or the address it redirects to, checked."""
        timeout = httpx.Timeout(self.bounds.step_seconds).as_dict()
        sent = httpx.Request("GET", url, headers=self._headers | request.headers, extensions={"timeout": timeout})
        with time_bound(seconds), closing(self._transport.handle_request(sent)) as response:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return self.guard.check(_joined(url, response.headers["location"]))
            return _answer(url, response, request)


class _Request(NamedTuple):
    headers: dict[str, str]
    wanted: Wanted
    robots: bool
    pause: float | None
    most_bytes: int


def _joined(url: httpx.URL, location: str) -> httpx.URL | str:
    try:
        return url.join(location)
    except (httpx.InvalidURL, ValueError):
        # The guard says what is wrong with it.
        return location


def _answer(url: httpx.URL, response: httpx.Response, request: _Request) -> Answer:
    headers = response.headers
    etag, modified = headers.get("etag", "")[:500], headers.get("last-modified", "")[:100]
    if response.status_code == 304 and ("If-None-Match" in request.headers or "If-Modified-Since" in request.headers):
        return Answer(str(url), etag=etag, modified=modified, is_same=True)
    if response.status_code != 200:
        reason = f"{shown(url)} answers {response.status_code} {response.reason_phrase}".rstrip()
        wait = _asked_wait(headers.get("retry-after", ""), headers.get("date"))
        raise BadStatus(f"{reason}, asks to wait {wait:.0f} s" if wait else reason, response.status_code, wait)
    content_type = headers.get("content-type", "")[:200]
    name = content_type.partition(";")[0].strip().lower()
    if name and not request.wanted.types.fullmatch(name):
        raise WrongType(f"{shown(url)} is of type {name}, which is not read")
    body = unpacked(response.iter_raw(), headers.get("content-encoding", ""), request.most_bytes)
    return Answer(str(url), body, content_type, etag, modified)


def _asked_wait(value: str, sent: str | None) -> float | None:
    """Seconds that a Retry-After header asks for, which may be a number or a day; None where it says neither."""
    if value.strip().isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
        now = parsedate_to_datetime(sent or "")
        return max(0.0, (moment.astimezone(UTC) - now.astimezone(UTC)).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None


_growing = tenacity.wait_exponential_jitter(initial=1, max=30, jitter=1)


def _pause_before_next(state: tenacity.RetryCallState) -> float:
    """Seconds before the next attempt: growing, with chance in it, and no less than the server asked for."""
    asked = getattr(state.outcome.exception(), "wait", None) if state.outcome else None
    return max(_growing(state), asked or 0.0)
