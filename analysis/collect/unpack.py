"""Bodies unpacked piece by piece, so that a small body that unpacks to gigabytes ends early."""

import zlib
from collections.abc import Iterable, Iterator

from analysis.collect.errors import TooLarge, Unreadable

PIECE = 2**16
_PACKED = frozenset(("gzip", "x-gzip", "deflate"))
ACCEPTED = "gzip, deflate"
"""Ways of packing that are asked for; each is undone once, never twice."""


def unpacked(pieces: Iterable[bytes], encoding: str, most_bytes: int) -> bytes:
    """The body that comes in `pieces`, packed as the Content-Encoding `encoding` says.

    Raises TooLarge beyond `most_bytes`, packed or not, and Unreadable where it is packed otherwise or broken.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _gathered(pieces, most_bytes)
    if name not in _PACKED:
        raise Unreadable(f"packed as {name[:40]!r}, which was not asked for")
    return _gathered(_inflated(_counted(pieces, most_bytes)), most_bytes)


def _gathered(pieces: Iterable[bytes], most_bytes: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most_bytes:
            raise TooLarge(f"more than {most_bytes:,} bytes")
    return bytes(body)


def _counted(pieces: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    count = 0
    for piece in pieces:
        count += len(piece)
        if count > most_bytes:
            # Empty members unpack to nothing for ever.
            raise TooLarge(f"more than {most_bytes:,} bytes")
        yield piece


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    inflater, started = None, False
    for piece in pieces:
        waiting = piece
        while waiting:
            inflater = inflater or _inflater(waiting)
            yield _step(inflater, waiting)
            started = True
            # At the end of a member another may follow, or padding, which is no part of the body.
            waiting = inflater.unconsumed_tail or inflater.unused_data.lstrip(b"\0")
            inflater = None if inflater.eof else inflater
    if started and inflater is not None:
        raise Unreadable("the packed body breaks off")


def _inflater(start: bytes) -> "zlib._Decompress":
    # Some servers send deflate without the frame that its name asks for.
    is_framed = start[:1] == b"\x1f" or start[0] & 0x0F == 8
    return zlib.decompressobj(zlib.MAX_WBITS | 32 if is_framed else -zlib.MAX_WBITS)


def _step(inflater: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return inflater.decompress(data, PIECE)
    except zlib.error as error:
        raise Unreadable("the packed body is broken") from error
