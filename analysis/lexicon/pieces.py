"""Parts of a pattern while it is compiled, and the phrases that they stand for."""

from dataclasses import dataclass

from analysis.lexicon.needles import MOST_FORMS, OPEN, is_open


@dataclass(frozen=True)
class Piece:
    """Part of a pattern: expression, whether it may be absent, and what its matches hold for certain."""

    expression: str
    optional: bool = False
    forms: frozenset[str] | None = None
    """All phrases it stands for, where these are few; None else."""
    groups: tuple[frozenset[str], ...] = ()
    """Sets of needles; every match holds one of each."""
    edges: tuple[frozenset[str], frozenset[str]] | None = None
    """For a slot of many shapes: what it may begin and end with."""
    kind: str = "word"
    weight: int = 1
    required: tuple[frozenset[str], ...] = ()


def union(pieces: list[Piece]) -> frozenset[str] | None:
    """All phrases that the branches stand for, None where they are open or too many."""
    if any(piece.forms is None for piece in pieces):
        return None
    forms = frozenset().union(*(piece.forms for piece in pieces))
    return forms if len(forms) <= MOST_FORMS else None


def with_nothing(forms: frozenset[str] | None) -> frozenset[str] | None:
    """The phrases of a part that may be absent."""
    return None if forms is None else forms | {""}


def lengthened(forms: frozenset[str], ending: frozenset[str] | None) -> frozenset[str]:
    """The beginnings of a word with all its endings, or left open where these are unknown or too many."""
    if is_open(forms):
        return forms
    longer = frozenset(one + other for one in forms for other in ending or ())
    return longer if 0 < len(longer) <= MOST_FORMS else frozenset(form + OPEN for form in forms)


def required(items: list[Piece]) -> tuple[frozenset[str], ...]:
    """Sets of which a match of the sequence holds one each."""
    return tuple(words for item in items if not item.optional for words in item.required)
