"""Why a coach is or was in doubt: phrases from the closed set of causes, near what is claimed of him."""

from dataclasses import dataclass

from analysis.claims.claims import ClaimReader
from analysis.claims.scope import Spelled, acting_on, find_modifiers
from analysis.claims.verdicts import Verdict
from analysis.lexicon import Lexicon
from analysis.mentions.document import Document
from analysis.mentions.people import Person

NEAR_SENTENCES = 1
"""A cause is looked for in the sentences of the claims and this many to either side."""
_SILENCING = {"historical", "hypothetical", "negated"}


@dataclass(frozen=True)
class Cause:
    """A reason the text gives, with the words that give it."""

    person: Person
    cause: str
    field: str
    start: int
    end: int


def read_causes(
    found: list[Verdict], documents: list[Document], sentences: ClaimReader, lexicon: Lexicon
) -> list[Cause]:
    """Causes for every coach with a signal, each cause and span once."""
    by_field = {document.field: document for document in documents}
    causes: dict[tuple, Cause] = {}
    for verdict in found:
        if verdict.direction == "neutral":
            continue
        for field, number in _places(verdict, by_field):
            for cause in _read_sentence(verdict.person, by_field[field], number, sentences, lexicon):
                causes.setdefault((id(cause.person), cause.cause, cause.field, cause.start), cause)
    return list(causes.values())


def _places(verdict: Verdict, documents: dict[str, Document]) -> list[tuple[str, int]]:
    places = set()
    for claim in verdict.support:
        count = len(documents[claim.field].sentences)
        number = claim.sentence.number
        near = range(max(0, number - NEAR_SENTENCES), min(count, number + NEAR_SENTENCES + 1))
        places |= {(claim.field, n) for n in near}
    if "title" in documents:
        places |= {("title", n) for n in range(len(documents["title"].sentences))}
    return sorted(places)


def _read_sentence(
    person: Person, document: Document, number: int, sentences: ClaimReader, lexicon: Lexicon
) -> list[Cause]:
    sentence = sentences.sentence(document, number)
    found = []
    modifiers = None
    for phrase in lexicon.causes.candidates(sentence.text):
        for match in phrase.pattern.regex.finditer(sentence.text):
            if modifiers is None:
                modifiers = find_modifiers(sentence, lexicon)
            acting = acting_on(match.start(), match.end(), Spelled.by(phrase.pattern, match), sentence, modifiers)
            if not _SILENCING & set(acting):
                start, end = sentence.original(match.start()), sentence.original(match.end(), is_end=True)
                found.append(Cause(person, phrase.cause, document.field, start, end))
    return found
