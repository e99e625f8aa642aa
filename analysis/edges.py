"""An edge between a coach and a club: the words it rests on, and what may stand between two of them."""

from dataclasses import dataclass

from analysis.mentions import Mentions, Person


@dataclass(frozen=True)
class Edge:
    """`person` and `club` tied by `relation`; [start, end) of `field` are the words that say so."""

    person: Person
    club: str
    relation: str
    field: str
    start: int
    end: int


def first_mention(mentions: Mentions, club: str) -> tuple[str, int, int] | None:
    """Field, start and end of the first mention of `club`, the text before the title."""
    for name in ("text", "title"):
        for mention in mentions.by_field.get(name, []):
            if mention.club == club:
                return name, mention.start, mention.end
    return None


def place_of(mentions: Mentions, club: str) -> tuple[str, int, int]:
    """Where `club` is first mentioned; an empty span where the article does not name it."""
    return first_mention(mentions, club) or (list(mentions.by_field)[-1], 0, 0)


def clubs_tied(edges: list[Edge], person: Person, *relations: str) -> set[str]:
    """Clubs that `edges` tie to `person`, by one of `relations` if any are given."""
    return {edge.club for edge in edges if edge.person is person and (not relations or edge.relation in relations)}
