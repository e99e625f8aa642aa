"""What tells the reason of a coach's trouble from what else an article reports: features, each between 0 and 1."""

from collections import defaultdict
from dataclasses import dataclass

from analysis.claims.features import LONG, SHORT, Features
from analysis.claims.sentences import SentenceReader
from analysis.claims.verdicts import Verdict
from analysis.lexicon import Lexicon
from analysis.mentions.canonical import CanonicalSentence
from analysis.mentions.document import Document
from analysis.mentions.people import Mention, Mentions, Person

FAR, MOST_WORDS, MOST_SENTENCES, MOST_CAUSES, MOST_COACHES = 6, 6, 3, 5, 3
"""Distances in sentences and counts above these count as these."""
REACH = 3
"""Phrases are sought so many sentences to either side of a claim."""
REASON_WORDS = 8
"""A word that gives a reason is heard up to so many words before the phrase."""


@dataclass(frozen=True)
class Found:
    """A phrase of causes at [start, end) of `field`, in its sentence `number`."""

    cause: str
    field: str
    number: int
    start: int
    end: int
    words: int
    has_reason: bool
    """Whether a word such as "after" or "because of" stands before it."""


class CauseFeatures:
    """The phrases of causes in one article, and their features for each coach who is in doubt, gone or backed."""

    def __init__(self, documents: list[Document], mentions: Mentions, reader: SentenceReader, lexicon: Lexicon,
                 features: Features, found: list[Verdict]):  # fmt: skip
        """`found`: the verdicts of the article; neutral ones have no causes."""
        self._documents = {document.field: document for document in documents}
        self._mentions, self._reader, self._lexicon = mentions, reader, lexicon
        self._of_article = features
        self._verdicts = [verdict for verdict in found if verdict.direction != "neutral"]
        self._in_doubt = {id(verdict.person) for verdict in self._verdicts}
        self.phrases = [phrase for document in documents if self._verdicts for phrase in self._phrases(document)]
        documents = documents if self.phrases else []
        self._focus = mentions.focus()
        self._named = reader.named
        self._paragraphs = {document.field: _paragraphs(document) for document in documents}
        self._in_paragraph: dict[tuple[str, int], set[int]] = {}
        self._spread: dict[str, set] = defaultdict(set)
        self._beside: dict[tuple[str, int], set[str]] = defaultdict(set)
        for phrase in self.phrases:
            self._spread[phrase.cause].add((phrase.field, phrase.number))
            self._beside[phrase.field, phrase.number].add(phrase.cause)

    def of_coaches(self) -> list[tuple[Verdict, Found, dict[str, float]]]:
        """Every phrase for every coach, with its features; those that are 0 are left out."""
        found = []
        for phrase in self.phrases:
            own = self._said(phrase) | self._placed(phrase) | self._company(phrase)
            coaches = _coaches(self._named[phrase.field][phrase.number])
            around = self._around(phrase.field, self._paragraphs[phrase.field][phrase.number])
            last = self._mentions.last_coach_before(phrase.field, phrase.start)
            for verdict in self._verdicts:
                values = own | self._near(verdict, phrase) | self._about(verdict, coaches, around, last)
                found.append((verdict, phrase, {name: float(value) for name, value in values.items() if value}))
        return found

    def _near_claims(self, document: Document) -> set[int]:
        """Numbers of the sentences in reach of a claim; of a title all."""
        if document.field == "title":
            return set(range(len(document.sentences)))
        places = {c.sentence.number for verdict in self._verdicts for c in verdict.support if c.field == document.field}
        return {number + step for number in places for step in range(-REACH, REACH + 1)}

    def _phrases(self, document: Document) -> list[Found]:
        found = []
        for number, phrases in self._reader.causes(document, self._near_claims(document)).items():
            sentence = self._reader.sentence(document, number)
            found += [
                self._found(document.field, sentence, phrase.cause, *match.span())
                for phrase in phrases
                for match in phrase.pattern.regex.finditer(sentence.text)
            ]
        return found

    def _found(self, field: str, sentence: CanonicalSentence, cause: str, start: int, end: int) -> Found:
        before = " ".join(sentence.text[:start].split()[-REASON_WORDS:])
        has_reason = bool(self._lexicon.reason and self._lexicon.reason.search(before + " "))
        words = len(sentence.text[start:end].split())
        return Found(cause, field, sentence.number, sentence.original(start), sentence.original(end, is_end=True),
                     words, has_reason)  # fmt: skip

    def _said(self, phrase: Found) -> dict[str, float]:
        return {
            f"cause_{phrase.cause}": 1,
            "words": min(phrase.words, MOST_WORDS) / MOST_WORDS,
            "reason": phrase.has_reason,
        }

    def _placed(self, phrase: Found) -> dict[str, float]:
        told = self._of_article.time(phrase.field, phrase.number)
        sentences = self._of_article.sentences
        in_long = phrase.field == "text" and sentences > LONG
        return {
            "long": sentences > LONG,
            "short": sentences <= SHORT,
            "title": phrase.field == "title",
            "lead": in_long and phrase.number < 2,
            "depth": phrase.number / sentences if in_long else 0,
            "past": "past" in told and "present" not in told,
            "present": "present" in told,
            "history": "history" in told,
            "old_year": "old year" in told,
        }

    def _near(self, verdict: Verdict, phrase: Found) -> dict[str, float]:
        """How near the phrase stands to what is claimed of the coach."""
        places = {(claim.field, claim.sentence.number) for claim in verdict.support}
        steps = [phrase.number - number for field, number in places if field == phrase.field]
        nearest = min(map(abs, steps), default=FAR)
        paragraph = self._paragraphs[phrase.field]
        return {
            "same_sentence": nearest == 0,
            "next_sentence": 1 in steps and nearest == 1,
            "sentence_before": -1 in steps and nearest == 1,
            "far": min(nearest, FAR) / FAR,
            "same_paragraph": any(
                field == phrase.field and paragraph[number] == paragraph[phrase.number] for field, number in places
            ),
            "no_claim_in_field": not steps,
        }

    def _about(self, verdict: Verdict, coaches: set[int], around: set[int], last: Person | None) -> dict[str, float]:
        """Whether the sentence, which names `coaches`, and its paragraph, which names `around`, speak of the coach."""
        person = verdict.person
        key = id(person)
        return {
            verdict.direction: 1,
            "named": key in coaches,
            "other_beside": bool(coaches - {key}),
            "last_named": last is person,
            "other_last": last is not None and last is not person,
            "other_in_doubt": bool((around | coaches) & self._in_doubt - {key}),
            "only_others_around": bool(around) and key not in around,
            "share": self._of_article.share(person),
            "focus": person is self._focus,
            "only_one": len(self._in_doubt) == 1,
        }

    def _around(self, field: str, paragraph: int) -> set[int]:
        """The coaches named in a paragraph."""
        if (field, paragraph) not in self._in_paragraph:
            named = zip(self._paragraphs[field], self._named[field], strict=True)
            self._in_paragraph[field, paragraph] = set().union(
                *(_coaches(mentions) for number, mentions in named if number == paragraph)
            )
        return self._in_paragraph[field, paragraph]

    def _company(self, phrase: Found) -> dict[str, float]:
        """What else the article gives as a reason."""
        beside = len(self._beside[phrase.field, phrase.number]) - 1
        others = len(self._spread) - 1
        return {
            "again": min(len(self._spread[phrase.cause]) - 1, MOST_SENTENCES) / MOST_SENTENCES,
            "causes_beside": min(beside, MOST_CAUSES) / MOST_CAUSES,
            "other_causes": min(others, MOST_CAUSES) / MOST_CAUSES,
        }


def _coaches(mentions: list[Mention]) -> set[int]:
    return {id(mention.person) for mention in mentions if mention.person and mention.person.kind == "coach"}


def _paragraphs(document: Document) -> list[int]:
    """The number of the paragraph of each sentence, from 0."""
    numbers, number, last = [], 0, 0
    for start, end in document.sentences:
        number += "\n" in document.text[last:start]
        numbers.append(number)
        last = end
    return numbers
