"""Who and which club a text speaks of: names, aliases and role phrases, resolved."""

from datetime import date
from operator import attrgetter

from analysis.gazetteer import Gazetteer
from analysis.lexicon import ROLE_CHARACTER, Lexicon
from analysis.lexicon.patterns import CLUB, COACH
from analysis.mentions.aliases import Aliases
from analysis.mentions.document import Document, Hit
from analysis.mentions.names import capitalised_runs
from analysis.mentions.people import Mention, Mentions
from analysis.mentions.strangers import Strangers


class MentionFinder:
    """Finds the mentions of one article; make a new one for each."""

    def __init__(self, documents: list[Document], lexicon: Lexicon, gazetteer: Gazetteer, day: date | None):
        self._documents, self._lexicon = documents, lexicon
        self._chosen = {document.field: _longest(document.hits) for document in documents}
        self._aliases = Aliases(documents, self._chosen, lexicon, gazetteer, day)
        self._strangers = Strangers(lexicon, gazetteer)
        self._elsewhere: dict[str, list[int]] = {}

    def find(self) -> Mentions:
        """Run all steps and return the mentions sorted by position, without overlaps."""
        by_field: dict[str, list[Mention]] = {}
        runs = {document.field: capitalised_runs(document, self._lexicon) for document in self._documents}
        for document in self._documents:
            found = (self._mention(document, hit) for hit in self._chosen[document.field])
            by_field[document.field] = [mention for mention in found if mention]
        for document in self._documents:
            self._strangers.add_full_names(document, runs[document.field], by_field[document.field])
        for document in self._documents:
            self._strangers.add_surnames(document, runs[document.field], by_field[document.field])
            by_field[document.field].sort(key=attrgetter("start"))
        return Mentions(by_field, self._strangers.persons, self._elsewhere)

    def _mention(self, document: Document, hit: Hit) -> Mention | None:
        entry = hit.entry
        if coach := self._aliases.coach(document, hit):
            return Mention(hit.start, hit.end, COACH, person=self._strangers.known(coach))
        if club := self._aliases.club(document, hit):
            name, is_city = club
            return Mention(hit.start, hit.end, CLUB, club=name, is_city=is_city)
        if entry.role and entry.role.kind in ("other_sport", "politics"):
            self._elsewhere.setdefault(document.field, []).append(hit.start)
        if self._aliases.is_surname(document, hit):
            return None
        if entry.role and ROLE_CHARACTER[entry.role.kind]:
            return Mention(hit.start, hit.end, ROLE_CHARACTER[entry.role.kind], role=entry.role)
        if entry.country:
            return Mention(hit.start, hit.end, "", country=entry.country)
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
