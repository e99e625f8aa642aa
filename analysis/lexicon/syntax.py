"""How a pattern of data/lexicon is written: its branches, items and parts, and the phrases a closed one stands for."""

import re

from analysis.text import fold


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message names the pattern and what is wrong with it."""


def normalise(source: str) -> str:
    """Fold a pattern; hyphens and apostrophes separate words in texts, so they do here."""
    return re.sub(r"\s+", " ", fold(source).replace("-", " ").replace("'", " ")).strip()


def split(text: str, separator: str, source: str) -> list[str]:
    """Split at `separator` outside parentheses and braces. Raises PatternError where these do not pair."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        if character in "({":
            depth += 1
        elif character in ")}":
            depth -= 1
        elif character == separator and depth == 0:
            parts.append(text[start:index])
            start = index + 1
        if depth < 0:
            break
    if depth:
        raise PatternError(f"pattern {source!r}: unbalanced parenthesis")
    return [*parts, text[start:]]


def glued(text: str, source: str) -> list[str]:
    """Cut `esonerat(o|a)*` into its literal runs, groups, `*` and `?`. Raises PatternError, naming `source`."""
    parts, index = [], 0
    while index < len(text):
        end = index + 1
        if text[index] == "(":
            end = _closing(text, index, source)
        elif text[index] in "{}@~^$,":
            raise PatternError(f"pattern {source!r}: put a space around {text[index]!r} in {text!r}")
        elif text[index] not in "*?":
            while end < len(text) and text[end] not in "(*?{@~^$,":
                end += 1
        parts.append(text[index:end])
        index = end
    return parts


def _closing(text: str, start: int, source: str) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
    raise PatternError(f"pattern {source!r}: unbalanced parenthesis")


def expand(source: str, limit: int = 4000) -> list[str]:
    """All word sequences that a pattern without slots, gaps and `*` stands for, folded.

    Raises PatternError where the pattern is open or stands for more than `limit` forms.
    """
    forms = _expand(normalise(source), source)
    if len(forms) > limit:
        raise PatternError(f"pattern {source!r}: more than {limit} forms")
    return sorted({re.sub(r"\s+", " ", form).strip() for form in forms} - {""})


def _expand(text: str, source: str) -> list[str]:
    forms: list[str] = []
    for branch in split(text, "|", source):
        partial = [""]
        for item in split(branch, " ", source):
            partial = [f"{before} {after}" for before in partial for after in _expand_item(item, source)]
        forms += partial
    return forms


def _expand_item(item: str, source: str) -> list[str]:
    whole_optional = item.endswith("?") and not (item.endswith(")?") and not item.startswith("("))
    parts = glued(item[:-1] if whole_optional else item, source)
    forms = [""]
    for index, part in enumerate(parts):
        if part == "?":
            continue
        if part == "*" or part[0] in "{@~^$":
            raise PatternError(f"pattern {source!r}: only words and groups are allowed here")
        choices = _expand(part[1:-1], source) if part.startswith("(") else [part]
        if parts[index + 1 : index + 2] == ["?"]:
            choices = [*choices, ""]
        forms = [before + after.strip() for before in forms for after in choices]
    return [*forms, ""] if whole_optional else forms
