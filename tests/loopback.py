"""A web server on 127.0.0.1 that behaves as real ones do, for tests and benchmarks: `loopback` is its fixture.

    loopback.at("/feed", Reply(body, "application/rss+xml", etag='"1"'))     # answers 304 where it may
    loopback.at("/shaky", Reply(status=503), Reply(b"now"))                  # one after the other; the last stays
    loopback.at("/any", lambda request: Reply(request.path.encode()))        # told anew each time
    loopback.url("/feed"), loopback.asked("/feed")                           # its address; what came, headers and all

A Reply can be slow, cut off, endless, packed, or no HTTP at all. Import the fixture into a conftest.py to use it.
"""

import gzip
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest


@dataclass(frozen=True)
class Reply:
    """What the server answers. `body` in pieces is sent piece by piece, `pause` seconds between two (bytes otherwise).

    `promised` is the Content-Length told, where it is not the body's; `raw` is sent instead of anything HTTP.
    """

    body: bytes | str | Iterable[bytes] = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""
    is_packed: bool = False
    pause: float = 0.0
    promised: int | None = None
    raw: bytes = b""


class Asked(NamedTuple):
    """A request that came; header names in small letters."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    at: float


def redirect(to: str, status: int = 302) -> Reply:
    """A Reply that leads on to the address `to`."""
    return Reply(status=status, headers={"Location": to})


def gigabyte() -> Iterator[bytes]:
    """A body of 1 GB, never held."""
    piece = bytes(2**20)
    return (piece for _ in range(1024))


Answers = Reply | Callable[[Asked], Reply]


class Loopback:
    """The server. What is not set up answers 404, /robots.txt included."""

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self._answers: dict[str, list[Answers]] = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.loopback = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def at(self, path: str, *answers: Answers) -> str:
        """Answer `path` with `answers`, one after the other, the last for ever; the address."""
        with self._lock:
            self._answers[path] = list(answers)
        return self.url(path)

    def url(self, path: str = "", host: str = "127.0.0.1") -> str:
        """The address of `path` (query included) on this server, under `host`."""
        return f"http://{host}:{self.port}{path}"

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.server_address[1]

    def asked(self, path: str) -> list[Asked]:
        """The requests for `path` so far."""
        return [request for request in list(self.requests) if request.path == path]

    def answer(self, request: Asked) -> Reply:
        """What `request` is answered with."""
        with self._lock:
            self.requests.append(request)
            answers = self._answers.get(request.path, [Reply(b"no such page", status=404)])
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer(request) if callable(answer) else answer

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    loopback: Loopback

    def handle_error(self, *_: object) -> None:
        """Say nothing of those who left in the middle; what went wrong in an answer is told on standard error."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(*_)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        asked = Asked(self.command, parts.path, parts.query, headers, body, time.monotonic())
        # The other side may leave at any moment; many tests are about just that.
        with suppress(ConnectionError, TimeoutError):
            self._send(self.server.loopback.answer(asked), headers)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _send(self, reply: Reply, asked: dict[str, str]) -> None:
        if reply.raw:
            self.wfile.write(reply.raw)
            self.close_connection = True
        elif _is_known(reply, asked):
            self._head(reply, 304, {})
        elif isinstance(reply.body, bytes | str):
            self._send_whole(reply)
        else:
            self._send_pieces(reply, reply.body)

    def _send_whole(self, reply: Reply) -> None:
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        packed = {"Content-Encoding": "gzip"} if reply.is_packed else {}
        body = gzip.compress(body) if reply.is_packed else body
        length = len(body) if reply.promised is None else reply.promised
        self._head(reply, reply.status, {"Content-Length": str(length), **packed})
        self.wfile.write(body)
        if length != len(body):
            self.close_connection = True

    def _send_pieces(self, reply: Reply, pieces: Iterable[bytes]) -> None:
        self._head(reply, reply.status, {"Connection": "close"})
        for piece in pieces:
            self.wfile.write(piece)
            time.sleep(reply.pause)

    def _head(self, reply: Reply, status: int, more: dict[str, str]) -> None:
        self.send_response(status)
        marks = {"Content-Type": reply.content_type, "ETag": reply.etag, "Last-Modified": reply.modified}
        for name, value in {**marks, **more, **reply.headers}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()


def _is_known(reply: Reply, asked: dict[str, str]) -> bool:
    """Whether whoever asks has this very body already."""
    if reply.etag and "if-none-match" in asked:
        return asked["if-none-match"] == reply.etag
    return bool(reply.modified) and asked.get("if-modified-since") == reply.modified


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A Loopback for one test."""
    server = Loopback()
    yield server
    server.close()
