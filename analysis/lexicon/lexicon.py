"""The vocabulary of one language, read from data/lexicon/<lang> and compiled once together with the gazetteer."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import ahocorasick_rs

from analysis.gazetteer import DATA, Alias, load_gazetteer
from analysis.lexicon.needles import Rarity, marks_of, outlined
from analysis.lexicon.patterns import BOARD, FANS, MEDIA, PLAYER, ROLE, STAFF, Compiler, Pattern
from analysis.lexicon.surroundings import Surroundings
from analysis.lexicon.syntax import expand
from analysis.schema import LEXICON_TABLES, read_table
from analysis.text import fold, spaced

ROLE_CHARACTER = {"head_coach": ROLE, "national_coach": ROLE, "caretaker": ROLE, "staff": STAFF, "youth": STAFF,
                  "board": BOARD, "owner": BOARD, "director": BOARD, "player": PLAYER, "fans": FANS, "media": MEDIA,
                  "other_sport": "", "politics": STAFF}  # fmt: skip
_OF_TIME = ("historical", "recent", "pseudo")
"""Categories of modifiers that date what a sentence tells, and that of phrases which only look like modifiers."""
_BREAKS = ("clause_break", "after", "reason", "against", "arrival")
"""Macros that a lexicon keeps compiled."""
UNNAMED_NATIONAL_TEAM = "(national team)"
"""Stands for a national team that the text leaves unnamed ("una Nazionale")."""


@dataclass(frozen=True)
class Cue:
    """A phrase that says something about a coach's job; `weight` is the risk (0-4) it asserts when stated flatly."""

    pattern: Pattern
    stage: str
    weight: int
    subject: str
    proves_coach: bool
    is_noun: bool


@dataclass(frozen=True)
class Modifier:
    """A phrase that changes what the cues in its scope assert (after ConText: Harkema et al. 2009)."""

    pattern: Pattern
    category: str
    direction: str
    words: int | None
    whole_sentence: bool


@dataclass(frozen=True)
class Link:
    """A phrase that ties a club to a coach."""

    pattern: Pattern
    relation: str


@dataclass(frozen=True)
class CausePhrase:
    """A phrase that names a reason from the closed set of causes."""

    pattern: Pattern
    cause: str


@dataclass(frozen=True)
class RoleWord:
    """A word for what somebody does: coach, assistant, president, striker ..."""

    kind: str
    gender: str


@dataclass(slots=True)
class Entry:
    """All that one form found in a text may be."""

    clubs: tuple[Alias, ...] = ()
    coaches: tuple[Alias, ...] = ()
    role: RoleWord | None = None
    country: str = ""


@dataclass(slots=True)
class Form:
    """A folded form looked up in texts, and what it may be."""

    text: str
    entry: Entry
    is_single: bool = field(init=False)
    """Whether it is a single word, which the automaton finds for certain."""

    def __post_init__(self):
        self.is_single = self.text.isalnum()


class RuleIndex:
    """Finds the rules that a text allows in one pass over it, without trying every rule."""

    def __init__(self, rules: list, articles: frozenset[str]):
        self._rules, self._articles = rules, articles
        self._open = {number for number, rule in enumerate(rules) if not rule.pattern.needles}
        by_needle: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(rules):
            for needle in rule.pattern.needles[0] if rule.pattern.needles else ():
                by_needle[needle].append(number)
        self._required = [_required(rule.pattern) for rule in rules]
        self._phrases = [rule.pattern.needles[1:] for rule in rules]
        # Most needles belong to one rule and few groups of rules share any: each group is kept once.
        groups: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._numbers = [groups.setdefault(tuple(numbers), tuple(numbers)) for numbers in by_needle.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_needle))

    def prepare(self) -> None:
        """Compile the patterns of all rules now rather than each when it is first needed."""
        for rule in self._rules:
            _ = rule.pattern.regex

    def occurrences(self, outline: str) -> list[tuple[int, tuple[int, ...]]]:
        """Positions in an outline at which a needle begins, and the numbers of the rules it belongs to."""
        found = self._automaton.find_matches_as_indexes(outline, overlapping=True)
        return [(start, self._numbers[needle]) for needle, start, _ in found]

    def allowed(self, numbers: set[int], line: str, marks: list[str]) -> list:
        """Of the rules with these numbers those that the outline and the marks of a sentence allow, in file order."""
        lacks = {*line.split(), *marks}.isdisjoint
        required, phrases = self._required, self._phrases
        has_words = [number for number in numbers | self._open if not any(map(lacks, required[number]))]
        may_match = [number for number in has_words if not phrases[number] or _holds_one_of_each(phrases[number], line)]
        return [self._rules[number] for number in sorted(may_match)]

    def candidates(self, canonical: str) -> list:
        """Rules that a canonical sentence allows, in the order of their file."""
        line = outlined(canonical, self._articles)
        numbers = set().union(*(numbers for _, numbers in self.occurrences(line)))
        return self.allowed(numbers, line, marks_of(canonical))


def _required(pattern: Pattern) -> list[frozenset[str]]:
    """Sets of words that a sentence with a needle of the pattern's first set is asked for, one of each."""
    sought = {needle.strip() for needle in pattern.needles[0]} if pattern.needles else set()
    return [required for required in pattern.required if required != sought]


def _holds_one_of_each(phrases: tuple[tuple[str, ...], ...], line: str) -> bool:
    return all(any(phrase in line for phrase in needles) for needles in phrases)


@dataclass
class Lexicon:
    """One language's compiled vocabulary."""

    lang: str
    automaton: ahocorasick_rs.AhoCorasick
    """Finds forms in text that is `spaced` and has a space before and after it."""
    forms: list[Form]
    """What each of its patterns stands for."""
    phrases: RuleIndex
    """Cues and links."""
    modifiers: RuleIndex
    times: RuleIndex
    """Of the modifiers those that tell history from news."""
    causes: RuleIndex
    surroundings: Surroundings
    """Words around coaches and clubs, by what they speak of."""
    compiler: Compiler
    function_words: frozenset[str]
    clause_break: re.Pattern | None
    """Words at which a clause ends: relative pronouns, conjunctions (macro clause_break)."""
    after: re.Pattern | None
    """Words that open the circumstances of a report: after, following (macro after)."""
    reason: re.Pattern | None
    """Words that give a reason: after, because of, blamed for (macro reason)."""
    against: re.Pattern | None
    """Words before an opponent (grammar against)."""
    arrival: re.Pattern | None
    """Words before the day on which a coach came, which dates no farewell (grammar arrival)."""
    months: tuple[str, ...]
    """Names of the months from January on, folded."""
    words: dict[str, frozenset[str]]
    """Single-word expansions of the macros, such as articles and words for "former"."""

    def prepare(self) -> None:
        """Compile all patterns now: worth its seconds for those who read thousands of articles, and time them."""
        for rules in (self.phrases, self.modifiers, self.causes):
            rules.prepare()


def _form(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").replace("'", " ").split())


def _read(lang: str, folder: Path) -> dict[str, list[dict[str, str]]]:
    return {name: read_table(folder / lang / name, table) for name, table in LEXICON_TABLES.items()}


def _scope(value: str) -> tuple[int | None, bool]:
    if value.startswith("words:"):
        return int(value.removeprefix("words:")), False
    return None, value == "sentence"


def _modifier(row: dict[str, str], compiler: Compiler) -> Modifier:
    words, whole = _scope(row["scope"])
    return Modifier(compiler.compile(row["pattern"]), row["category"], row["direction"], words, whole)


def _cue(row: dict[str, str], compiler: Compiler) -> Cue:
    return Cue(compiler.compile(row["pattern"]), row["stage"], int(row["weight"]), row["subject"],
               row["proves"] == "yes", "noun" in row["note"].split())  # fmt: skip


def _rarity(rows: dict[str, list[dict[str, str]]]) -> Rarity:
    """How common words are, by the example sentences of the lexicon itself."""
    examples = (row[kind] for table in rows.values() for row in table for kind in ("example", "counterexample")
                if kind in row)  # fmt: skip
    return Rarity(map(fold, examples))


def _macro_words(macros: dict[str, str]) -> dict[str, frozenset[str]]:
    words = {}
    for name in ("the", "of", "at", "by", "former", "new", "women", "and", "club_article", "team"):
        source = macros.get(name, "")
        words[name] = frozenset(expand(source)) if source else frozenset()
    return words


def _role_words(rows: list[dict[str, str]]) -> dict[str, str]:
    slots = {ROLE: "role", STAFF: "staff", BOARD: "board", PLAYER: "player", FANS: "fans", MEDIA: "media"}
    words: dict[str, str] = {}
    for row in rows:
        slot = slots.get(ROLE_CHARACTER[row["kind"]])
        for form in expand(row["form"]) if slot else ():
            words.setdefault(form, slot)
    return words


def _entries(rows: dict[str, list[dict[str, str]]], lang: str, macros: dict[str, str]) -> dict[str, Entry]:
    gazetteer = load_gazetteer()
    entries: dict[str, Entry] = defaultdict(Entry)
    for folded, aliases in gazetteer.club_aliases(lang).items():
        entries[_form(folded)].clubs += tuple(aliases)
    for folded, aliases in gazetteer.coach_aliases(lang).items():
        entries[_form(folded)].coaches += tuple(aliases)
    for row in rows["roles.csv"]:
        for form in expand(row["form"]):
            entries[form].role = entries[form].role or RoleWord(row["kind"], row["gender"])
    for row in rows["demonyms.csv"]:
        for form in expand(row["form"]):
            entries[form].country = row["country"]
    for form in expand(macros.get("national", "")) if "national" in macros else ():
        entries[form].clubs += (Alias(form, (UNNAMED_NATIONAL_TEAM,), UNNAMED_NATIONAL_TEAM, True, "name"),)
    return entries


@lru_cache(maxsize=6)
def load_lexicon(lang: str, folder: Path = DATA / "lexicon") -> Lexicon:
    """Read and compile the vocabulary of `lang`. Raises SchemaError or PatternError where a row is wrong."""
    rows = _read(lang, folder)
    macros = {row["name"]: row["expansion"] for row in rows["macros.csv"]}
    macros |= {row["name"]: row["words"] for row in rows["grammar.csv"]}
    compiler = Compiler(macros, _role_words(rows["roles.csv"]), _rarity(rows))
    entries = _entries(rows, lang, macros)
    words = _macro_words(macros)
    cues = [_cue(row, compiler) for row in rows["cues.csv"]]
    links = [Link(compiler.compile(row["pattern"]), row["relation"]) for row in rows["relations.csv"]]
    causes = [CausePhrase(compiler.compile(row["pattern"]), row["cause"]) for row in rows["causes.csv"]]
    forms = [Form(text, entries[text]) for text in sorted(entries)]
    if lang == "de":
        forms += [Form(f"{form.text}s", form.entry) for form in forms if form.entry.clubs or form.entry.coaches]
    breaks = {name: compiler.compile(f"@{name}").regex if name in macros else None for name in _BREAKS}
    modifiers = [_modifier(row, compiler) for row in rows["modifiers.csv"]]
    compiler.forget()
    return Lexicon(
        lang,
        ahocorasick_rs.AhoCorasick([f" {spaced(form.text)} " for form in forms]),
        forms,
        RuleIndex(cues + links, words["the"]),
        RuleIndex(modifiers, words["the"]),
        RuleIndex([modifier for modifier in modifiers if modifier.category in _OF_TIME], words["the"]),
        RuleIndex(causes, words["the"]),
        Surroundings(rows["surroundings.csv"]),
        compiler,
        frozenset(fold(row["word"]) for row in rows["function_words.csv"]),
        months=tuple(macros["months"].split("|")),
        words=words,
        **breaks,
    )
