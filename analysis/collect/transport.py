"""Connections that go to the very address that the guard has checked, and end when their time is over.

httpx takes any transport; this one is httpcore's pool with a network of our own under it. Host names, certificates
and everything above stay as they were: only where a name would be resolved, the guard's answer is used.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

from analysis.collect.errors import CollectError, TooSlow, Unreachable
from analysis.collect.guard import Guard

_DEADLINE: ContextVar[float] = ContextVar("deadline")
"""When, by time.monotonic(), what this thread is fetching must be over."""


@contextmanager
def time_bound(seconds: float) -> Iterator[None]:
    """Everything that this thread sends and receives inside must be over in `seconds`; else TooSlow is raised."""
    token = _DEADLINE.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def _bounded(timeout: float | None) -> float:
    """`timeout`, cut to the time that is left. Raises TooSlow where none is."""
    left = _DEADLINE.get() - time.monotonic()
    if left <= 0:
        raise TooSlow("took longer in all than is allowed")
    return left if timeout is None else min(timeout, left)


class _BoundedStream(httpcore.NetworkStream):
    """A connection whose every step keeps the time bound, so that a drip of bytes cannot outlast it."""

    def __init__(self, inner: httpcore.NetworkStream):
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _bounded(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _bounded(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:  # fmt: skip
        return _BoundedStream(self._inner.start_tls(ssl_context, server_hostname, _bounded(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _GuardedNetwork(httpcore.NetworkBackend):
    """A network in which only the guard resolves names."""

    def __init__(self, guard: Guard):
        self._guard = guard
        self._network = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Iterable | None = None) -> httpcore.NetworkStream:  # fmt: skip
        failure: Exception | None = None
        for number in self._guard.addresses(host, port):
            try:
                stream = self._network.connect_tcp(number, port, _bounded(timeout), local_address, socket_options)
                return _BoundedStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or Unreachable(f"no address is known for {host}")


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any):
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _told():
            yield from self._stream

    def close(self) -> None:
        self._stream.close()


class GuardedTransport(httpx.BaseTransport):
    """A transport for httpx that connects nowhere but where `guard` allows. Raises CollectError, nothing of httpx's."""

    def __init__(self, guard: Guard, at_once: int = 8):
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=2 * at_once,
            max_keepalive_connections=at_once,
            keepalive_expiry=5.0,
            network_backend=_GuardedNetwork(guard),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` and give its answer, the body not read yet. Must run inside `time_bound`."""
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port,
                           target=request.url.raw_path)  # fmt: skip
        sent = httpcore.Request(request.method, url, headers=request.headers.raw, content=request.stream,
                                extensions=request.extensions)  # fmt: skip
        with _told():
            answer = self._pool.handle_request(sent)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


@contextmanager
def _told() -> Iterator[None]:
    """What httpcore raises, as errors of our own."""
    try:
        yield
    except CollectError:
        raise
    except httpcore.TimeoutException as error:
        raise TooSlow("no answer in the time allowed") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Unreachable(f"the connection failed: {error or type(error).__name__}") from error
