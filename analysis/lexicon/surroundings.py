"""Words that tell what a sentence speaks of when it names a coach and a club: matches, farewells, courtship ..."""

from itertools import accumulate

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

    def heard_in(self, texts: list[str]) -> list[set[str]]:
        """The classes of the words found in each of `texts`, which are folded."""
        starts = list(accumulate((len(text) + 2 for text in texts), initial=0))
        found: list[set[str]] = [set() for _ in texts]
        number = 0
        # Between two texts stand two spaces, which no needle holds, so that none reaches into the next text.
        for end, name in self.heard(spaced("\n ".join(texts))):
            while starts[number + 1] <= end:
                number += 1
            found[number].add(name)
        return found


def _needle(form: str) -> str:
    """A form as it stands between words; one that ends in `*` may go on."""
    words = " ".join(spaced(fold(form.removesuffix("*"))).split())
    return f" {words}" if form.endswith("*") else f" {words} "
