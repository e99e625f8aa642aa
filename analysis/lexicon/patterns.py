"""The small pattern language of data/lexicon: words, groups, gaps, macros and slots, compiled to regular expressions.

docs/LEXICON.md describes the syntax for those who write rows. A pattern is matched against a canonical sentence
(see analysis.mentions.canonical), in which every mention is one private-use character with spaces around it.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from sys import intern

from analysis.lexicon.needles import OPEN, Rarity, Run, as_text
from analysis.lexicon.pieces import Piece, lengthened, required, union, with_nothing
from analysis.lexicon.slots import BOARD, CLUB, COACH, FANS, MEDIA, PERSON, PLAYER, ROLE, STAFF
from analysis.lexicon.syntax import PatternError, expand, glued, normalise, split

_SLOT_CHARACTERS = {"role": ROLE, "club": CLUB, "board": BOARD, "actor": CLUB + BOARD, "fans": FANS, "player": PLAYER,
                    "media": MEDIA, "staff": STAFF}  # fmt: skip
_PLACEHOLDERS = {name: (frozenset(characters),) for name, characters in
                 {**_SLOT_CHARACTERS, "coach": COACH + ROLE + PERSON, "name": COACH + PERSON}.items()}  # fmt: skip
_EDGES = {"coach": (frozenset(COACH + ROLE + CLUB), frozenset(COACH + ROLE + CLUB)),
          "name": (frozenset(COACH + ROLE + CLUB), frozenset(COACH))}  # fmt: skip
"""Of the slots with many shapes what an outline may show first and last."""
NUMBER = "0"
"""What outlines show for any number."""
MOST_KEPT = 500
"""So many branches are kept compiled, which many patterns share, before they are dropped for the next ones."""
_SPACE = r"""(?:'s(?!\w))?[\s'"()\[\]\-/]+"""
_SPACE_OR_COMMA = r"""(?:'s(?!\w))?[\s'"()\[\]\-/,–]+"""
_EDGE = rf"[^\w{COACH}-{STAFF}]*"
"""What may stand between the edge of a sentence and a pattern's first or last word: marks, and no mention."""
_GAP_WORD = r"""(?:\d+:\d+|\d{1,2}\.(?=\s)|[^\s.;:!?'"()\[\]\-/,–]+)"""
_GROUP = re.compile(r"\(\?P<([a-z]+)\d+>")
_MACRO = re.compile(r"@(\w*)")
_PLAIN_WORD = re.compile(r"\w+")
_MARKS = {",": r"\s*,", "?": r"""["'\s]*\?""", ":": r"""["'\s]*:"""}


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern; its regular expression is built when it is first needed, for most rows rest most days."""

    source: str
    expression: str
    needles: tuple[tuple[str, ...], ...]
    """Sets of needles (analysis.lexicon.needles), the rarest first; the outline of every match holds one of each.

    Of those behind the first only sets of phrases are kept: for single words `required` asks too.
    """
    required: tuple[frozenset[str], ...] = ()
    """Sets of words, slots and marks, the rarest first; the outline and the marks of every match hold one of each."""
    words: frozenset[str] = frozenset()
    """The words it spells out."""
    macro_words: frozenset[str] = frozenset()
    """The words of its macros."""
    weight: int = 0
    """How much it asks for: obligatory words, slots counting double; of overlapping matches the heaviest stands."""

    @cached_property
    def regex(self) -> re.Pattern:
        """The regular expression, for canonical sentences. Raises PatternError where it is none."""
        try:
            return re.compile(self.expression)
        except re.error as error:
            raise PatternError(f"pattern {self.source!r}: {error}") from error


@dataclass
class Compiler:
    """Compiles the patterns of one language; `macros` maps a macro's name to its expansion."""

    macros: dict[str, str] = field(default_factory=dict)
    role_words: dict[str, str] = field(default_factory=dict)
    """Folded role words and the slot that stands for them in canonical sentences ("head coach": "role")."""
    rarity: Rarity = field(default_factory=Rarity)

    def __post_init__(self):
        words = sorted(map(re.escape, self.role_words), key=len, reverse=True)
        self._role_word = re.compile(rf"(?<![\w){{*@])({'|'.join(words)})(?![\w(}}*])") if words else None
        self._expanded: dict[str, Piece] = {}
        self._items: dict[str, Piece] = {}
        self._sequences: dict[str, Piece] = {}
        self._shown: dict[frozenset[str], frozenset[str]] = {}
        self._required: dict[frozenset[str], frozenset[str]] = {}
        self._distinct: dict[frozenset[str], frozenset[str]] = {}
        self._articles = frozenset(expand(self.macros["the"])) if "the" in self.macros else frozenset()
        self._slots = self._slot_expressions()

    def compile(self, source: str) -> Pattern:
        """Compile `source`. Raises PatternError for unknown slots or macros and for unbalanced groups."""
        if len(self._sequences) > MOST_KEPT:
            self.forget()
        self._numbers = count(1)
        piece = self._alternatives(self._prepare(source), source)
        if piece.optional:
            raise PatternError(f"pattern {source!r}: matches nothing at all")
        expression = rf"(?<!\w)(?:{self._numbered(piece.expression)})(?!\w)"
        groups = sorted((group for group in dict.fromkeys(piece.groups) if self._can_be_sought(group)),
                        key=self.rarity.of)  # fmt: skip
        needles = tuple(tuple(sorted(texts)) for texts in _telling(list(map(self._as_texts, groups))))
        required = tuple(sorted(self._in_outline(piece.required), key=self.rarity.of))
        words, of_macros = (frozenset(map(intern, _PLAIN_WORD.findall(text)))
                            for text in (source, self._without_macros(source)))  # fmt: skip
        return Pattern(source, expression, needles, required, words, of_macros - words, piece.weight)

    def forget(self) -> None:
        """Drop what is kept of pieces met before, which is of use only while many patterns are compiled."""
        self._items.clear()
        self._sequences.clear()
        self._shown.clear()
        self._required.clear()
        self.rarity.forget()

    def _as_texts(self, needles: frozenset[str]) -> frozenset[str]:
        """The needles as they stand in an outline, each kept once however many patterns share it."""
        if needles not in self._shown:
            self._shown[needles] = frozenset(intern(as_text(needle)) for needle in needles)
        return self._shown[needles]

    def _can_be_sought(self, needles: frozenset[str]) -> bool:
        """Whether outlines show each of `needles`: not so a lone "s" or mark."""
        return all(text.strip() for text in self._as_texts(needles))

    def _without_macros(self, source: str) -> str:
        """The source with the words of its macros in their places."""
        while "@" in source:
            source = _MACRO.sub(lambda match: " " + self.macros.get(match[1], "") + " ", source)
        return source

    def _numbered(self, expression: str) -> str:
        """Every group with a number of its own, also where a macro that holds one stands twice."""
        return _GROUP.sub(lambda match: f"(?P<{match[1]}{next(self._numbers)}>", expression)

    def _in_outline(self, required: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
        """Required words as outlines show them; sets of which they may leave something out do not count."""
        sets = [self._as_words(words) for words in required]
        return tuple(dict.fromkeys(words for words in sets if "" not in words and not words & self._articles))

    def _as_words(self, required: frozenset[str]) -> frozenset[str]:
        if required not in self._required:
            shown = (word if word in _MARKS else as_text(word).strip() for word in required)
            words = frozenset(map(intern, shown))
            self._required[required] = self._distinct.setdefault(words, words)
        return self._required[required]

    def _prepare(self, source: str) -> str:
        """Fold a pattern and put slots for the role words in it, as the canonical sentence has them."""
        text = normalise(source)
        if self._role_word is None:
            return text
        return self._role_word.sub(lambda match: "{" + self.role_words[match.group()] + "}", text)

    def _slot_expressions(self) -> dict[str, str]:
        article = self.macros.get("the", "")
        the = f"(?:{self._alternatives(self._prepare(article), '@the').expression}{_SPACE})?" if article else ""
        of = self.macros.get("of", "")
        of_club = (
            f"(?:{_SPACE}(?:{self._alternatives(self._prepare(of), '@of').expression}{_SPACE}{the})?{CLUB})?"
            if of
            else ""
        )
        led = f"(?:{CLUB}{_SPACE})?{ROLE}{of_club}"
        named = rf"(?:{led}(?:\s*,)?{_SPACE})?[{COACH}{PERSON}]"
        slots = {name: f"{the}[{characters}]" for name, characters in _SLOT_CHARACTERS.items()}
        slots["coach"] = f"{the}(?P<coach0>{named}|{led})"
        slots["name"] = f"{the}(?P<name0>{named})"
        slots["club"] = f"{the}(?P<club0>{CLUB})"
        slots["role"] = f"{the}(?P<role0>{ROLE})"
        slots["num"] = self._optional_macro("num", r"\d+")
        slots["day"] = self._optional_macro("day", r"\d+")
        self._slot_required = _PLACEHOLDERS | {name: self._number_required(name) for name in ("num", "day")}
        return slots

    def _slot_forms(self, name: str) -> frozenset[str] | None:
        """What outlines show for a slot, where that is one character or a closed set of words."""
        if name in _SLOT_CHARACTERS:
            return frozenset(_SLOT_CHARACTERS[name])
        if name not in ("num", "day"):
            return None
        if name not in self.macros:
            return frozenset([NUMBER])
        words = self._alternatives(self._prepare(self.macros[name]), f"@{name}").forms
        return None if words is None else words - {""} | {NUMBER}

    def _number_required(self, name: str) -> tuple[frozenset[str], ...]:
        """A digit or one of the macro's words, where these are known."""
        if name not in self.macros:
            return (frozenset([NUMBER]),)
        required = self._alternatives(self._prepare(self.macros[name]), "@" + name).required
        return (min(required, key=self.rarity.of) | {NUMBER},) if required else ()

    def _optional_macro(self, name: str, fallback: str) -> str:
        if name not in self.macros:
            return fallback
        return f"(?:{fallback}|{self._alternatives(self._prepare(self.macros[name]), '@' + name).expression})"

    def _alternatives(self, text: str, source: str) -> Piece:
        """`a|b c|` as one piece; an empty branch makes it optional."""
        branches = list(dict.fromkeys(split(text, "|", source)))
        pieces = [self._sequence(branch, source) for branch in branches if branch.strip()]
        if not pieces:
            return Piece("", optional=True)
        expression = "|".join(piece.expression for piece in pieces)
        optional = len(pieces) < len(branches) or any(piece.optional for piece in pieces)
        forms = union(pieces)
        every = all(piece.groups for piece in pieces)
        groups = (frozenset().union(*(min(p.groups, key=self.rarity.of) for p in pieces)),) if every else ()
        if len(pieces) == 1:
            groups = pieces[0].groups
        weight = min(piece.weight for piece in pieces)
        return Piece(f"(?:{expression})", optional, forms, groups, weight=weight, required=self._common(pieces))

    def _common(self, branches: list[Piece]) -> tuple[frozenset[str], ...]:
        """What all branches require: of each its rarest set, joined; nothing where a branch requires nothing."""
        if len(branches) == 1:
            return branches[0].required
        if not all(branch.required for branch in branches):
            return ()
        return (frozenset().union(*(min(branch.required, key=self.rarity.of) for branch in branches)),)

    def _sequence(self, text: str, source: str) -> Piece:
        """A branch, compiled when it is first met."""
        if text not in self._sequences:
            self._sequences[text] = self._new_sequence(text, source)
        return self._sequences[text]

    def _new_sequence(self, text: str, source: str) -> Piece:
        items = [self._item(item, source) for item in split(text, " ", source) if item]
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
        weight = sum(item.weight for item in items if item.kind == "word" and not item.optional)
        marked = any(item.kind == "mark" and not item.optional for item in items)
        run = self._run(items)
        forms = run.forms if run.is_whole and not marked else None
        run.end()
        return Piece(expression, not started and not marked, forms, tuple(run.groups), weight=weight,
                      required=required(items))  # fmt: skip

    def _run(self, items: list[Piece]) -> Run:
        """The words and slots of a sequence as needles. Marks do not count: outlines have none."""
        run = Run(self._articles)
        for item in items:
            if item.kind == "mark":
                continue
            if item.forms is not None:
                run.add(with_nothing(item.forms) if item.optional else item.forms)
            elif item.edges is not None and not item.optional:
                run.add_slot(*item.edges)
            else:
                run.end()
                run.groups += () if item.optional else item.groups
        return run

    def _item(self, item: str, source: str) -> Piece:
        """A part of a sequence, compiled when it is first met."""
        if item not in self._items:
            self._items[item] = self._new_item(item, source)
        return self._items[item]

    def _new_item(self, item: str, source: str) -> Piece:
        if item in ("^", "$"):
            return Piece(rf"^{_EDGE}" if item == "^" else rf"{_EDGE}$", kind="edge")
        if item in ("^?", "$?"):
            return Piece("", kind="edge")
        if set(item) == {"~"}:
            words = 3 if item == "~" else 8
            return Piece(rf"(?P<gap0>(?:{_SPACE_OR_COMMA}{_GAP_WORD}){{0,{words}}}?)", kind="gap")
        bare, optional = (item[:-1], True) if item.endswith("?") and len(item) > 1 else (item, False)
        mark = bare[1:-1] if bare in ("{?}", "{:}") else bare
        if mark in _MARKS:
            return Piece(_MARKS[mark], optional, kind="mark", required=(frozenset([mark]),))
        piece = self._word(bare, source)
        if optional and bare[0] not in "{@" and len(glued(bare, source)) > 1:
            # `sack(ed)?`, `dividid(o|a)s?`: the mark belongs to the ending, not to the word
            piece, optional = self._word(item, source), False
        return replace(piece, optional=optional or piece.optional)

    def _word(self, text: str, source: str) -> Piece:
        """One item without outer spaces: a slot, a macro, a group, or a word with groups inside it."""
        if text.startswith("{") and text.endswith("}"):
            name = text[1:-1]
            expression, required = self._slot(name, source), self._slot_required.get(name, ())
            forms = self._slot_forms(name)
            groups = (forms or _EDGES[name][0],) if forms or name in _EDGES else ()
            return Piece(expression, False, forms, groups, _EDGES.get(name), weight=2, required=required)
        if text.startswith("@"):
            return self._macro(text[1:], source)
        parts = glued(text, source)
        if len(parts) == 1 and parts[0].startswith("("):
            return self._alternatives(parts[0][1:-1], source)
        expression, forms = "", frozenset([""])
        for index, part in enumerate(parts):
            if part == "?":
                continue
            optional = parts[index + 1 : index + 2] == ["?"]
            if part.startswith("("):
                group = self._alternatives(part[1:-1], source)
                optional = optional or group.optional
                expression += f"{group.expression}?" if optional else group.expression
                forms = lengthened(forms, with_nothing(group.forms) if optional else group.forms)
            elif part == OPEN:
                expression, forms = expression + r"\w*", lengthened(forms, None)
            else:
                expression += re.escape(part) + ("?" if optional else "")
                forms = lengthened(forms, frozenset([part, part[:-1]] if optional else [part]))
        sure = forms - {"", OPEN}
        groups = (sure,) if len(sure) == len(forms) else ()
        whole = groups if all(map(_PLAIN_WORD.fullmatch, forms)) else ()
        return Piece(expression, forms=forms if groups else None, groups=groups, required=whole)

    def _slot(self, name: str, source: str) -> str:
        if name not in self._slots:
            raise PatternError(f"pattern {source!r}: unknown slot {{{name}}}")
        return self._slots[name]

    def _macro(self, name: str, source: str) -> Piece:
        if name not in self.macros:
            raise PatternError(f"pattern {source!r}: unknown macro @{name}")
        if name not in self._expanded:
            self._expanded[name] = self._alternatives(self._prepare(self.macros[name]), f"@{name}")
        return self._expanded[name]


def _telling(groups: list[frozenset[str]]) -> list[frozenset[str]]:
    """The first set of needles, and of the others those that hold phrases alone."""
    return groups[:1] + [texts for texts in groups[1:] if all(" " in text.strip() for text in texts)]
