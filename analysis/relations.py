"""Typed edges between coaches and clubs, each with the words it rests on."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from analysis.canonical import CanonicalSentence
from analysis.claims import Claim, ClaimReader
from analysis.document import Document
from analysis.gazetteer import Gazetteer
from analysis.lexicon import Lexicon, Link
from analysis.mentions import Mentions, Person
from analysis.patterns import CLUB, COACH, ROLE, words_of
from analysis.scope import find_modifiers
from analysis.verdicts import DEPARTURES

NATIONAL_DETAIL = {"employer": "employer", "destination": "destination", "destination_denied": "denied",
                   "former": "former", "opponent": "opponent", "rival": "opponent"}  # fmt: skip


OTHER_SIDES = 2
"""More unexplained clubs than this are a table or a round-up, and nobody's opponents."""
_TYING = ("employer", "role_of", "appointed")


@dataclass(frozen=True)
class Edge:
    """`person` and `club` tied by `relation`; [start, end) of `field` are the words that say so."""

    person: Person
    club: str
    relation: str
    field: str
    start: int
    end: int


class RelationReader:
    """Reads the relations of one article: who coaches whom before its claims, all else after them."""

    def __init__(self, documents: list[Document], mentions: Mentions, sentences: ClaimReader, lexicon: Lexicon,
                 gazetteer: Gazetteer, day: date | None):  # fmt: skip
        self._documents, self._mentions, self._sentences = documents, mentions, sentences
        self._claims: list[Claim] = []
        self._found: dict[str, list[tuple[CanonicalSentence, list[tuple[Link, re.Match]]]]] = defaultdict(list)
        self._lexicon, self._gazetteer, self._day = lexicon, gazetteer, day
        joints = "|".join(map(re.escape, sorted(lexicon.words["and"] | lexicon.words["of"] | lexicon.words["the"])))
        self._joint = re.compile(rf"(?:\s*,\s*|\s+)(?:(?:{joints})[\s']+)*{CLUB}") if joints else re.compile(CLUB)
        self._edges: list[Edge] = []
        self._votes: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._seen_at: dict[tuple[int, str], tuple[str, int, int]] = {}

    def tie(self) -> None:
        """Read who coaches which club, which makes coaches of unknown persons; the claims are read after that."""
        for document in self._documents:
            for sentence in self._sentences_of(document):
                self._found[document.field].append((sentence, self._matches(sentence)))
        for document in self._documents:
            for sentence, matches in self._found[document.field]:
                for link, match in matches:
                    if link.relation in _TYING:
                        self._employ(link.relation, sentence, match, document.field)

    def read(self, claims: list[Claim]) -> tuple[list[Edge], dict[int, str]]:
        """All edges, and the employer of each person by id(person)."""
        self._claims = claims
        for document in self._documents:
            for sentence, matches in self._found[document.field]:
                self._read_sentence(document, sentence, [pair for pair in matches if pair[0].relation not in _TYING])
        self._vote_from_mentions()
        self._vote_from_claims()
        employers = self._employers()
        return self._finish(employers), employers

    def _sentences_of(self, document: Document) -> list[CanonicalSentence]:
        mentions = self._mentions.by_field[document.field]
        numbers = {document.sentence_at(m.start) for m in mentions if m.character == CLUB or m.shown in (COACH, ROLE)}
        return [self._sentences.sentence(document, number) for number in sorted(numbers)]

    def _matches(self, sentence: CanonicalSentence) -> list[tuple[Link, re.Match]]:
        words = words_of(sentence.text)
        return [
            (link, match)
            for link in self._lexicon.links.candidates(words)
            for match in link.pattern.regex.finditer(sentence.text)
        ]

    def _read_sentence(
        self, document: Document, sentence: CanonicalSentence, matches: list[tuple[Link, re.Match]]
    ) -> None:
        if not matches:
            return
        words = words_of(sentence.text)
        categories = {span.modifier.category for span in find_modifiers(sentence, words, self._lexicon)}
        for link, match in matches:
            self._read_match(document, sentence, link.relation, match, categories)

    def _read_match(self, document: Document, sentence: CanonicalSentence, relation: str, match: re.Match,
                    categories: set[str]) -> None:  # fmt: skip
        if relation in ("opponent", "rival") and "historical" in categories:
            return
        persons = self._persons(sentence, match)
        person = persons[0] if persons else self._default_person(document, sentence, match.start())
        if person is None:
            return
        clubs = self._clubs(sentence, match)
        if not clubs and relation == "destination":
            clubs = self._vacancy(person)
        span = (document.field, sentence.original(match.start()), sentence.original(match.end(), is_end=True))
        self._edges += [Edge(person, club, relation, *span) for club in clubs]

    def _clubs(self, sentence: CanonicalSentence, match: re.Match) -> list[str]:
        return [club for place in _places(match, "club") for club in self._joined(sentence, place)]

    def _persons(self, sentence: CanonicalSentence, match: re.Match) -> list[Person]:
        places = [end - 1 for end in _ends(match, ("coach", "name", "role"))]
        persons = [sentence.mentions[place].person for place in places if place in sentence.mentions]
        return [person for person in persons if person is not None and person.kind in ("coach", "unknown")]

    def _joined(self, sentence: CanonicalSentence, place: int) -> list[str]:
        """The club at `place` and those joined to it on either side: "Roma, Lazio and Milan"."""
        first = last = place
        while following := self._joint.match(sentence.text, last + 1):
            last = following.end() - 1
        positions = [position for position, mention in sentence.mentions.items() if mention.character == CLUB]
        for position in sorted(positions, reverse=True):
            if (
                position < first
                and (joint := self._joint.match(sentence.text, position + 1))
                and joint.end() - 1 == first
            ):
                first = position
        return [sentence.mentions[position].club for position in sorted(positions) if first <= position <= last]

    def _employ(self, relation: str, sentence: CanonicalSentence, match: re.Match, field: str) -> None:
        span = (field, sentence.original(match.start()), sentence.original(match.end(), is_end=True))
        for person in self._persons(sentence, match):
            if relation in ("appointed", "employer") and person.kind == "unknown":
                person.kind = "coach"
            for club in self._clubs(sentence, match)[:1]:
                self._votes[id(person)][club] += 4 if relation == "appointed" else 3
                self._seen_at.setdefault((id(person), club), span)

    def _default_person(self, document: Document, sentence: CanonicalSentence, position: int) -> Person | None:
        inside = [(abs(p - position), m.person) for p, m in sentence.mentions.items()
                  if m.person is not None and m.person.kind == "coach" and m.shown in (COACH, ROLE)]  # fmt: skip
        if inside:
            return min(inside, key=lambda pair: pair[0])[1]
        earlier = self._mentions.last_coach_before(document.field, sentence.start)
        return earlier or next(iter(self._mentions.coaches()), None)

    def _vacancy(self, candidate: Person) -> list[str]:
        """The club whose coach is leaving or in doubt here, for "the favourite is X" without a club."""
        clubs = [club for claim in self._claims if claim.person is not candidate and claim.stage != "none"
                 for club in [*claim.clubs, *claim.person.clubs]]  # fmt: skip
        return clubs[:1]

    # Employers

    def _vote_from_mentions(self) -> None:
        for person in self._mentions.persons:
            for club in person.clubs:
                self._votes[id(person)][club] += 3
            if person.known and self._day:
                club = self._gazetteer.club_of(person.name, self._day)
                if club and self._is_named(club):
                    self._votes[id(person)][club] += 3.5

    def _vote_from_claims(self) -> None:
        for claim in self._claims:
            for club in claim.clubs if claim.decided_by != "historical" else ():
                self._votes[id(claim.person)][club] += 3
            if not claim.clubs and claim.stage != "none":
                for club, share in self._nearby_clubs(claim).items():
                    self._votes[id(claim.person)][club] += share

    def _nearby_clubs(self, claim: Claim) -> dict[str, float]:
        """Clubs of the claim's sentence not tied to him otherwise; one that courts another coach counts more."""
        tied = {edge.club for edge in self._edges if edge.person is claim.person and edge.relation != "rival"}
        matches = {edge.club for edge in self._edges if edge.relation == "opponent"}
        courting = {
            edge.club for edge in self._edges if edge.person is not claim.person and edge.relation == "destination"
        }
        clubs = {m.club for m in claim.sentence.mentions.values() if m.character == CLUB} - tied
        elsewhere = {club for person in self._mentions.persons if person is not claim.person for club in person.clubs}
        clubs = clubs - matches - elsewhere or clubs - elsewhere or clubs
        return {club: (1 + (club in courting)) / len(clubs) for club in clubs}

    def _is_named(self, club: str) -> bool:
        return any(m.club == club for mentions in self._mentions.by_field.values() for m in mentions)

    def _employers(self) -> dict[int, str]:
        employers = {}
        for person in self._mentions.coaches():
            votes = dict(self._votes.get(id(person), {}))
            for club in person.former_clubs:
                if club not in person.clubs:
                    votes[club] = votes.get(club, 0) - 3
            if not votes:
                votes = self._nearest_club(person)
            if votes and max(votes.values()) > 0:
                employers[id(person)] = max(votes, key=votes.get)
        return employers

    def _nearest_club(self, person: Person) -> dict[str, float]:
        """The club nearest to him in a sentence, of those that nothing ties to him otherwise or to another coach."""
        tied = {edge.club for edge in self._edges if edge.person is person}
        tied |= {club for other in self._mentions.persons if other is not person for club in other.clubs}
        near: list[tuple[int, str]] = []
        for document in self._documents:
            for sentence, _ in self._found[document.field]:
                near += _distances(sentence, person, tied)
        return {min(near)[1]: 1.0} if near else {}

    # The end

    def _finish(self, employers: dict[int, str]) -> list[Edge]:
        coaches = self._mentions.coaches()
        edges = [self._employer_edge(person, employers[id(person)]) for person in coaches if id(person) in employers]
        edges += [edge for edge in self._edges if edge.person.kind == "coach"]
        edges += self._former_edges(employers)
        edges += self._other_sides(edges, employers)
        edges += self._shared_opponents(edges, employers)
        return _unique([edge for edge in edges if self._stands(edge, employers)])

    def _stands(self, edge: Edge, employers: dict[int, str]) -> bool:
        return edge.relation == "employer" or edge.club != employers.get(id(edge.person))

    def _employer_edge(self, person: Person, club: str) -> Edge:
        field, start, end = self._seen_at.get((id(person), club)) or self._first_mention(club) or ("text", 0, 0)
        return Edge(person, club, "employer", field, start, end)

    def _first_mention(self, club: str) -> tuple[str, int, int] | None:
        for name in ("text", "title"):
            for mention in self._mentions.by_field.get(name, []):
                if mention.club == club:
                    return name, mention.start, mention.end
        return None

    def _former_edges(self, employers: dict[int, str]) -> list[Edge]:
        edges = []
        for person in self._mentions.coaches():
            for club in person.former_clubs:
                edges += self._former_edge(person, club, employers)
        for claim in self._claims:
            if claim.decided_by == "historical" and claim.cue.stage in DEPARTURES:
                for club in claim.clubs:
                    edges += self._former_edge(claim.person, club, employers)
        return edges

    def _former_edge(self, person: Person, club: str, employers: dict[int, str]) -> list[Edge]:
        place = self._first_mention(club)
        return [Edge(person, club, "former", *place)] if place and employers.get(id(person)) != club else []

    def _other_sides(self, edges: list[Edge], employers: dict[int, str]) -> list[Edge]:
        """In a report of several sentences, a club that nothing explains otherwise is the side his team meets."""
        if not any(document.field == "text" and len(document.sentences) > 1 for document in self._documents):
            return []
        explained = {edge.club for edge in edges} | {club for p in self._mentions.persons for club in p.former_clubs}
        extra = []
        for name, mentions in self._mentions.by_field.items():
            for mention in mentions:
                if mention.character != CLUB or mention.club in explained or mention.is_city:
                    continue
                coaches = self._mentions.coaches()
                sides = [person for person in coaches if self._could_meet(person, mention.club, employers)]
                extra += [Edge(person, mention.club, "opponent", name, mention.start, mention.end) for person in sides]
        return extra if len({edge.club for edge in extra}) <= OTHER_SIDES else []

    def _could_meet(self, person: Person, club: str, employers: dict[int, str]) -> bool:
        """Whether he has a side of the same kind: clubs meet clubs, countries meet countries."""
        known = self._gazetteer.clubs
        own, other = known.get(employers.get(id(person), "")), known.get(club)
        return own is not None and other is not None and own.is_national == other.is_national

    def _shared_opponents(self, edges: list[Edge], employers: dict[int, str]) -> list[Edge]:
        """A's opponent is coached by B: then A's club is B's opponent; and colleagues of a club share its matches."""
        extra = []
        for edge in edges:
            if edge.relation not in ("opponent", "rival"):
                continue
            mine = employers.get(id(edge.person))
            for other in self._mentions.coaches():
                if mine and other is not edge.person and employers.get(id(other)) == edge.club:
                    extra.append(Edge(other, mine, edge.relation, edge.field, edge.start, edge.end))
        return extra


def _distances(sentence: CanonicalSentence, person: Person, tied: set[str]) -> list[tuple[int, str]]:
    places = [position for position, mention in sentence.mentions.items() if mention.person is person]
    return [
        (min(abs(position - place) for place in places), mention.club)
        for position, mention in sentence.mentions.items()
        if places and mention.character == CLUB and mention.club not in tied
    ]


def _places(match, kind: str) -> list[int]:
    return sorted(
        start
        for name, start in ((n, match.start(n)) for n in match.groupdict())
        if name.startswith(kind) and start >= 0
    )


def _ends(match, kinds: tuple[str, ...]) -> list[int]:
    return [match.end(name) for name, value in match.groupdict().items() if value and name.startswith(kinds)]


def _unique(edges: list[Edge]) -> list[Edge]:
    found: dict[tuple[int, str, str], Edge] = {}
    for edge in edges:
        found.setdefault((id(edge.person), edge.club, edge.relation), edge)
    denied = {(person, club) for person, club, relation in found if relation == "destination_denied"}
    return [edge for (person, club, relation), edge in found.items()
            if not (relation == "destination" and (person, club) in denied)]  # fmt: skip
