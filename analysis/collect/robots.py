"""What sites ask of robots (robots.txt, RFC 9309), asked once a day and kept."""

import threading
from collections.abc import Callable, MutableMapping
from typing import NamedTuple

import httpx
from protego import Protego

from analysis.collect.errors import CollectError, Disallowed, Refused, TooLarge, Unreachable, shown

TOKEN = "Panchina"
"""The name that a robots.txt may address."""
MOST_BYTES = 500 * 1024
"""RFC 9309 asks that at least 500 KiB be read; what comes behind is not looked at."""
KEPT_SECONDS = 24 * 3600
_MOST_KEPT = 500
_NOTHING_ALLOWED = "User-agent: *\nDisallow: /"


class Kept(NamedTuple):
    """What a site said, and when (seconds of the clock given)."""

    text: str
    at: float


class Robots:
    """Which addresses the sites allow. `ask` fetches the text of a robots.txt, or raises CollectError."""

    def __init__(self, ask: Callable[[httpx.URL], str], clock: Callable[[], float],
                 kept: MutableMapping[str, Kept] | None = None):  # fmt: skip
        self._ask, self._clock = ask, clock
        self.kept: MutableMapping[str, Kept] = {} if kept is None else kept
        self._rules: dict[str, tuple[str, Protego]] = {}
        self._lock = threading.Lock()

    def check(self, url: httpx.URL) -> float | None:
        """Seconds that the site asks to leave between two requests. Raises Disallowed where it asks not to come."""
        rules = self._rules_of(f"{url.scheme}://{url.netloc.decode('ascii')}", url)
        if not rules.can_fetch(str(url), TOKEN):
            raise Disallowed(f"robots.txt of {url.host} asks not to fetch {shown(url)}")
        delay = rules.crawl_delay(TOKEN)
        return float(delay) if delay else None

    def _rules_of(self, origin: str, url: httpx.URL) -> Protego:
        kept = self.kept.get(origin)
        if kept is None or not 0 <= self._clock() - kept.at < KEPT_SECONDS:
            kept = self._keep(origin, self._text(url.copy_with(raw_path=b"/robots.txt", fragment=None)))
        text, rules = self._rules.get(origin, ("", None))
        if rules is None or text != kept.text:
            rules = Protego.parse(kept.text)
            self._rules[origin] = (kept.text, rules)
        return rules

    def _keep(self, origin: str, text: str) -> Kept:
        with self._lock:
            while len(self.kept) >= _MOST_KEPT:
                oldest = min(self.kept, key=lambda name: self.kept[name].at)
                del self.kept[oldest]
                self._rules.pop(oldest, None)
            self.kept[origin] = kept = Kept(text, self._clock())
        return kept

    def _text(self, url: httpx.URL) -> str:
        try:
            return self._ask(url)
        except Refused:
            raise
        except TooLarge:
            return _NOTHING_ALLOWED
        except CollectError as error:
            if not error.passing:
                # No such file (400 to 499), a loop, or nothing that can be read: the site asks for nothing.
                return ""
            # RFC 9309: a site that cannot say is taken to say no; not kept, for it may soon be able to.
            raise Unreachable(f"robots.txt of {url.host} cannot be had ({error})", error.wait) from error
