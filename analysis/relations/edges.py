"""An edge between a coach and a club: the words it rests on, and what may stand between two of them."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.mentions.people import Mention, Mentions, Person


@dataclass(frozen=True)
class Edge:
    """`person` and `club` tied by `relation`; [start, end) of `field` are the words that say so."""

    person: Person
    club: str
    relation: str
    field: str
    start: int
    end: int
    by: str = "words"
    """What proposed it: words, claims, former, courtship, two_benches, unexplained, mirrored."""


def first_mention(mentions: Mentions, club: str) -> tuple[str, int, int] | None:
    """Field, start and end of the first mention of `club`, the text before the title."""
    return _first(mentions, lambda mention: mention.club == club)


def place_of(mentions: Mentions, club: str, person: Person) -> tuple[str, int, int]:
    """Where an article ties `person` to `club`: its first mention of the club, or of him if it names no club."""
    field = next(iter(mentions.by_field))
    return first_mention(mentions, club) or _first(mentions, lambda m: m.person is person) or (field, 0, 0)


def _first(mentions: Mentions, is_meant: Callable[[Mention], bool]) -> tuple[str, int, int] | None:
    for name in ("text", "title"):
        for mention in mentions.by_field.get(name, []):
            if is_meant(mention):
                return name, mention.start, mention.end
    return None


def clubs_tied(edges: list[Edge], person: Person, *relations: str) -> set[str]:
    """Clubs that `edges` tie to `person`, by one of `relations` if any are given."""
    return {edge.club for edge in edges if edge.person is person and (not relations or edge.relation in relations)}


def unique(edges: list[Edge]) -> list[Edge]:
    """Each edge once, with the words that came first; a courtship that is denied is none."""
    found: dict[tuple[int, str, str], Edge] = {}
    for edge in edges:
        found.setdefault((id(edge.person), edge.club, edge.relation), edge)
    denied = {(person, club) for person, club, relation in found if relation == "destination_denied"}
    return [edge for (person, club, relation), edge in found.items()
            if not (relation == "destination" and (person, club) in denied)]  # fmt: skip
