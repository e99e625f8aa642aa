"""Politeness: one request to a host at a time, a pause between two, and at most N at once in all."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_PAUSE = 30.0
"""Seconds; a robots.txt that asks for more between two requests is not waited for longer."""


class Turns:
    """Whose turn it is. Used by many threads."""

    def __init__(self, at_once: int, pause: float, sleep: Callable[[float], None] = time.sleep,
                 clock: Callable[[], float] = time.monotonic):  # fmt: skip
        """At most `at_once` requests together, `pause` seconds between the starts of two to one host."""
        self._slots = threading.BoundedSemaphore(at_once)
        self._pause, self._sleep, self._clock = pause, sleep, clock
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, host: str, pause: float | None = None) -> Iterator[None]:
        """Wait for the turn to ask `host`; `pause` where it asked for a longer one itself."""
        with self._lock:
            state = self._hosts.setdefault(host, _Host())
        # The host first: whoever waits for one must not keep others from theirs.
        with state.lock:
            left = state.free_at - self._clock()
            if left > 0:
                self._sleep(left)
            with self._slots:
                state.free_at = self._clock() + min(max(self._pause, pause or 0.0), LONGEST_PAUSE)
                yield


class _Host:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free_at = float("-inf")
