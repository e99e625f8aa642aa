"""Who is called coach: persons beside a role in the text."""

from collections.abc import Iterator

from analysis.lexicon.patterns import ROLE
from analysis.mentions.document import Document
from analysis.mentions.mentions import Mention
from analysis.text import fold

_AHEAD = 24
"""Characters between a role and the name behind it: "il tecnico del Borgo, Mario Brenta"."""
_APPOSITION = 8
"""Characters between a name and the role that follows it: ", the ", ", il "."""


def titled(mentions: list[Mention], document: Document) -> Iterator[str]:
    """Folded names of the persons whom a field with these `mentions` calls coach."""
    for number, role in enumerate(mentions):
        if role.character != ROLE:
            continue
        named = (mention for mention in mentions[number + 1 :] if mention.person is not None)
        person = next(named, None)
        if person and _is_near(role, person, document, _AHEAD):
            yield fold(person.person.name)
        before = mentions[number - 1] if number else None
        if before and before.person is not None and _is_near(before, role, document, _APPOSITION):
            yield fold(before.person.name)


def _is_near(first: Mention, second: Mention, document: Document, most: int) -> bool:
    between = document.text[first.end : second.start]
    return len(between) <= most and "." not in between
