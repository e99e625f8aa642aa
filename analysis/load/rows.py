"""What every file reader gives: rows, as the file says them, not yet articles."""

from typing import NamedTuple

FIELDS = ("id", "date", "lang", "source", "url", "title", "text")
"""Fields of an article as files give them; title or text must be there."""
EMPTY = "empty; remove it or put an article into it"
NOT_TEXT = "not a text file; save the article as txt, html, jsonl, csv or parquet"


class Row(NamedTuple):
    """One article as its file gives it.

    `number` counts from 1 (None for a file that is one article, or is unreadable as a whole); `values` are its fields
    under FIELDS, None where `error` says what is wrong and how to mend it; `warnings` what was readable all the same.
    """

    number: int | None
    values: dict | None
    error: str = ""
    warnings: tuple[str, ...] = ()
