"""The small pattern language of data/lexicon: words, groups, gaps, macros and slots, compiled to regular expressions.

docs/LEXICON.md describes the syntax for those who write rows. A pattern is matched against a canonical sentence
(see analysis.canonical), in which every mention is one private-use character with spaces around it.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from analysis.text import fold

COACH, ROLE, PERSON, CLUB, BOARD, FANS, PLAYER, MEDIA, STAFF = (chr(0xE000 + i) for i in range(9))
"""Placeholders: a coach's name, a role phrase, another person, a club, its officials, fans, players, press, staff."""

_SLOT_CHARACTERS = {"role": ROLE, "club": CLUB, "board": BOARD, "actor": CLUB + BOARD, "fans": FANS, "player": PLAYER,
                    "media": MEDIA, "staff": STAFF}  # fmt: skip
_PLACEHOLDERS = {name: (frozenset(characters),) for name, characters in
                 {**_SLOT_CHARACTERS, "coach": COACH + ROLE + PERSON, "name": COACH + PERSON}.items()}  # fmt: skip
_WORD_OR_PLACEHOLDER = re.compile(rf"\w+|[{COACH}-{STAFF}]")
_SPACE = r"""(?:'s(?!\w))?[\s'"()\[\]\-/]+"""
_SPACE_OR_COMMA = r"""(?:'s(?!\w))?[\s'"()\[\]\-/,–]+"""
_GAP_WORD = r"""(?:\d+:\d+|[^\s.;:!?'"()\[\]\-/,–]+)"""
_MARKS = {",": r"\s*,", "?": r"""["'\s]*\?""", ":": r"""["'\s]*:"""}


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message names the pattern and what is wrong with it."""


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern; its regular expression is built when it is first needed, for most rows rest most days."""

    source: str
    expression: str
    anchors: tuple[str, ...]
    """Word beginnings one of which every match holds."""
    required: tuple[frozenset[str], ...] = ()
    """Sets of whole words; every match holds a word of each."""
    weight: int = 0
    """How much it asks for: obligatory words, slots counting double; of overlapping matches the heaviest stands."""

    @cached_property
    def regex(self) -> re.Pattern:
        """The regular expression, for canonical sentences. Raises PatternError where it is none."""
        try:
            return re.compile(self.expression)
        except re.error as error:
            raise PatternError(f"pattern {self.source!r}: {error}") from error


@dataclass(frozen=True)
class _Piece:
    """Part of a pattern: expression, whether it may be absent, and its anchors (empty: none for certain)."""

    expression: str
    optional: bool = False
    anchors: frozenset[str] = frozenset()
    kind: str = "word"
    weight: int = 1
    required: tuple[frozenset[str], ...] = ()


@dataclass
class Compiler:
    """Compiles the patterns of one language; `macros` maps a macro's name to its expansion."""

    macros: dict[str, str] = field(default_factory=dict)
    role_words: dict[str, str] = field(default_factory=dict)
    """Folded role words and the slot that stands for them in canonical sentences ("head coach": "role")."""

    def __post_init__(self):
        self._numbers = count(1)
        words = sorted(map(re.escape, self.role_words), key=len, reverse=True)
        self._role_word = re.compile(rf"(?<![\w){{*@])({'|'.join(words)})(?![\w(}}*])") if words else None
        self._expanded: dict[str, _Piece] = {}
        self._slots = self._slot_expressions()

    def compile(self, source: str) -> Pattern:
        """Compile `source`. Raises PatternError for unknown slots or macros and for unbalanced groups."""
        self._numbers = count(1)
        piece = self._alternatives(self._prepare(source), source)
        if piece.optional:
            raise PatternError(f"pattern {source!r}: matches nothing at all")
        expression = rf"(?<!\w)(?:{piece.expression})(?!\w)"
        return Pattern(source, expression, tuple(sorted(piece.anchors)), piece.required, piece.weight)

    def _prepare(self, source: str) -> str:
        """Fold a pattern and put slots for the role words in it, as the canonical sentence has them."""
        text = _normalise(source)
        if self._role_word is None:
            return text
        return self._role_word.sub(lambda match: "{" + self.role_words[match.group()] + "}", text)

    def _slot_expressions(self) -> dict[str, str]:
        article = self.macros.get("the", "")
        the = f"(?:{self._alternatives(self._prepare(article), '@the').expression}{_SPACE})?" if article else ""
        of = self.macros.get("of", "")
        of_club = (
            f"(?:{_SPACE}{self._alternatives(self._prepare(of), '@of').expression}{_SPACE}{the}{CLUB})?" if of else ""
        )
        led = f"(?:{CLUB}{_SPACE})?{ROLE}{of_club}"
        named = rf"(?:{led}(?:\s*,)?{_SPACE})?[{COACH}{PERSON}]"
        slots = {name: f"{the}[{characters}]" for name, characters in _SLOT_CHARACTERS.items()}
        slots["coach"] = f"{the}(?P<coach#>{named}|{led})"
        slots["name"] = f"{the}(?P<name#>{named})"
        slots["club"] = f"{the}(?P<club#>{CLUB})"
        slots["role"] = f"{the}(?P<role#>{ROLE})"
        slots["num"] = self._optional_macro("num", r"\d+")
        slots["day"] = self._optional_macro("day", r"\d+")
        return slots

    def _optional_macro(self, name: str, fallback: str) -> str:
        if name not in self.macros:
            return fallback
        return f"(?:{fallback}|{self._alternatives(self._prepare(self.macros[name]), '@' + name).expression})"

    def _alternatives(self, text: str, source: str) -> _Piece:
        """`a|b c|` as one piece; an empty branch makes it optional."""
        branches = list(dict.fromkeys(_split(text, "|", source)))
        pieces = [self._sequence(branch, source) for branch in branches if branch.strip()]
        if not pieces:
            return _Piece("", optional=True)
        expression = "|".join(piece.expression for piece in pieces)
        every = all(piece.anchors for piece in pieces)
        anchors = frozenset().union(*(piece.anchors for piece in pieces)) if every else frozenset()
        optional = len(pieces) < len(branches) or any(piece.optional for piece in pieces)
        weight = min(piece.weight for piece in pieces)
        return _Piece(f"(?:{expression})", optional, anchors, weight=weight, required=_common(pieces))

    def _sequence(self, text: str, source: str) -> _Piece:
        items = [self._item(item, source) for item in _split(text, " ", source) if item]
        expression, started, space = "", False, _SPACE
        for item in items:
            if item.kind == "edge":
                expression += item.expression
            elif item.kind == "gap":
                expression, space = expression + item.expression, _SPACE_OR_COMMA
            elif item.kind == "mark":
                expression += f"(?:{item.expression})?" if item.optional else item.expression
            elif not started:
                expression += f"(?:{item.expression}{space})?" if item.optional else item.expression
                started = not item.optional
            else:
                expression += f"(?:{space}{item.expression})?" if item.optional else space + item.expression
                space = space if item.optional else _SPACE
        obligatory = [item.anchors for item in items if item.anchors and not item.optional]
        best = max(obligatory, key=lambda words: (min(map(len, words)), -len(words)), default=frozenset())
        weight = sum(item.weight for item in items if item.kind == "word" and not item.optional)
        marked = any(item.kind == "mark" and not item.optional for item in items)
        required = tuple(words for item in items if not item.optional for words in item.required)
        return _Piece(expression, not started and not marked, best, weight=weight, required=required)

    def _item(self, item: str, source: str) -> _Piece:
        if item in ("^", "$"):
            return _Piece(r"^\W*" if item == "^" else r"\W*$", kind="edge")
        if item in ("^?", "$?"):
            return _Piece("", kind="edge")
        if set(item) == {"~"}:
            words = 3 if item == "~" else 8
            return _Piece(rf"(?:{_SPACE_OR_COMMA}{_GAP_WORD}){{0,{words}}}?", kind="gap")
        bare, optional = (item[:-1], True) if item.endswith("?") and len(item) > 1 else (item, False)
        mark = bare[1:-1] if bare in ("{?}", "{:}") else bare
        if mark in _MARKS:
            return _Piece(_MARKS[mark], optional, kind="mark")
        piece = self._word(bare, source)
        if (
            optional and bare.endswith(")") and len(_glued(bare, source)) > 1
        ):  # `sack(ed)?`: the mark belongs to the ending, not to the word
            piece, optional = self._word(item, source), False
        return _Piece(piece.expression, optional or piece.optional, piece.anchors, weight=piece.weight,
                      required=piece.required)  # fmt: skip

    def _word(self, text: str, source: str) -> _Piece:
        """One item without outer spaces: a slot, a macro, a group, or a word with groups inside it."""
        if text.startswith("{") and text.endswith("}"):
            name = text[1:-1]
            return _Piece(self._slot(name, source), weight=2, required=_PLACEHOLDERS.get(name, ()))
        if text.startswith("@"):
            return self._macro(text[1:], source)
        parts = _glued(text, source)
        if len(parts) == 1 and parts[0].startswith("("):
            return self._alternatives(parts[0][1:-1], source)
        expression, anchors, fixed = "", frozenset([""]), True
        for index, part in enumerate(parts):
            if part == "?":
                continue
            optional = parts[index + 1 : index + 2] == ["?"]
            if part.startswith("("):
                group = self._alternatives(part[1:-1], source)
                expression += f"{group.expression}?" if optional or group.optional else group.expression
                anchors, fixed = self._extend(anchors, group, fixed and not optional)
            elif part == "*":
                expression, fixed = expression + r"\w*", False
            else:
                expression += re.escape(part)
                anchors = frozenset(a + part for a in anchors) if fixed else anchors
        whole = (anchors,) if fixed and "" not in anchors else ()
        return _Piece(expression, anchors=anchors - {""}, required=whole)

    @staticmethod
    def _extend(anchors: frozenset[str], group: _Piece, fixed: bool) -> tuple[frozenset[str], bool]:
        """Lengthen the anchors by a group inside a word; they stop growing where a branch is open."""
        if not fixed or group.optional or not group.anchors or len(anchors) * len(group.anchors) > 40:
            return anchors, False
        plain = group.expression.count("|") + 1 == len(group.anchors)
        return (frozenset(a + b for a in anchors for b in group.anchors), True) if plain else (anchors, False)

    def _slot(self, name: str, source: str) -> str:
        if name not in self._slots:
            raise PatternError(f"pattern {source!r}: unknown slot {{{name}}}")
        return self._slots[name].replace("#", str(next(self._numbers)))

    def _macro(self, name: str, source: str) -> _Piece:
        if name not in self.macros:
            raise PatternError(f"pattern {source!r}: unknown macro @{name}")
        if name not in self._expanded:
            self._expanded[name] = self._alternatives(self._prepare(self.macros[name]), f"@{name}")
        return self._expanded[name]


def words_of(canonical: str) -> set[str]:
    """Words and placeholders of a canonical sentence, for asking which patterns it allows."""
    return set(_WORD_OR_PLACEHOLDER.findall(canonical))


def _common(branches: list[_Piece]) -> tuple[frozenset[str], ...]:
    """What all branches require: of each its smallest set, joined; nothing where a branch requires nothing."""
    if len(branches) == 1:
        return branches[0].required
    if not all(branch.required for branch in branches):
        return ()
    return (frozenset().union(*(min(branch.required, key=len) for branch in branches)),)


def _normalise(source: str) -> str:
    """Fold a pattern; hyphens and apostrophes separate words in texts, so they do here."""
    return re.sub(r"\s+", " ", fold(source).replace("-", " ").replace("'", " ")).strip()


def _split(text: str, separator: str, source: str) -> list[str]:
    """Split at `separator` outside parentheses and braces."""
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


def _glued(text: str, source: str) -> list[str]:
    """Cut `esonerat(o|a)*` into its literal runs, groups, `*` and `?`."""
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
    forms = _expand(_normalise(source), source)
    if len(forms) > limit:
        raise PatternError(f"pattern {source!r}: more than {limit} forms")
    return sorted({re.sub(r"\s+", " ", form).strip() for form in forms} - {""})


def _expand(text: str, source: str) -> list[str]:
    forms: list[str] = []
    for branch in _split(text, "|", source):
        partial = [""]
        for item in _split(branch, " ", source):
            partial = [f"{before} {after}" for before in partial for after in _expand_item(item, source)]
        forms += partial
    return forms


def _expand_item(item: str, source: str) -> list[str]:
    whole_optional = item.endswith("?") and not (item.endswith(")?") and not item.startswith("("))
    parts = _glued(item[:-1] if whole_optional else item, source)
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
