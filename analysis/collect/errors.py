"""What may go wrong when something is fetched: one class for each thing that a caller may want to tell apart.

The text of an error is its reason, in plain words, with the address cut to what may be shown (`shown`).
"""

from urllib.parse import urlsplit

from analysis.load.decode import printable

_LONGEST = 160


class CollectError(Exception):
    """Something could not be fetched or read; the message is the reason.

    `passing` tells whether trying again may help; `wait` how many seconds the other side asked for, if it did.
    """

    passing = False

    def __init__(self, reason: str, wait: float | None = None):
        super().__init__(printable(reason))
        self.wait = wait


class Stopped(Exception):
    """Whoever collects has had enough (Client.stop). No CollectError: it says nothing about the address."""


class Refused(CollectError):
    """An address that is never fetched: not http(s), not public, or oddly written."""


class Disallowed(CollectError):
    """The site's robots.txt asks not to be fetched there."""


class Unreachable(CollectError):
    """No such host, no answer, or a connection that was cut."""

    passing = True


class TooSlow(CollectError):
    """It took longer than allowed."""

    passing = True


class TooLarge(CollectError):
    """More bytes than allowed, sent or unpacked."""


class TooManyRedirects(CollectError):
    """Redirected in a loop or too often."""


class WrongType(CollectError):
    """Neither a page nor a feed, by its content type."""


class Unreadable(CollectError):
    """It came, but is not what it ought to be."""


class BadStatus(CollectError):
    """The server answered with an error; `status` is its number."""

    def __init__(self, reason: str, status: int, wait: float | None = None):
        super().__init__(reason, wait)
        self.status = status
        self.passing = status in (408, 425, 429) or 500 <= status < 600 and status not in (501, 505)


def shown(url: object) -> str:
    """`url` as messages may show it: no user, no query (either may hold a secret), not endless."""
    try:
        parts = urlsplit(str(url))
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "an address that cannot be read"
    text = printable(f"{parts.scheme}://{host}{parts.path}" if host else f"{parts.scheme}:")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
