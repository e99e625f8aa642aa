"""Listed names that an unlisted one resembles: a warning for whoever reviews it, never a decision."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from analysis.gazetteer import Gazetteer
from analysis.text import LANGUAGES, fold

LEAST_LIKENESS = 86
"""Likeness (0-100, of the letters, words in any order) from which a listed name is shown."""
SHORTEST = 5
"""Letters of a name below which a likeness says nothing."""


class Near:
    """Finds the listed names that others resemble."""

    def __init__(self, names: Iterable[tuple[str, str]]):
        """`names` are pairs of a form and the canonical name it stands for."""
        self._names = {fold(form): name for form, name in names if len(form) >= SHORTEST}
        self._forms = list(self._names)

    def to(self, name: str) -> tuple[str, int] | None:
        """The canonical name that `name` resembles most, and how much (0-100); None where it resembles none."""
        folded = fold(name)
        if len(folded) < SHORTEST:
            return None
        found = process.extractOne(folded, self._forms, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_LIKENESS)
        return (self._names[found[0]], int(found[1])) if found else None


@lru_cache(maxsize=1)
def near_coaches(gazetteer: Gazetteer) -> Near:
    """Likeness to the full names of coaches, and to their aliases of more than one word."""
    return Near(_forms(gazetteer.coach_aliases("en"), only_long=True))


@lru_cache(maxsize=1)
def near_clubs(gazetteer: Gazetteer) -> Near:
    """Likeness to the names of clubs in all languages."""
    return Near(pair for lang in LANGUAGES for pair in _forms(gazetteer.club_aliases(lang), only_long=False))


def _forms(aliases: dict, only_long: bool) -> Iterable[tuple[str, str]]:
    for group in aliases.values():
        for alias in group:
            if not only_long or " " in alias.form:
                yield alias.form, alias.preferred or alias.names[0]
