"""Claims that no cue makes: sentences whose words together sound like an alarm of a coach (analysis.claims.hints)."""

from collections import defaultdict
from collections.abc import Iterable

from analysis.claims.claims import Claim
from analysis.claims.hints import STAGES, Hints, Told, places_of, words_of
from analysis.lexicon import Cue
from analysis.lexicon.patterns import Pattern
from analysis.mentions.people import Mention

LOUD = -1.5
"""Sentences whose logit is below are no hint; whether a claim of the others stands is weighed like that of a cue."""
MOST = 2
"""Of each coach the so many loudest sentences are claims."""
WORD_COST = 0.12
"""What a word must weigh to belong to the part of a sentence that carries the hint."""
_RISK = {"speculation": 1, "pressure": 2, "ultimatum": 3, "succession": 3}
_CUES = {
    stage: Cue(Pattern("(hint)", "", ()), stage, _RISK.get(stage, 4), subject="any", proves_coach=False, is_noun=False)
    for stage in STAGES
}


def hinted_claims(heard_in: list[tuple[Told, float]], claims: list[Claim], hints: Hints) -> list[Claim]:
    """Claims of the loudest sentences of the text about each coach of whom no cue speaks there, not even one set aside.

    `heard_in`: sentences, each with how much it sounds like an alarm by `hints`.
    """
    read = {id(claim.person) for claim in claims if claim.field == "text"}
    heard = defaultdict(list)
    for sentence, alarm in heard_in:
        if alarm >= LOUD and sentence.field == "text" and id(sentence.person) not in read:
            heard[id(sentence.person)].append((alarm, sentence))
    loudest = [sorted(of_person, key=lambda one: -one[0])[:MOST] for of_person in heard.values()]
    return [_claim(sentence, hints) for of_person in loudest for _, sentence in of_person]


def _claim(told: Told, hints: Hints) -> Claim:
    stage = STAGES[int(hints.of(told.words)[1:].argmax())]
    sentence, cue = told.sentence, _CUES[stage]
    start, end = _carrying(told, hints)
    first, last = sentence.original(start), sentence.original(end, is_end=True)
    return Claim(told.person, stage, cue.weight, cue, told.field, first, last, sentence, start, end, _holder(told),
                 {}, "hint")  # fmt: skip


def _holder(told: Told) -> Mention | None:
    mentions: Iterable[Mention] = told.sentence.mentions.values()
    return next((mention for mention in mentions if mention.person is told.person), None)


def _carrying(told: Told, hints: Hints) -> tuple[int, int]:
    """The part of a sentence, [start, end) of its canonical form, whose words weigh most together."""
    words, places = words_of(told.sentence, told.person), places_of(told.sentence)
    weights = [hints.alarm(word) - WORD_COST for word in words]
    for i in range(len(words) - 1):
        pair = hints.alarm(f"{words[i]} {words[i + 1]}") / 2
        weights[i] += pair
        weights[i + 1] += pair
    best, total, first, span = float("-inf"), 0.0, 0, (0, 0)
    for i, weight in enumerate(weights):
        if total <= 0:
            total, first = 0.0, i
        total += weight
        if total > best:
            best, span = total, (first, i)
    return places[span[0]], _end_of(places[span[1]], told)


def _end_of(place: int, told: Told) -> int:
    """Where the word or name that begins at `place` ends."""
    text = told.sentence.text
    if place in told.sentence.mentions:
        return place + 1
    return next((end for end in range(place, len(text)) if not text[end].isalnum()), len(text))
