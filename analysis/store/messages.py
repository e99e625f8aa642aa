"""What the store's commands say on standard error."""

import sys
from collections import Counter
from collections.abc import Iterable

from analysis.load.decode import printable

SHOWN = 20
"""Messages of one kind that are printed; further ones are counted."""


class Messages:
    """Messages by kind, the first of each printed as they come."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def say(self, kind: str, message: object) -> None:
        """Print "kind: message", unless there were too many of its kind."""
        self.counts[kind] += 1
        if self.counts[kind] <= SHOWN:
            print(f"{kind}: {printable(str(message))}", file=sys.stderr)
        elif self.counts[kind] == SHOWN + 1:
            print(f"{kind}: … further ones are counted only", file=sys.stderr)

    def say_all(self, kind: str, messages: Iterable[object]) -> None:
        """Each of `messages` under one kind."""
        for message in messages:
            self.say(kind, message)


def show_progress(done: int, count: int) -> None:
    """How many articles of how many have been read, on one line of a terminal; nothing where there is none."""
    if sys.stderr.isatty():
        print(f"\rread {done:,} of {count:,} articles", end="" if done < count else "\n", file=sys.stderr, flush=True)
