"""Names that stand in no list, found by their capitals, a given name or a role word before them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from analysis.gazetteer import Gazetteer
from analysis.lexicon import Lexicon
from analysis.lexicon.patterns import PERSON
from analysis.mentions.document import Document
from analysis.mentions.names import NameSpan, display_name, subspan
from analysis.mentions.people import Mention, Person
from analysis.text import fold

_JOINTS = frozenset(("y", "e", "et", "el", "al", "le", "den", "der"))
"""Small words that names hold at most after the given name; later they are the sentence's own."""
NEAR_ROLE = 12
"""A role further than this from a name has more than blanks and quotes between."""


class Strangers:
    """The persons of one article, those of the gazetteer and those it does not know."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer):
        self._lexicon, self._gazetteer = lexicon, gazetteer
        self._persons: dict[str, Person] = {}
        self._by_folded_name: dict[str, Person] = {}
        self._by_surname: dict[str, Person] = {}

    @property
    def persons(self) -> list[Person]:
        """Everybody met so far, in order."""
        return list(self._persons.values())

    def known(self, coach: str) -> Person:
        """The person of a coach in the gazetteer."""
        if coach not in self._persons:
            person = Person(coach, "coach", self._gazetteer.coaches[coach])
            self._persons[coach] = person
            self._by_folded_name[fold(coach)] = person
            self._by_surname.setdefault(fold(coach).split()[-1], person)
        return self._persons[coach]

    def add_full_names(self, document: Document, runs: list[NameSpan], mentions: list[Mention]) -> None:
        """Add the full names among the capitalised `runs` of a field to its `mentions`."""
        taken = Taken(mentions)
        given = self._gazetteer.given_names
        for run in runs:
            if not taken.has_role_before(run) and not _holds(run.words[:-1], given):
                continue
            for piece in taken.free_parts(run):
                for name in self._full_names_in(piece, document, taken):
                    person = self._named_person(document.text[name.start : name.end])
                    mentions.append(Mention(name.start, name.end, PERSON, person=person))
        mentions.sort(key=lambda mention: mention.start)

    def _full_names_in(self, piece: NameSpan | None, document: Document, taken: "Taken") -> Iterator[NameSpan]:
        """The names of a run: "Luis Prado y Mario Brenta" are two."""
        while piece and any(document.text[start].isupper() for _, start, _ in piece.words):
            name = self._full_name(piece, document, taken)
            if name is None:
                return
            yield name
            rest = next((i for i, (_, start, _) in enumerate(piece.words) if start >= name.end), len(piece.words))
            piece = subspan(piece, rest, len(piece.words)) if rest < len(piece.words) else None

    def _full_name(self, piece: NameSpan, document: Document, taken: "Taken") -> NameSpan | None:
        given = self._gazetteer.given_names
        for index, (word, _, _) in enumerate(piece.words):
            if word in given and index + 1 < len(piece.words):
                return _cut_name(subspan(piece, index, min(index + 5, len(piece.words))), document)
        role = taken.ending_before(piece.start, document)
        is_club = document.text[piece.start].islower() and piece.words[0][0] in self._lexicon.words["of"]
        if role is not None and role.role and len(piece.words) <= 4 and not is_club:  # "l'allenatore del Borgo"
            return _cut_name(piece, document)
        return None

    def _named_person(self, text: str) -> Person:
        name = display_name(text)
        key = fold(name)
        if key in self._by_folded_name:
            return self._by_folded_name[key]
        surname = key.split()[-1]
        known = self._by_surname.get(surname)
        if known and len(key.split()) == 1:
            return known
        person = self._persons.setdefault(name, Person(name))
        self._by_folded_name[key] = person
        self._by_surname.setdefault(surname, person)
        return person

    def add_surnames(self, document: Document, runs: list[NameSpan], mentions: list[Mention]) -> None:
        """Add the surnames of persons met before."""
        taken = Taken(mentions)
        known, is_german = self._by_surname, self._lexicon.lang == "de"
        for run in runs:
            if not _holds(run.words, known) and not (is_german and any(self._genitive(word[0]) for word in run.words)):
                continue
            for piece in taken.free_parts(run):
                for word, start, end in piece.words:
                    person = self._by_surname.get(word) or self._genitive(word)
                    if person and document.text[start].isupper():
                        mentions.append(Mention(start, end, PERSON, person=person))

    def _genitive(self, word: str) -> Person | None:
        if self._lexicon.lang == "de" and word.endswith("s") and len(word) > 4:
            return self._by_surname.get(word[:-1])
        return None


def _cut_name(name: NameSpan, document: Document) -> NameSpan:
    """A name up to an "y el" or "den" that joins it to what follows: "Efraín Montaño y el Lugo"."""
    for index, (word, start, _) in enumerate(name.words):
        if index > 1 and word in _JOINTS and document.text[start].islower():
            return subspan(name, 0, index) or name
    return name


def _holds(words: list[tuple[str, int, int]], names: dict) -> bool:
    return any(word[0] in names for word in words)


class Taken:
    """Which parts of a field are mentions already."""

    def __init__(self, mentions: list[Mention]):
        self._mentions = sorted(mentions, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self._mentions]
        self._ends = [mention.end for mention in self._mentions]
        self._role_ends = [mention.end for mention in self._mentions if mention.role]

    def has_role_before(self, run: NameSpan) -> bool:
        """Whether a role stands just before `run` or within it."""
        index = bisect_right(self._role_ends, run.end) - 1
        return index >= 0 and self._role_ends[index] > run.start - NEAR_ROLE

    def free_parts(self, run: NameSpan) -> list[NameSpan]:
        """The stretches of `run` that no mention covers."""
        first = bisect_right(self._ends, run.start)
        covering = self._mentions[first : bisect_left(self._starts, run.end, lo=first)]
        if not covering:
            return [run]
        parts, current = [], []
        for word in run.words:
            if any(m.start < word[2] and m.end > word[1] for m in covering):
                parts.append(tuple(current))
                current = []
            else:
                current.append(word)
        parts.append(tuple(current))
        return [NameSpan(words[0][1], words[-1][2], words) for words in parts if words]

    def ending_before(self, offset: int, document: Document) -> Mention | None:
        """The mention that ends just before `offset`, with only spaces or quotes between."""
        index = bisect_right(self._ends, offset) - 1
        if index >= 0 and not document.plain[self._ends[index] : offset].strip(" \"'"):
            return self._mentions[index]
        return None
