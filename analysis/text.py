"""Text as the reader sees it: folded with offsets kept, cut into sentences, its language identified."""

import re
import unicodedata
from functools import lru_cache

import numpy as np

LANGUAGES = ("it", "es", "en", "fr", "de", "pt")

LONGEST_SENTENCE = 1200
"""Code points; a longer run without an end mark is cut at a space, so that reading stays linear in the text."""

_BEYOND = 0x3000
_SPECIAL = {
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‹": '"', "›": '"', "″": '"',
    "‐": "-", "‑": "-", "–": "–", "—": "–", "―": "–", "−": "-",
    "ß": "s", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d",
    "ı": "i", "İ": "i", "æ": "a", "Æ": "a", "œ": "o", "Œ": "o", "þ": "t", "Þ": "t", "…": "…",
}  # fmt: skip

_BOUNDARY = re.compile(
    r"""[.!?…\n|+]                                                          # what a boundary can hold, found fast; then
        (?: (?<=[.!?…])[.!?…]*["'”’»)\]]*\s+(?=["'“‘«„(\[¿¡*•–—-]*\s*[^\W_a-zà-öø-ÿ])  # an end mark, a capital or digit
          | (?<=\n)\s*                                                     # a new line
          | (?<=\s\|)\s+                                                   # a headline's bar
          | (?<=\s\+)\+\+\s                                               # a ticker's +++
        )""",
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“«„])(?:[A-ZÀ-Þ]|Sig|Dott|Sr|Sra|Dr|Dra|Mr|Mrs|Ms|St|Sp|Jr|vs|ca|bzw|usw|etc|z\.\s?B|d\.\s?h|u\.\s?a|n|nº|No|Nr|art|pag|pp|Prof|Ing|Avv|Gen|Hrsg)\.$"
)
_NO_WORD = re.compile(r"[^\w ]")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")


def _fold_character(code: int) -> int:
    character = chr(code)
    if character in _SPECIAL:
        return ord(_SPECIAL[character])
    if unicodedata.combining(character) or not character.isprintable():
        return code if character == "\n" or unicodedata.combining(character) else 0x20
    if character.isspace():
        return 0x20
    base = unicodedata.normalize("NFKD", character)[0]
    lower = base.lower()
    return ord(lower) if len(lower) == 1 else code


@lru_cache(maxsize=1)
def _fold_table() -> np.ndarray:
    return np.fromiter((_fold_character(code) for code in range(_BEYOND)), dtype=np.uint32, count=_BEYOND)


class _Folding(dict):
    """What each character folds to, found when it is first met."""

    def __missing__(self, code: int) -> int:
        self[code] = folded = int(_fold_table()[code]) if code < _BEYOND else code
        return folded


_FOLDING = _Folding()
SHORT = 100
"""Texts shorter than this are folded letter by letter, which is faster for them."""


def fold(text: str) -> str:
    """Lower-case `text` without accents and with plain quotes and apostrophes.

    Every code point gives exactly one code point, so an offset into the result is an offset into `text`.
    """
    if text.isascii() and "`" not in text:
        return text.lower().replace("\t", " ")
    if len(text) < SHORT:
        return text.translate(_FOLDING)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = _fold_table()
    inside = codes < _BEYOND
    folded = table[codes] if inside.all() else np.where(inside, table[np.minimum(codes, _BEYOND - 1)], codes)
    return folded.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def spaced(folded: str) -> str:
    """Folded text with a space for every character that belongs to no word, each in its place."""
    return _NO_WORD.sub(" ", folded)


def compose(text: str) -> tuple[str, list[int] | None]:
    """Return `text` in composed form (NFC) and, where that moved anything, the original offset of each position.

    The list has one entry more than the composed text, so that ends map too. None means that nothing moved.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces, starts = [], []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        starts.extend([start] * len(piece))
        start = end
    return "".join(pieces), [*starts, len(text)]


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut `text` into sentences, given as (start, end) offsets without surrounding white space."""
    spans, start = [], 0
    for boundary in _BOUNDARY.finditer(text):
        mark, end = boundary.span()
        if text[mark] == "." and _is_false_boundary(text, start, mark, end):
            continue
        _append(spans, text, start, end)
        start = end
    _append(spans, text, start, len(text))
    return spans


def _is_false_boundary(text: str, start: int, mark: int, end: int) -> bool:
    """Whether the single stop at `mark` ends an abbreviation or an ordinal."""
    before = text[max(start, mark - 12) : mark + 1]
    if text.find(".", mark + 1, end) >= 0:
        return False
    return bool(_ABBREVIATION.search(before) or _ORDINAL.search(before))


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end - start > LONGEST_SENTENCE:
        space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = space if space > 0 else start + LONGEST_SENTENCE
        _append_short(spans, text, start, cut)
        start = cut
    _append_short(spans, text, start, end)


def _append_short(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if end > start:
        spans.append((start, end))
