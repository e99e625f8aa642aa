"""Who and which club a text speaks of: names, aliases and role phrases, resolved."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from analysis.document import Document, Hit
from analysis.gazetteer import Alias, Coach, Gazetteer
from analysis.lexicon import ROLE_CHARACTER, Lexicon, RoleWord
from analysis.names import NameSpan, capitalised_runs, display_name, subspan
from analysis.patterns import BOARD, CLUB, COACH, FANS, MEDIA, PERSON, PLAYER, ROLE, STAFF
from analysis.text import fold

_KIND_CHARACTER = {"coach": COACH, "unknown": PERSON, "staff": STAFF, "official": BOARD, "player": PLAYER,
                   "media": MEDIA, "fans": FANS}  # fmt: skip
_JOINTS = frozenset(("y", "e", "et", "el", "al", "le", "den", "der"))
"""Small words that names hold at most after the given name; later they are the sentence's own."""
_WORD = re.compile(r"\w+")
_PERSON_KIND = {ROLE: "coach", STAFF: "staff", BOARD: "official", PLAYER: "player", MEDIA: "media", FANS: "fans"}


NEAR_ROLE = 12
"""A role further than this from a name has more than blanks and quotes between."""


@dataclass(eq=False)
class Person:
    """Somebody the article names. `kind` is coach, staff, official, player, media, fans or unknown."""

    name: str
    kind: str = "unknown"
    known: Coach | None = None
    clubs: list[str] = field(default_factory=list)
    """Clubs the text ties him to as present coach, first mention first."""
    former_clubs: list[str] = field(default_factory=list)
    is_named: bool = True
    is_titled: bool = False
    """Whether the text calls him coach, manager or the like."""

    @property
    def country(self) -> str:
        """Nationality where known, else ""."""
        return self.known.nationality if self.known else ""


@dataclass(eq=False)
class Mention:
    """A span [start, end) of a field that stands for a person, a role or a club."""

    start: int
    end: int
    character: str
    person: Person | None = None
    club: str = ""
    role: RoleWord | None = None
    country: str = ""
    is_former: bool = False
    is_new: bool = False
    is_city: bool = False

    @property
    def shown(self) -> str:
        """The placeholder of this mention in a canonical sentence."""
        if self.person is not None and self.character != ROLE:
            return _KIND_CHARACTER[self.person.kind]
        return self.character


@dataclass
class Mentions:
    """All mentions of an article, by field and position, and the persons behind them."""

    by_field: dict[str, list[Mention]]
    """Mentions of each field by start, without overlaps."""
    persons: list[Person]
    elsewhere: dict[str, list[int]] = field(default_factory=dict)
    """By field, where words of other sports or of politics stand: a bare name may be anybody's."""
    _starts: dict[str, tuple[int, list[int]]] = field(default_factory=dict)

    def between(self, name: str, start: int, end: int) -> list[Mention]:
        """Mentions of the field `name` that begin in [start, end)."""
        starts = self._positions(name)
        return self.by_field[name][bisect_left(starts, start) : bisect_left(starts, end)]

    def by_sentence(self, document: Document) -> list[list[Mention]]:
        """The mentions of each sentence of a field."""
        mentions, position, found = self.by_field[document.field], 0, []
        for start, end in document.sentences:
            first = position
            while position < len(mentions) and mentions[position].start < end:
                position += 1
            found.append([mention for mention in mentions[first:position] if mention.start >= start])
        return found

    def last_coach_before(self, name: str, offset: int) -> Person | None:
        """The coach named last before `offset` of the field `name`."""
        mentions = self.by_field[name]
        for index in range(bisect_left(self._positions(name), offset) - 1, -1, -1):
            person = mentions[index].person
            if person is not None and person.kind == "coach":
                return person
        return None

    @property
    def is_elsewhere(self) -> bool:
        """Whether the article speaks of another sport or of politics too."""
        return bool(self.elsewhere)

    def has_role(self) -> bool:
        """Whether any word for a head coach occurs."""
        return any(mention.character == ROLE for mentions in self.by_field.values() for mention in mentions)

    def focus(self) -> Person | None:
        """Whom the article is about: the coach of its title, else the first of its text."""
        for name in ("title", "text"):
            for mention in self.by_field.get(name, []):
                if mention.person is not None and mention.person.kind == "coach":
                    return mention.person
        return next(iter(self.coaches()), None)

    def _positions(self, name: str) -> list[int]:
        mentions = self.by_field[name]
        if name not in self._starts or self._starts[name][0] != len(mentions):
            self._starts[name] = (len(mentions), [mention.start for mention in mentions])
        return self._starts[name][1]

    def may_name_a_coach(self) -> bool:
        """Whether anybody is a coach or may still turn out to be one."""
        return any(person.kind in ("coach", "unknown") for person in self.persons)

    def coaches(self) -> list[Person]:
        """Persons found to be head coaches, in order of first mention."""
        return [person for person in self.persons if person.kind == "coach"]


class MentionFinder:
    """Finds the mentions of one article; make a new one for each."""

    def __init__(self, documents: list[Document], lexicon: Lexicon, gazetteer: Gazetteer, day: date | None):
        self._documents, self._lexicon, self._gazetteer, self._day = documents, lexicon, gazetteer, day
        self._persons: dict[str, Person] = {}
        self._by_folded_name: dict[str, Person] = {}
        self._by_surname: dict[str, Person] = {}
        self._chosen = {document.field: _longest(document.hits) for document in documents}
        self._sure_clubs: set[str] = set()
        self._full_names: set[str] = set()
        self._elsewhere: dict[str, list[int]] = {}

    def find(self) -> Mentions:
        """Run all steps and return the mentions sorted by position, without overlaps."""
        self._note_certain()
        by_field: dict[str, list[Mention]] = {}
        runs = {document.field: capitalised_runs(document, self._lexicon) for document in self._documents}
        for document in self._documents:
            by_field[document.field] = self._hit_mentions(document)
        for document in self._documents:
            self._add_full_names(document, runs[document.field], by_field[document.field])
        for document in self._documents:
            self._add_surnames(document, runs[document.field], by_field[document.field])
            by_field[document.field].sort(key=lambda mention: mention.start)
        return Mentions(by_field, list(self._persons.values()), self._elsewhere)

    # What is certain whatever the context

    def _note_certain(self) -> None:
        for document in self._documents:
            for hit in self._chosen[document.field]:
                for alias in hit.clubs:
                    if alias.is_sure and len(alias.names) == 1:
                        self._sure_clubs.add(alias.names[0])
                for alias in hit.coaches:
                    if alias.is_sure and len(alias.names) == 1 and " " in alias.form:
                        self._full_names.add(alias.names[0])

    def _hit_mentions(self, document: Document) -> list[Mention]:
        mentions = []
        for hit in self._chosen[document.field]:
            mention = self._mention(document, hit)
            if mention:
                mentions.append(mention)
        return mentions

    def _mention(self, document: Document, hit: Hit) -> Mention | None:
        entry = hit.entry
        for alias in hit.coaches:
            coach = self._resolve_coach(alias)
            if coach and not self._belongs_to_other(document, hit, coach) and not self._opens_other(document, hit):
                return Mention(hit.start, hit.end, COACH, person=self._known_person(coach))
        for alias in hit.clubs:
            club = self._resolve_club(alias, document, hit)
            if club:
                return Mention(hit.start, hit.end, CLUB, club=club, is_city=alias.kind == "city")
        if entry.role and entry.role.kind in ("other_sport", "politics"):
            self._elsewhere.setdefault(document.field, []).append(hit.start)
        if self._is_surname(document, hit):
            return None
        if entry.role and ROLE_CHARACTER[entry.role.kind]:
            return Mention(hit.start, hit.end, ROLE_CHARACTER[entry.role.kind], role=entry.role)
        if entry.country:
            return Mention(hit.start, hit.end, "", country=entry.country)
        return None

    def _resolve_coach(self, alias: Alias) -> str | None:
        named = [name for name in alias.names if name in self._full_names]
        if len(named) == 1:
            return named[0]
        near = [name for name in alias.names if self._is_near(name)]
        if len(near) == 1:
            return near[0]
        if alias.preferred and (alias.is_sure or alias.preferred in near):
            return alias.preferred
        return None

    def _is_near(self, coach: str) -> bool:
        """Whether a club he led, at the article's date if there is one, is named in the article."""
        if self._day is not None:
            club = self._gazetteer.club_of(coach, self._day)
            return club in self._sure_clubs if club else False
        return any(spell.club in self._sure_clubs for spell in self._gazetteer.spells_of(coach))

    def _belongs_to_other(self, document: Document, hit: Hit, coach: str) -> bool:
        """Whether another given name stands before a bare surname: Davide Ancelotti is not Carlo."""
        if " " in document.plain[hit.start : hit.end].strip():
            return False
        start, word = document.word_before(hit.start)
        if start < 0 or not document.text[start].isupper() or word in self._lexicon.function_words:
            return False
        if word in fold(coach).split() or word not in self._gazetteer.given_names:
            return False
        return document.text[start + len(word) : hit.start].strip(" ") == ""

    def _opens_other(self, document: Document, hit: Hit) -> bool:
        """Whether a bare given name begins another's full name: Michel Seydoux is not Míchel."""
        form = document.plain[hit.start : hit.end].strip()
        if form not in self._gazetteer.given_names or document.text[hit.end : hit.end + 1] != " ":
            return False
        end, word = document.word_after(hit.end)
        return (
            end > 0
            and document.text[end - len(word)].isupper()
            and word not in self._lexicon.function_words
            and not any(other.start == hit.end + 1 for other in self._chosen[document.field])
        )

    def _is_surname(self, document: Document, hit: Hit) -> bool:
        """Whether a word that is no name by itself is a surname here: Domenico Toscano, Alfonso Greco."""
        start, word = document.word_before(hit.start)
        return (
            start >= 0
            and document.text[hit.start].isupper()
            and document.text[start].isupper()
            and word in self._gazetteer.given_names
            and word not in self._lexicon.function_words
            and document.text[start + len(word) : hit.start] == " "
        )

    def _resolve_club(self, alias: Alias, document: Document, hit: Hit) -> str | None:
        if not alias.is_sure and not self._has_club_context(alias, document, hit):
            return None
        club = alias.names[0] if len(alias.names) == 1 else self._disambiguate(alias)
        return self._women_side(club, document, hit) if club else None

    def _has_club_context(self, alias: Alias, document: Document, hit: Hit) -> bool:
        if any(name in self._sure_clubs for name in alias.names):
            return True
        start, before = document.word_before(hit.start)
        words = self._lexicon.words
        if before in words["club_article"]:  # cities take none: "al Burgos" is the club
            return True
        if alias.kind == "city":
            return False
        if before in words["the"] or before in words["of"] or before in words["by"] or before in words["at"]:
            return True
        return start < 0 and not self._sure_clubs and alias.kind != "demonym"

    def _disambiguate(self, alias: Alias) -> str | None:
        sure = [name for name in alias.names if name in self._sure_clubs]
        if len(sure) == 1:
            return sure[0]
        countries = {self._gazetteer.clubs[club].country for club in self._sure_clubs if club in self._gazetteer.clubs}
        known = [name for name in alias.names if name in self._gazetteer.clubs]
        local = [name for name in known if self._gazetteer.clubs[name].country in countries]
        return local[0] if len(local) == 1 else alias.preferred or None

    def _women_side(self, club: str, document: Document, hit: Hit) -> str:
        women = f"{club} (women)"
        markers = self._lexicon.words["women"]
        if club.endswith("(women)") or not markers:
            return club
        nearby = {document.word_before(hit.start)[1], document.word_after(hit.end)[1]}
        if nearby & markers or self._is_about_women():
            return women
        return club

    def _is_about_women(self) -> bool:
        if not hasattr(self, "_women"):
            markers = self._lexicon.words["women"]
            opening = {word for document in self._documents for word in _WORD.findall(document.plain[:400])}
            self._women = not opening.isdisjoint(markers)
        return self._women

    # Names in no list

    def _known_person(self, coach: str) -> Person:
        if coach not in self._persons:
            person = Person(coach, "coach", self._gazetteer.coaches[coach])
            self._persons[coach] = person
            self._by_folded_name[fold(coach)] = person
            self._by_surname.setdefault(fold(coach).split()[-1], person)
        return self._persons[coach]

    def _add_full_names(self, document: Document, runs: list[NameSpan], mentions: list[Mention]) -> None:
        taken = _Taken(mentions)
        given = self._gazetteer.given_names
        for run in runs:
            if not taken.has_role_before(run) and not _holds(run.words[:-1], given):
                continue
            for piece in taken.free_parts(run):
                for name in self._full_names_in(piece, document, taken):
                    person = self._named_person(document.text[name.start : name.end])
                    mentions.append(Mention(name.start, name.end, PERSON, person=person))
        mentions.sort(key=lambda mention: mention.start)

    def _full_names_in(self, piece: NameSpan | None, document: Document, taken: "_Taken") -> Iterator[NameSpan]:
        """The names of a run: "Luis Prado y Mario Brenta" are two."""
        while piece and any(document.text[start].isupper() for _, start, _ in piece.words):
            name = self._full_name(piece, document, taken)
            if name is None:
                return
            yield name
            rest = next((i for i, (_, start, _) in enumerate(piece.words) if start >= name.end), len(piece.words))
            piece = subspan(piece, rest, len(piece.words)) if rest < len(piece.words) else None

    def _full_name(self, piece: NameSpan, document: Document, taken: "_Taken") -> NameSpan | None:
        given = self._gazetteer.given_names
        for index, (word, _, _) in enumerate(piece.words):
            if word in given and index + 1 < len(piece.words):
                return _cut_name(subspan(piece, index, min(index + 5, len(piece.words))), document)
        role = taken.ending_before(piece.start, document)
        if role is not None and role.role and len(piece.words) <= 4:
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

    def _add_surnames(self, document: Document, runs: list[NameSpan], mentions: list[Mention]) -> None:
        taken = _Taken(mentions)
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


class _Taken:
    """Which parts of a field are mentions already."""

    def __init__(self, mentions: list[Mention]):
        self._mentions = sorted(mentions, key=lambda mention: mention.start)
        self._ends = [mention.end for mention in self._mentions]
        self._role_ends = [mention.end for mention in self._mentions if mention.role]

    def has_role_before(self, run: NameSpan) -> bool:
        """Whether a role stands just before `run` or within it."""
        index = bisect_right(self._role_ends, run.end) - 1
        return index >= 0 and self._role_ends[index] > run.start - NEAR_ROLE

    def free_parts(self, run: NameSpan) -> list[NameSpan]:
        """The stretches of `run` that no mention covers."""
        covering = []
        for mention in self._mentions[bisect_right(self._ends, run.start) :]:
            if mention.start >= run.end:
                break
            covering.append(mention)
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


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest, in order of the text."""
    chosen: list[Hit] = []
    cluster: list[Hit] = []
    reach = 0
    for hit in sorted(hits, key=attrgetter("start")):
        if hit.start >= reach:
            chosen += _longest_of_cluster(cluster)
            cluster = []
        cluster.append(hit)
        reach = max(reach, hit.end)
    return chosen + _longest_of_cluster(cluster)


def _longest_of_cluster(cluster: list[Hit]) -> list[Hit]:
    if len(cluster) < 2:
        return cluster
    chosen: list[Hit] = []
    for hit in sorted(cluster, key=lambda hit: (hit.start - hit.end, hit.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in chosen):
            chosen.append(hit)
    return sorted(chosen, key=attrgetter("start"))
