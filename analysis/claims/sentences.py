"""The sentences of one article as cues see them: canonical forms, what vocabulary they allow, modifiers, cues."""

import re

from analysis.claims.holders import CueMatch
from analysis.claims.scope import ModifierSpan, Spelled, find_modifiers
from analysis.lexicon import Cue, Lexicon
from analysis.lexicon.lexicon import CausePhrase
from analysis.mentions.canonical import CanonicalSentence, canonical_sentence
from analysis.mentions.document import Document
from analysis.mentions.outline import Outline
from analysis.mentions.people import Mentions, Person


class SentenceReader:
    """Makes each sentence's canonical form, and finds its modifiers and cues, once."""

    def __init__(self, documents: list[Document], mentions: Mentions, lexicon: Lexicon):
        self._mentions, self._lexicon = mentions, lexicon
        self.sentences: dict[tuple[str, int], CanonicalSentence] = {}
        self._modifiers: dict[tuple[str, int], list[ModifierSpan]] = {}
        self._times: dict[tuple[str, int], set[str]] = {}
        self._matches: dict[tuple[str, int], list[CueMatch]] = {}
        self.named = {document.field: mentions.by_sentence(document) for document in documents}
        """The mentions of each sentence, by field."""
        self._outlines = {
            document.field: Outline(document, self.named[document.field], lexicon) for document in documents
        }
        self._phrases = {field: outline.allowed(lexicon.phrases) for field, outline in self._outlines.items()}

    def phrases(self, document: Document, kind: type) -> dict[int, list]:
        """Phrases of one kind, Cue or Link, that the sentences of a field allow."""
        found = {}
        for number, phrases in self._phrases[document.field].items():
            of_kind = [phrase for phrase in phrases if type(phrase) is kind]
            if of_kind:
                found[number] = of_kind
        return found

    def matches(self, document: Document, number: int) -> list[CueMatch]:
        """Where cues stand in a sentence, in order, looked for once."""
        key = (document.field, number)
        if key not in self._matches:
            cues = [phrase for phrase in self._phrases[document.field].get(number, ()) if type(phrase) is Cue]
            self._matches[key] = _longest_matches(cues, self.sentence(document, number)) if cues else []
        return self._matches[key]

    def forget(self, persons: list[Person]) -> None:
        """Make the sentences that name `persons` anew, who have turned out to be coaches.

        What phrases a sentence allows stays: outlines show coaches and unknown persons alike.
        """
        for key, sentence in list(self.sentences.items()) if persons else ():
            if any(mention.person in persons for mention in sentence.mentions.values()):
                for kept in (self.sentences, self._matches, self._modifiers, self._times):
                    kept.pop(key, None)

    def causes(self, document: Document, numbers: set[int]) -> dict[int, list[CausePhrase]]:
        """Phrases of causes that the sentences with these numbers allow."""
        return self._outlines[document.field].allowed(self._lexicon.causes, numbers) if numbers else {}

    def modifiers(self, document: Document, number: int) -> list[ModifierSpan]:
        """The modifiers of a sentence, found once."""
        key = (document.field, number)
        if key not in self._modifiers:
            self._modifiers[key] = find_modifiers(self.sentence(document, number), self._lexicon.modifiers)
        return self._modifiers[key]

    def times(self, document: Document, number: int) -> set[str]:
        """Which of "historical" and "recent" the modifiers of a sentence tell, found once."""
        key = (document.field, number)
        if key not in self._times:
            self._times[key] = {
                span.modifier.category for span in find_modifiers(self.sentence(document, number), self._lexicon.times)
            }
        return self._times[key]

    def sentence(self, document: Document, number: int) -> CanonicalSentence:
        """The canonical form of a sentence, made once."""
        key = (document.field, number)
        if key not in self.sentences:
            start, end = document.sentences[number]
            self.sentences[key] = canonical_sentence(
                document, number, self._mentions.between(document.field, start, end)
            )
        return self.sentences[key]


def _longest_matches(cues: list[Cue], sentence: CanonicalSentence) -> list[CueMatch]:
    """Where `cues` stand in a sentence, in order; of those that share words the one that asks for most."""
    return _longest(_matches(cues, sentence), sentence.text)


def _matches(cues: list[Cue], sentence: CanonicalSentence) -> list[CueMatch]:
    return [
        CueMatch(cue, match.start(), match.end(), _slots(match), Spelled.by(cue.pattern, match))
        for cue in cues
        for match in cue.pattern.regex.finditer(sentence.text)
    ]


def _slots(match: re.Match) -> dict[str, tuple[int, int]]:
    return {k: match.span(k) for k, v in match.groupdict().items() if v and not k.startswith("gap")}


def _longest(matches: list[CueMatch], text: str) -> list[CueMatch]:
    """Of matches that share words the one that asks for most, then the longest; a shared name alone is no clash."""
    ordered = sorted(matches, key=lambda m: (-m.cue.pattern.weight, m.start - m.end, m.start))
    chosen: list[CueMatch] = []
    for match in ordered:
        if not any(_share_words(match, other, text) for other in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.start)


def _share_words(one: CueMatch, other: CueMatch, text: str) -> bool:
    return any(map(str.isalnum, text[max(one.start, other.start) : min(one.end, other.end)]))
