"""Which edges stand: rules propose them, weighed features decide, and add what no rule has words for.

Long articles tie many coaches to many clubs in words that no list of phrases holds. Where the two stand, what the
sentences speak of and what the dated spells say tell how likely each relation is: a logistic score for each, by the
features of analysis.relations.traits. The weights are fitted on labelled articles (`python -m bench.relations --write`)
and kept in data/relation_weights.csv, a row a feature.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from analysis.gazetteer import DATA
from analysis.lexicon import UNNAMED_NATIONAL_TEAM
from analysis.mentions.people import Mentions, Person
from analysis.relations.edges import Edge, first_mention, place_of
from analysis.relations.matches import MEETINGS
from analysis.relations.traits import Pair, Traits
from analysis.schema import Table, read_table

RELATIONS = ("employer", "opponent", "rival", "former", "destination", "destination_denied")
TABLE = Table(("feature", *RELATIONS, "meaning"), {}, ())
SETTLED = {"opponent": "rival", "destination": "destination_denied"}
"""Where a rule sees the second, it would have seen the first: that is not added."""
LEAST = {"employer": (0.35, 0.45), "opponent": (0.3, 0.42), "rival": (0.15, 0.3), "former": (0.2, 0.35),
         "destination": (0.05, 0.22), "destination_denied": (0.1, 0.2)}  # fmt: skip
"""An edge that a rule proposes falls below the first likelihood; one that none proposes is added from the second on."""


@dataclass(frozen=True)
class Weights:
    """The weight of each feature for each of RELATIONS; `bias` is added to every sum."""

    rows: dict[str, int]
    values: np.ndarray

    def likelihoods(self, held: list[set[str]]) -> list[dict[str, float]]:
        """How likely each relation is, between 0 and 1, for each set of features."""
        rows, width = self.rows, len(self.rows)
        table = np.zeros(len(held) * width)
        table[[at * width + rows[name] for at, features in enumerate(held) for name in features if name in rows]] = 1
        sums = self.values[rows["bias"]] + table.reshape(len(held), width) @ self.values
        likely = 1 / (1 + np.exp(-sums))
        return [dict(zip(RELATIONS, row, strict=True)) for row in likely.tolist()]


@lru_cache(maxsize=1)
def load_weights(path: Path = DATA / "relation_weights.csv") -> Weights:
    """The weights of `path`. Raises SchemaError where a column is missing."""
    table = read_table(path, TABLE)
    values = np.array([[float(row[relation]) for relation in RELATIONS] for row in table])
    return Weights({row["feature"]: number for number, row in enumerate(table)}, values)


class Weighing:
    """Decides over the edges of one article."""

    def __init__(self, proposed: list[Edge], traits: Traits, mentions: Mentions):
        self.proposed, self._traits, self._mentions = proposed, traits, mentions
        weights = load_weights()
        self.persons = traits.persons
        self.features = traits.of_pairs(proposed)
        pairs = sorted(self.features, key=lambda pair: (self.persons[pair[0]].name, pair[1]))  # the same at every run
        self._likely = dict(zip(pairs, weights.likelihoods([self.features[pair] for pair in pairs]), strict=True))

    def decide(self, employers: dict[int, str]) -> tuple[list[Edge], dict[int, str]]:
        """The edges that stand, and the employers among them."""
        stand = [edge for edge in self.proposed if self._stands(edge)]
        employed = {id(edge.person) for edge in stand if edge.relation == "employer"}
        employers = {person: club for person, club in employers.items() if person in employed}
        stand += self._employed(employers)
        known = {(id(edge.person), edge.club, edge.relation) for edge in self.proposed}
        for (person, club), likely in self._likely.items():
            is_national = "national" in self.features[person, club]
            stand += [
                self._edge((person, club), relation)
                for relation in RELATIONS[1:]
                if likely[relation] >= LEAST[relation][1]
                and known.isdisjoint(_settling(person, club, relation, is_national))
            ]
        return [e for e in stand if e.relation not in MEETINGS or employers.get(id(e.person)) != e.club], employers

    def _stands(self, edge: Edge) -> bool:
        return self._likely[id(edge.person), edge.club][edge.relation] >= LEAST[edge.relation][0]

    def _employed(self, employers: dict[int, str]) -> list[Edge]:
        """Edges to the likeliest clubs of those without one; they are put into `employers`."""
        added = []
        for person in self.persons:
            clubs = {club: likely["employer"] for (other, club), likely in self._likely.items() if other == person}
            best = max(clubs, key=clubs.get) if clubs and person not in employers else None
            if best and clubs[best] >= LEAST["employer"][1]:
                employers[person] = best
                added.append(self._edge((person, best), "employer"))
        return added

    def _edge(self, pair: Pair, relation: str) -> Edge:
        """An edge with the words of the sentence in which the two stand nearest, else those that name the club."""
        person: Person = self.persons[pair[0]]
        place = self._traits.places.get(pair)
        where = place[1:] if place else first_mention(self._mentions, pair[1])
        return Edge(person, pair[1], relation, *(where or place_of(self._mentions, pair[1], person)), by="weights")


def _settling(person: int, club: str, relation: str, is_national: bool) -> set[tuple[int, str, str]]:
    """Edges of rules beside which an edge is not added."""
    settling = {(person, club, relation), (person, club, SETTLED.get(relation, relation))}
    if relation == "destination" and is_national:  # who wants no national side goes to none
        settling.add((person, UNNAMED_NATIONAL_TEAM, "destination_denied"))
    return settling
