"""Words that tell what a sentence speaks of when it names a coach and a club: matches, farewells, courtship ..."""

import ahocorasick_rs

from analysis.text import fold, spaced

Heard = tuple[int, str]
"""Where a word ends, and its class."""


class Surroundings:
    """Finds the words of data/lexicon/<language>/surroundings.csv, a class of them a row, in one pass over a text."""

    def __init__(self, rows: list[dict[str, str]]):
        forms: dict[str, list[str]] = {}
        for row in rows:
            for form in row["words"].split("|"):
                forms.setdefault(_needle(form), []).append(row["class"])
        self._classes = list(forms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(forms))

    def heard(self, text: str) -> list[Heard]:
        """Class and end of each word found in `text`, which is `spaced`, by place."""
        found = self._automaton.find_matches_as_indexes(f" {text} ", overlapping=True)
        classes = self._classes
        return [(end - 2, name) for number, _, end in found for name in classes[number]]


def _needle(form: str) -> str:
    """A form as it stands between words; one that ends in `*` may go on."""
    words = " ".join(spaced(fold(form.removesuffix("*"))).split())
    return f" {words}" if form.endswith("*") else f" {words} "
