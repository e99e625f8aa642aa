"""Typed edges between coaches and clubs, each with the words it rests on."""

import re
from datetime import date

from analysis.claims.claims import Claim, Courtship
from analysis.claims.holders import COURTING
from analysis.claims.sentences import SentenceReader
from analysis.claims.verdicts import DEPARTURES
from analysis.gazetteer import Gazetteer
from analysis.lexicon import Lexicon, Link
from analysis.lexicon.patterns import CLUB, COACH, PERSON, ROLE, STAFF
from analysis.mentions.canonical import CanonicalSentence
from analysis.mentions.document import Document
from analysis.mentions.lists import Lists
from analysis.mentions.people import Mentions, Person
from analysis.relations.edges import Edge, first_mention, place_of, unique
from analysis.relations.employers import APPOINTED, TIED, Employers
from analysis.relations.matches import MEETINGS, Matches
from analysis.relations.scenes import scenes
from analysis.relations.traits import Traits
from analysis.relations.weighing import Weighing

NATIONAL_DETAIL = {"employer": "employer", "destination": "destination", "destination_denied": "denied",
                   "former": "former", "opponent": "opponent", "rival": "opponent"}  # fmt: skip


_COURTSHIP = {"succession": "destination", "speculation": "destination", "reassured": "destination_denied"}
_OF_MANY = ("destination", "destination_denied")
"""Relations said of several candidates at once."""
_TYING = ("employer", "role_of", "appointed")
_ASSISTANT = "{staff}"
_TELLING = (COACH, ROLE, STAFF)


class RelationReader:
    """Reads the relations of one article: who coaches whom before its claims, all else after them."""

    def __init__(self, documents: list[Document], mentions: Mentions, sentences: SentenceReader, lexicon: Lexicon,
                 gazetteer: Gazetteer, day: date | None):  # fmt: skip
        self._documents, self._mentions, self._sentences = documents, mentions, sentences
        self.weighing: Weighing | None = None
        """Made by read(); None where no sentence names a club."""
        self._claims: list[Claim] = []
        self._found: list[tuple[Document, CanonicalSentence, list[Link]]] = []
        self._telling: dict[str, set[int]] = {}
        self._lexicon, self._gazetteer, self._day = lexicon, gazetteer, day
        self._clubs_listed, self._names_listed = Lists(lexicon, CLUB), Lists(lexicon, COACH + PERSON)
        self._edges: list[Edge] = []
        self._employers = Employers(mentions, lexicon, gazetteer, day)
        self._seen_at: dict[tuple[int, str], tuple[str, int, int]] = {}

    def tie(self) -> None:
        """Read who coaches which club, which makes coaches of unknown persons; the claims are read after that."""
        for document in self._documents:
            self._telling[document.field] = self._telling_sentences(document)
            for number, links in self._sentences.phrases(document, Link).items():
                if number in self._telling[document.field]:
                    sentence = self._sentences.sentence(document, number)
                    self._found.append((document, sentence, links))
        ties = [(document, sentence, [link for link in links if link.relation in _TYING])
                for document, sentence, links in self._found]  # fmt: skip
        for document, sentence, links in ties:
            for link, match in _matches(links, sentence):
                self._employ(link, sentence, match, document.field)

    def read(self, claims: list[Claim], courtships: list[Courtship]) -> tuple[list[Edge], dict[int, str]]:
        """All edges, and the employer of each person by id(person)."""
        if not self._mentions.coaches():
            return [], {}
        self._claims = claims
        for document, sentence, links in self._found:
            others = [link for link in links if link.relation not in _TYING]
            self._read_sentence(document, sentence, _matches(others, sentence))
        courted = {id(courtship.person) for courtship in courtships}
        employers = self._employers.decide(claims, self._edges, self._telling_of, courted)
        self._edges += self._courtships(employers, courtships)
        return self._finish(employers)

    def _telling_sentences(self, document: Document) -> set[int]:
        """Numbers of the sentences that name a club or speak of a coach or of his assistants."""
        mentions = self._mentions.by_field[document.field]
        return {document.sentence_at(m.start) for m in mentions if m.character == CLUB or m.shown in _TELLING}

    def _telling_of(self, person: Person | None) -> list[CanonicalSentence]:
        """The telling sentences, of those only the ones about `person` if one is given."""
        found = []
        for document in self._documents:
            numbers = self._telling[document.field]
            if person is not None:
                mentions = self._mentions.by_field[document.field]
                numbers = numbers & {document.sentence_at(m.start) for m in mentions if m.person is person}
            found += [self._sentences.sentence(document, number) for number in sorted(numbers)]
        return found

    def _read_sentence(
        self, document: Document, sentence: CanonicalSentence, matches: list[tuple[Link, re.Match]]
    ) -> None:
        meet = any(link.relation in MEETINGS for link, _ in matches)
        if meet and "historical" in self._sentences.times(document, sentence.number):
            matches = [(link, match) for link, match in matches if link.relation not in MEETINGS]
        for link, match in matches:
            self._read_match(document, sentence, link.relation, match)

    def _read_match(self, document: Document, sentence: CanonicalSentence, relation: str, match: re.Match) -> None:
        clubs = self._clubs(sentence, match)
        persons = self._persons(sentence, match, is_list=relation in _OF_MANY)
        default = [] if persons else [self._default_person(document, sentence, match.start(), clubs, relation)]
        span = (document.field, sentence.original(match.start()), sentence.original(match.end(), is_end=True))
        for person in [*persons, *default] if relation in _OF_MANY else [*persons, *default][:1]:
            if person is None:
                continue
            meant = clubs or (self._vacancy(person) if relation == "destination" else [])
            self._edges += [Edge(person, club, relation, *span) for club in meant]

    def _clubs(self, sentence: CanonicalSentence, match: re.Match) -> list[str]:
        return [
            sentence.mentions[position].club
            for place in _places(match, "club")
            for position in self._clubs_listed.around(sentence, place)
        ]

    def _persons(self, sentence: CanonicalSentence, match: re.Match, is_list: bool = False) -> list[Person]:
        """Whom the words name in their slots; with `is_list` also those joined to them."""
        places = [end - 1 for end in _ends(match, ("coach", "name", "role"))]
        if is_list:
            places = [p for place in places for p in self._names_listed.around(sentence, place) or [place]]
        persons = [sentence.mentions[place].person for place in places if place in sentence.mentions]
        return [person for person in persons if person is not None and person.kind in ("coach", "unknown")]

    def _employ(self, link: Link, sentence: CanonicalSentence, match: re.Match, field: str) -> None:
        span = (field, sentence.original(match.start()), sentence.original(match.end(), is_end=True))
        promoted = self._promoted(sentence, match) if _ASSISTANT in link.pattern.source else []
        self._sentences.forget(promoted)
        for person in [*self._persons(sentence, match), *promoted]:
            if link.relation in ("appointed", "employer") and person.kind in ("unknown", "staff"):
                person.kind = "coach"
            for club in self._clubs(sentence, match)[:1]:
                self._employers.tie(person, club, APPOINTED if link.relation == "appointed" else TIED)
                self._seen_at.setdefault((id(person), club), span)

    def _promoted(self, sentence: CanonicalSentence, match: re.Match) -> list[Person]:
        """The assistants among words that say they take over."""
        inside = [m.person for p, m in sentence.mentions.items() if match.start() <= p < match.end()]
        return [person for person in dict.fromkeys(inside) if person is not None and person.kind == "staff"]

    def _default_person(
        self, document: Document, sentence: CanonicalSentence, position: int, clubs: list[str], relation: str
    ) -> Person | None:
        """Whom words about a club mean that name nobody: the nearest coach, of opponents nobody who leads them."""
        inside = [(abs(p - position), m.person) for p, m in sentence.mentions.items()
                  if m.person is not None and m.person.kind == "coach" and m.shown in (COACH, ROLE)]  # fmt: skip
        nearest = [person for _, person in sorted(inside, key=lambda pair: pair[0])]
        earlier = self._mentions.last_coach_before(document.field, sentence.start)
        candidates = [*nearest, earlier, *self._mentions.coaches()[:1]]
        if relation in MEETINGS:
            candidates = [*nearest, self._mentions.focus(), earlier, *self._mentions.coaches()]
            candidates = [p for p in candidates if p and not any(self._employers.leads(p, club) for club in clubs)]
        return next((person for person in candidates if person is not None), None)

    def _courtships(self, employers: dict[int, str], courtships: list[Courtship]) -> list[Edge]:
        """A candidate named beside the coach whose job the cue is about is wanted by that coach's club."""
        edges = [
            Edge(courtship.person, club, "destination", courtship.field, courtship.start, courtship.end, by="courtship")
            for courtship in courtships
            for club in self._suitors(courtship.sentence, courtship.person, employers)
        ]
        for claim in self._claims:
            relation = _COURTSHIP.get(claim.stage) if claim.cue.stage in COURTING else None
            club = employers.get(id(claim.person)) or next(iter(claim.clubs), None)
            if relation and club:
                span = (claim.field, claim.start, claim.end)
                edges += [Edge(other, club, relation, *span, by="courtship") for other in claim.others]
        return edges

    def _suitors(self, sentence: CanonicalSentence, person: Person, employers: dict[int, str]) -> list[str]:
        """The one club, not his own, that a sentence about talks with him names."""
        clubs = {mention.club for mention in sentence.mentions.values() if mention.character == CLUB}
        clubs -= {employers.get(id(person))}
        return sorted(clubs) if len(clubs) == 1 else []

    def _vacancy(self, candidate: Person) -> list[str]:
        """The club whose coach is leaving or in doubt here, for "the favourite is X" without a club."""
        clubs = [club for claim in self._claims if claim.person is not candidate and claim.stage != "none"
                 for club in [*claim.clubs, *claim.person.clubs, self._employers.spell_club(claim.person)]]  # fmt: skip
        return [club for club in clubs if club][:1]

    # The end

    def _finish(self, employers: dict[int, str]) -> tuple[list[Edge], dict[int, str]]:
        coaches = self._mentions.coaches()
        edges = [self._employer_edge(person, employers[id(person)]) for person in coaches if id(person) in employers]
        edges += [edge for edge in self._edges if edge.person.kind == "coach"]
        edges += self._former_edges(employers)
        edges = [edge for edge in edges if self._stands(edge, employers)]
        has_report = any(document.field == "text" and len(document.sentences) > 1 for document in self._documents)
        matches = Matches(self._mentions, self._gazetteer, employers, self._claims, has_report)
        edges += matches.complete(edges)
        return self._weighed([edge for edge in edges if self._stands(edge, employers)], employers)

    def _weighed(self, edges: list[Edge], employers: dict[int, str]) -> tuple[list[Edge], dict[int, str]]:
        sentences = max(len(document.sentences) for document in self._documents)
        found = scenes(self._documents, self._sentences.named, self._lexicon, self._day)
        if any(scene.clubs for scene in found):
            traits = Traits(found, self._mentions, self._gazetteer, employers, self._day, sentences)
            self.weighing = Weighing(edges, traits, self._mentions)
            edges, employers = self.weighing.decide(employers)
        return unique(edges), employers

    def _stands(self, edge: Edge, employers: dict[int, str]) -> bool:
        return edge.relation == "employer" or edge.club != employers.get(id(edge.person))

    def _employer_edge(self, person: Person, club: str) -> Edge:
        place = self._seen_at.get((id(person), club)) or place_of(self._mentions, club, person)
        return Edge(person, club, "employer", *place)

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
        place = first_mention(self._mentions, club)
        is_former = place and employers.get(id(person)) != club
        return [Edge(person, club, "former", *place, by="former")] if is_former else []


def _matches(links: list[Link], sentence: CanonicalSentence) -> list[tuple[Link, re.Match]]:
    return [(link, match) for link in links for match in link.pattern.regex.finditer(sentence.text)]


def _places(match, kind: str) -> list[int]:
    return sorted(
        start
        for name, start in ((n, match.start(n)) for n in match.groupdict())
        if name.startswith(kind) and start >= 0
    )


def _ends(match, kinds: tuple[str, ...]) -> list[int]:
    return [match.end(name) for name, value in match.groupdict().items() if value and name.startswith(kinds)]
