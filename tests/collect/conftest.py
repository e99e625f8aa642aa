import signal

import pytest

from analysis.collect import Client, Guard
from analysis.collect.fetch import Bounds
from tests.loopback import loopback  # noqa: F401

# Run in the background, a shell has Ctrl-C ignored, and programs started from here would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def naps():
    """Seconds that the client was told to wait, instead of waiting."""
    return []


@pytest.fixture
def client(naps):
    """A client that may fetch from the loopback server, waits for nobody, and soon loses patience."""
    bounds = Bounds(step_seconds=0.6, seconds=1.2, most_bytes=300_000)
    with Client(Guard(allow_local=True), bounds=bounds, pause=0, sleep=naps.append) as made:
        yield made
