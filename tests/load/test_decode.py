"""Bytes become text and lines whatever they are, in bounded memory."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.load import decode as decoding
from analysis.load.decode import buffered, decode, is_binary, lines, printable, without_surrogates

SENTENCE = "Perché Ancelotti è à rischio: «così non va»"


def read_lines(data: bytes) -> list[str | None]:
    return [line.text for line in lines(buffered(io.BytesIO(data)))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_marked_and_unmarked_unicode_is_read_without_a_warning(encoding):
    assert decode(SENTENCE.encode(encoding)) == (SENTENCE, "")


def test_windows_text_is_read_with_a_warning():
    text, warning = decode(SENTENCE.encode("cp1252"))
    assert text == SENTENCE
    assert "Windows-1252" in warning


def test_broken_utf8_keeps_its_good_characters():
    text, warning = decode(SENTENCE.encode() + b" \xc3 fine")
    assert text == SENTENCE + " \ufffd fine"
    assert "broken UTF-8" in warning


@given(st.binary())
def test_decoding_never_raises(data):
    text, _ = decode(data)
    assert isinstance(text, str)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf8_is_decoded_as_it_is(text):
    data = text.encode()
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and "\0" not in text and not text.startswith("\ufeff"):
        assert decode(data) == (text, "")


@pytest.mark.parametrize("data", [b"%PDF-1.4 some text", b"PK\x03\x04 zip", bytes(range(256)) * 20, b"\x89PNG\r\n"])
def test_binary_is_known_for_what_it_is(data):
    assert is_binary(data)


@pytest.mark.parametrize(
    "data", [SENTENCE.encode(), SENTENCE.encode("utf-16"), b"a\0 stray zero in a line of text", b""]
)
def test_text_is_not_taken_for_binary(data):
    assert not is_binary(data)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"))))
def test_lines_end_at_newlines_only(texts):
    data = "".join(f"{text}\n" for text in texts).encode()
    assert read_lines(data) == [f"{text}\n" for text in texts]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_too_long_is_passed_over_and_the_next_is_read(monkeypatch, encoding):
    monkeypatch.setattr(decoding, "MAX_BYTES", 400)
    assert read_lines(f"one\n{'x' * 1000}\nthree\n".encode(encoding)) == ["one\n", None, "three\n"]


def test_a_line_without_end_is_never_held(monkeypatch):
    class Endless(io.RawIOBase):
        left = 50_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, target) -> int:
            size = min(len(target), self.left)
            target[:size] = b"x" * size
            self.left -= size
            return size

    monkeypatch.setattr(decoding, "MAX_BYTES", 1000)
    assert [line.text for line in lines(buffered(Endless()))] == [None]


@given(st.text())
def test_surrogates_go_and_offsets_stay(text):
    clean = without_surrogates(text)
    clean.encode("utf-8")
    assert len(clean) == len(text)


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "a\rb", "a\nb", "\u202egnp.exe", "\x9b2J", "\udcff"])
def test_messages_hold_nothing_that_moves_the_cursor_or_turns_the_text(hostile):
    assert "?" in printable(hostile)
    printable(hostile).encode("utf-8")
