"""Shingles of many texts at once: runs of words as numbers, so that wording is compared without a string for each run.

A word is a run of letters, digits and underscores of the folded text. Its number is a polynomial hash taken from prefix
sums over all texts joined, modulo 2**64 (Karp and Rabin, Efficient randomized pattern-matching algorithms, 1987); two
different runs share a number about once in 10**19.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from analysis.index.bootstrap import mixed
from analysis.text import fold

_WORDS, _RUNS, _TEXTS = (np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F))
"""Odd bases of the hashes of words, of runs of words and of whole texts."""
_TABLE = 0x3000
"""Characters below this are looked up, those above (few of the six languages) are asked one by one."""


class Wording(NamedTuple):
    """Wording of many texts: `shingles` one after the other, those of text i from starts[i] to starts[i + 1].

    A text with fewer words than a shingle has one of all its words, a text without words none. Shingles that come twice
    stand twice. `whole` is a number of all words of each text in order, 0 where there are none.
    """

    shingles: np.ndarray
    starts: np.ndarray
    whole: np.ndarray


def wording(titles: list[str], texts: list[str], size: int) -> Wording:
    """Shingles of `size` words of each title and text together; `whole` of the text alone."""
    pieces = [piece for both in zip(titles, texts, strict=True) for piece in both]
    words, piece_of = _words(pieces)
    bounds = np.searchsorted(piece_of, np.arange(0, len(pieces) + 1, 2))
    spans = np.searchsorted(piece_of, np.arange(1, len(pieces) + 1, 2))
    shingles, starts = _shingles(words, bounds, size)
    whole = _ranges(words, spans, bounds[1:], _TEXTS)
    return Wording(shingles, starts, np.where(spans < bounds[1:], np.maximum(whole, np.uint64(1)), np.uint64(0)))


def _words(pieces: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Number of every word of `pieces` in order, and the piece it stands in."""
    codes = np.frombuffer(fold(" ".join([*pieces, ""])).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    edges = np.flatnonzero(np.diff(_is_word(codes), prepend=False, append=False))
    first, end = edges[::2], edges[1::2]
    begins = np.cumsum([0, *(len(piece) + 1 for piece in pieces)])
    return _ranges(codes.astype(np.uint64), first, end, _WORDS), np.searchsorted(begins, first, side="right") - 1


def _is_word(codes: np.ndarray) -> np.ndarray:
    beyond = codes >= _TABLE
    known = _word_table()[np.where(beyond, 0, codes)]
    if not beyond.any():
        return known
    strange, at = np.unique(codes[beyond], return_inverse=True)
    known[beyond] = np.array([chr(code).isalnum() for code in strange])[at]
    return known


@lru_cache(maxsize=1)
def _word_table() -> np.ndarray:
    return np.array([chr(code).isalnum() or chr(code) == "_" for code in range(_TABLE)])


def _shingles(words: np.ndarray, bounds: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    lengths = np.diff(bounds)
    counts = np.where(lengths > 0, np.maximum(lengths - size + 1, 1), 0)
    starts = np.concatenate([[0], np.cumsum(counts)])
    first = np.arange(starts[-1]) - np.repeat(starts[:-1] - bounds[:-1], counts)
    return _ranges(words, first, np.minimum(first + size, np.repeat(bounds[1:], counts)), _RUNS), starts


def _ranges(values: np.ndarray, first: np.ndarray, end: np.ndarray, base: np.uint64) -> np.ndarray:
    """A number for each range of `values`: of what stands in it, in its order, and of how much that is."""
    powers, inverses = _powers(base, len(values) + 1)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum((values + np.uint64(1)) * powers[: len(values)])])
    return mixed((sums[end] - sums[first]) * inverses[first] + (end - first).astype(np.uint64))


def _powers(base: np.uint64, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The first `count` powers of an odd base and of its inverse modulo 2**64."""
    inverse = np.uint64(pow(int(base), -1, 2**64))
    size = 1 << max(18, int(count - 1).bit_length())
    return _row(base, size), _row(inverse, size)


@lru_cache(maxsize=6)
def _row(base: np.uint64, count: int) -> np.ndarray:
    row = np.full(count, base, dtype=np.uint64)
    row[0] = 1
    return np.cumprod(row)
