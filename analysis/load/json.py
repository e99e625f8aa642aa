"""Articles in JSON: one object a line, or an array of any length, never more than one object held."""

import io
import json
import re
from collections.abc import Iterator

from analysis.load.decode import MAX_BYTES, SAMPLE, TOO_LARGE, Line, decode, lines, stream_encoding
from analysis.load.rows import EMPTY, Row

_PADDING = "\ufeff \t\r\n"
_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,\ufeff]*")
_CHUNK = 2**18
_TOO_DEEP = "JSON nested too deeply; write a flat object of id, date, lang, source, url, title and text"


def read_jsonl(stream: io.BufferedReader) -> Iterator[Row]:
    """One JSON object a line; the number of a row is that of its line, blank lines included."""
    found = False
    for line in lines(stream):
        if line.text is None or line.text.strip(_PADDING):
            found = True
            yield _line_row(line)
    if not found:
        yield Row(None, None, EMPTY)


def read_json(stream: io.BufferedReader) -> Iterator[Row]:
    """An array of objects, one object, or one object a line."""
    start = decode(stream.peek(SAMPLE))[0].lstrip(_PADDING)
    _, error = _parse(start.partition("\n")[0])
    if start.startswith("[") or (start.startswith("{") and error):
        return _read_elements(stream)
    return read_jsonl(stream)


def _parse(text: str) -> tuple[object, str]:
    """The JSON value that `text` is, and what kept it from being read."""
    try:
        return json.loads(text), ""
    except RecursionError:
        return None, _TOO_DEEP
    except json.JSONDecodeError as error:
        return None, f"not JSON ({error.msg} at column {error.colno}); write each article as one object on one line"
    except ValueError:
        return None, "a number too long for JSON; write it in quotes"


def _line_row(line: Line) -> Row:
    if line.text is None:
        return Row(line.number, None, TOO_LARGE)
    value, error = _parse(line.text.strip(_PADDING))
    return Row(line.number, None, error) if error else _object_row(line.number, value, line.warning)


def _object_row(number: int, value: object, warning: str = "") -> Row:
    if isinstance(value, dict):
        return Row(number, value, "", (warning,) if warning else ())
    kind = {"list": "a list", "str": "a text", "NoneType": "null"}.get(type(value).__name__, "a number")
    return Row(number, None, f'{kind}, not an object; write {{"title": "...", "text": "..."}}')


def _read_elements(stream: io.BufferedReader) -> Iterator[Row]:
    feed = _Elements(stream)
    number = 0
    try:
        for number, value in enumerate(feed, start=1):
            yield _object_row(number, value, feed.warning)
    except RecursionError:
        yield Row(number + 1, None, f"{_TOO_DEEP}. What follows was not read")
    except ValueError as error:
        yield Row(
            number + 1, None, f"not JSON ({error}); mend it or write one object a line. What follows was not read"
        )
    else:
        if not number:
            yield Row(None, None, EMPTY)


class _Elements:
    """Values of a JSON array (or values that follow one another), from a text that is read bit by bit."""

    def __init__(self, stream: io.BufferedReader) -> None:
        encoding = stream_encoding(stream.peek(SAMPLE))
        self.warning = "not UTF-8, read as Windows-1252; save it as UTF-8" if encoding == "cp1252" else ""
        self._text = io.TextIOWrapper(stream, encoding, errors="replace")
        self._buffer, self._at, self._ended = "", 0, False

    def __iter__(self) -> Iterator[object]:
        is_array = self._skip() == "["
        self._at += is_array
        while (character := self._skip()) and not (is_array and character == "]"):
            yield self._value()
        # Else the stream, which is its owner's to close, would go with the wrapper.
        self._text.detach()

    def _skip(self) -> str:
        """Move on to the next value or bracket and return its first character; "" at the end."""
        while True:
            self._at = _BETWEEN.match(self._buffer, self._at).end()
            if self._at < len(self._buffer) or self._ended:
                return self._buffer[self._at : self._at + 1]
            self._read()

    def _value(self) -> object:
        while True:
            try:
                value, self._at = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                # Wrong, or only not read to its end.
                if self._ended:
                    raise ValueError(error.msg) from None
                if len(self._buffer) - self._at > MAX_BYTES:
                    raise ValueError(f"{error.msg}, or {TOO_LARGE}") from None
                self._read()
            else:
                return value

    def _read(self) -> None:
        """Read as much again as is held, so that a long element is tried a few times only."""
        rest = self._buffer[self._at :]
        piece = self._text.read(max(_CHUNK, len(rest)))
        self._buffer, self._at, self._ended = rest + piece, 0, not piece
