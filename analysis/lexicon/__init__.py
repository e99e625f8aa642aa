"""The vocabulary of a language: patterns of data/lexicon, compiled with the names of the gazetteer."""

from analysis.lexicon.lexicon import (
    ROLE_CHARACTER,
    UNNAMED_NATIONAL_TEAM,
    Cue,
    Entry,
    Lexicon,
    Link,
    Modifier,
    RoleWord,
    load_lexicon,
)

__all__ = [
    "Cue",
    "Entry",
    "Lexicon",
    "Link",
    "Modifier",
    "ROLE_CHARACTER",
    "RoleWord",
    "UNNAMED_NATIONAL_TEAM",
    "load_lexicon",
]
