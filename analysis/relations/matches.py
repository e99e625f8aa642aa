"""Who meets whom: what an article of a match leaves unsaid because every reader knows it."""

from analysis.claims.claims import Claim
from analysis.gazetteer import Gazetteer
from analysis.lexicon import UNNAMED_NATIONAL_TEAM
from analysis.lexicon.patterns import CLUB
from analysis.mentions.people import Mentions, Person
from analysis.relations.edges import Edge, clubs_tied, place_of
from analysis.schema import DIRECTION

OTHER_SIDES = 2
"""More unexplained clubs than this are a table or a round-up, and nobody's opponents."""
MEETINGS = ("opponent", "rival")
COURTSHIP = ("destination", "destination_denied")
ALARMS = ("risk", "left")


class Matches:
    """Completes the opponents of one article, given the edges that its words state."""

    def __init__(self, mentions: Mentions, gazetteer: Gazetteer, employers: dict[int, str], claims: list[Claim],
                 has_report: bool):  # fmt: skip
        self._mentions, self._gazetteer, self._employers = mentions, gazetteer, employers
        self._claims, self._has_report = claims, has_report

    def complete(self, edges: list[Edge]) -> list[Edge]:
        """Opponents that `edges` imply or leave over."""
        extra = self._two_benches(edges)
        extra += self._unexplained(edges + extra)
        return extra + self._mirrored(edges + extra)

    def _two_benches(self, edges: list[Edge]) -> list[Edge]:
        """An article about the coaches of exactly two sides is about their match.

        Not where one side courts the other's coach, nor where both jobs are in question: that is a round-up.
        """
        coaches = [person for person in self._mentions.coaches() if id(person) in self._employers]
        sides = list(dict.fromkeys(self._employers[id(person)] for person in coaches))
        if len(sides) != 2 or not self._same_kind(*sides) or len(self._alarmed(coaches)) > 1:
            return []
        courting = {club for person in coaches for club in clubs_tied(edges, person, *COURTSHIP)}
        if set(sides) & courting or courting and not self._are_named(sides):
            return []
        return [self._opponent(person, next(side for side in sides if side != self._employers[id(person)]))
                for person in coaches]  # fmt: skip

    def _are_named(self, sides: list[str]) -> bool:
        """Whether the article speaks of all `sides`: a candidate's club that nobody names meets nobody."""
        named = {mention.club for mentions in self._mentions.by_field.values() for mention in mentions}
        return named >= set(sides)

    def _alarmed(self, coaches: list[Person]) -> set[str]:
        return {
            self._employers[id(claim.person)]
            for claim in self._claims
            if claim.stage != "none" and DIRECTION[claim.stage] in ALARMS and claim.person in coaches
        }

    def _opponent(self, person: Person, club: str) -> Edge:
        return Edge(person, club, "opponent", *place_of(self._mentions, club, person), by="two_benches")

    def _unexplained(self, edges: list[Edge]) -> list[Edge]:
        """In a report of several sentences, a club that nothing explains otherwise is the side his team meets."""
        if not self._has_report:
            return []
        explained = {edge.club for edge in edges} | {club for p in self._mentions.persons for club in p.former_clubs}
        extra = []
        for name, mentions in self._mentions.by_field.items():
            for mention in mentions:
                if mention.character != CLUB or mention.club in explained or mention.is_city:
                    continue
                sides = [person for person in self._hosts(edges) if self._could_meet(person, mention.club)]
                extra += [Edge(person, mention.club, "opponent", name, mention.start, mention.end, by="unexplained")
                          for person in sides]  # fmt: skip
        return extra if len({edge.club for edge in extra}) <= OTHER_SIDES else []

    def _hosts(self, edges: list[Edge]) -> list[Person]:
        """Coaches whose matches the article tells: those of one club, that of the coach it is about."""
        focus = self._mentions.focus()
        if focus is None or id(focus) not in self._employers:
            return self._mentions.coaches()
        club = self._employers[id(focus)]
        return [person for person in self._mentions.coaches() if self._employers.get(id(person)) == club]

    def _could_meet(self, person: Person, club: str) -> bool:
        own = self._employers.get(id(person))
        return own is not None and self._same_kind(own, club)

    def _same_kind(self, one: str, other: str) -> bool:
        """Clubs meet clubs, countries meet countries; a club in no list meets clubs."""
        known = self._gazetteer.clubs
        national = [known[club].is_national if club in known else club == UNNAMED_NATIONAL_TEAM
                    for club in (one, other)]  # fmt: skip
        return national[0] == national[1]

    def _mirrored(self, edges: list[Edge]) -> list[Edge]:
        """A's opponent is coached by B: then A's club is B's opponent."""
        extra = []
        for edge in edges:
            mine = self._employers.get(id(edge.person))
            if edge.relation not in MEETINGS or not mine:
                continue
            for other in self._mentions.coaches():
                if other is not edge.person and self._employers.get(id(other)) == edge.club:
                    extra.append(Edge(other, mine, edge.relation, edge.field, edge.start, edge.end, by="mirrored"))
        return extra
