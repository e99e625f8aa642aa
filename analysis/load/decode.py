"""Bytes to text, and streams to lines, both bounded: no input makes them fail or fill the memory."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

MAX_TEXT = 2_000_000
"""Characters of title and text that one article may have: some 300,000 words, far above any article."""
MAX_BYTES = 16 * 2**20
"""Bytes of one line, one table row or one single-article file: MAX_TEXT characters in any encoding or escape."""
SAMPLE = 65_536
"""Bytes looked at to tell encoding and format."""

TOO_LARGE = (
    f"more than the {MAX_TEXT:,} characters (2 MB of text) that one article may have; "
    "split it into articles, one a file or one a line of a .jsonl file"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Line(NamedTuple):
    """A line of a stream: its number from 1, its text (None where it was too long to keep), and a warning."""

    number: int
    text: str | None
    warning: str = ""


def wide_encoding(data: bytes) -> str:
    """Encoding of `data` where it is marked or has two bytes a character; "" where it goes byte by byte."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[: SAMPLE // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.2 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.2 and not odd else ""


def stream_encoding(start: bytes) -> str:
    """Encoding of a stream that begins with `start` and cannot be decoded line by line."""
    if wide := wide_encoding(start):
        return wide
    # Not final: the sample may end amid a character.
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(start)
    return "utf-8-sig" if _is_mostly_whole(text) else "cp1252"


def decode(data: bytes) -> tuple[str, str]:
    """Text of `data` and a warning ("" if nothing had to be guessed or replaced).

    A byte-order mark decides, then UTF-8, then UTF-16 by its zero bytes; otherwise broken UTF-8 keeps its good
    characters, and what is not UTF-8 at all is read as Windows-1252.
    """
    encoding = wide_encoding(data)
    if encoding:
        text = data.decode(encoding, "replace")
        damaged = "\ufffd" in text and encoding != "utf-8-sig"
        return text, f"bytes that are not {encoding} were replaced; save it as UTF-8" if damaged else ""
    return _decode_narrow(data)


def _decode_narrow(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _decode_broken(data)


def _decode_broken(data: bytes) -> tuple[str, str]:
    text = data.decode("utf-8", "replace")
    if _is_mostly_whole(text):
        return text, "broken UTF-8 characters were replaced; save it as UTF-8"
    return data.decode("cp1252", "replace"), "not UTF-8, read as Windows-1252; save it as UTF-8"


def _is_mostly_whole(text: str) -> bool:
    """Whether `text`, decoded from UTF-8 with replacements, has no fewer whole characters beyond ASCII than broken."""
    broken = text.count("\ufffd")
    return not broken or len(re.findall(r"[^\x00-\x7f\ufffd]", text)) >= broken


def is_binary(data: bytes) -> bool:
    """Whether `data`, a whole file or its beginning, is no text at all.

    Some stray control characters make no binary file; one in ten characters does.
    """
    if data.startswith((b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")):
        return True
    text, _ = decode(data[:SAMPLE])
    return len(_CONTROLS.findall(text)) > max(3, 0.1 * len(text))


def without_surrogates(text: str) -> str:
    """`text` with each lone surrogate, which no encoding can hold, replaced one for one, so that offsets stay."""
    return _SURROGATES.sub("\ufffd", text)


def printable(text: str) -> str:
    """`text` safe to print in a message: control and direction characters shown as a question mark."""
    return _UNPRINTABLE.sub("?", text)


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """`stream` as one that can be looked into before it is read."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream, SAMPLE)


def lines(stream: io.BufferedReader) -> Iterator[Line]:
    """Lines of `stream`, ended by a newline only, each decoded for itself; one beyond MAX_BYTES has text None."""
    encoding = wide_encoding(stream.peek(SAMPLE))
    if encoding in ("", "utf-8-sig"):
        return _narrow_lines(stream)
    return _wide_lines(stream, encoding)


def _narrow_lines(stream: io.BufferedReader) -> Iterator[Line]:
    number = 0
    while data := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(data) > MAX_BYTES:
            _skip_line(stream, data, b"\n")
            yield Line(number, None)
        else:
            yield Line(number, *_decode_narrow(data.removeprefix(codecs.BOM_UTF8)))


def _wide_lines(stream: io.BufferedReader, encoding: str) -> Iterator[Line]:
    text_stream = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
    number = 0
    while text := text_stream.readline(MAX_BYTES // 4 + 1):
        number += 1
        if len(text) > MAX_BYTES // 4:
            _skip_line(text_stream, text, "\n")
            yield Line(number, None)
        else:
            yield Line(number, text, f"bytes that are not {encoding} were replaced" if "\ufffd" in text else "")
    # Else the stream, which is its owner's to close, would go with the wrapper.
    text_stream.detach()


def _skip_line(stream: io.BufferedReader | io.TextIOWrapper, piece: bytes | str, end: bytes | str) -> None:
    while piece and not piece.endswith(end):
        piece = stream.readline(2**20)
