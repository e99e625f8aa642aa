"""What tells a coach from other people whom an article names without a word for their trade: features, 0 to 1."""

import re
from collections import Counter, defaultdict

from analysis.claims.features import LONG
from analysis.claims.holders import CueMatch
from analysis.claims.sentences import SentenceReader
from analysis.lexicon import Lexicon
from analysis.lexicon.patterns import BOARD, CLUB, COACH, FANS, MEDIA, PERSON, PLAYER, ROLE, STAFF
from analysis.mentions.canonical import CanonicalSentence
from analysis.mentions.document import Document
from analysis.mentions.people import Mentions, Person

BRIEF = 1
"""A text of so many sentences tells too little."""
MOST_MENTIONS, MOST_PERSONS, MOST_COACHES = 4, 5, 3
"""Counts above these count as these."""
_NAMES = {COACH: "coach", ROLE: "role", PERSON: "person", CLUB: "club", BOARD: "board", FANS: "fans", PLAYER: "player",
          MEDIA: "media", STAFF: "staff"}  # fmt: skip
_MARKS = {",": "comma", "(": "bracket", ":": "colon", '"': "quote", "'": "apostrophe"}
_CLASSES = ("of", "at", "by", "the", "and", "former", "new", "team")
_TOKEN = re.compile(r"\w+|[^\w\s]")


class TradeFeatures:
    """The features of persons whose trade nothing tells; names and meanings are those of data/trade_weights.csv."""

    def __init__(self, documents: list[Document], mentions: Mentions, reader: SentenceReader, lexicon: Lexicon):
        self._documents, self._mentions, self._reader, self._lexicon = documents, mentions, reader, lexicon
        self._sentences = max(len(document.sentences) for document in documents)
        self._small_words = {word: name for name in reversed(_CLASSES) for word in lexicon.words.get(name, ())}

    def of_persons(self) -> list[tuple[Person, dict[str, float]]]:
        """Every unknown person with a name, each with the features that are not 0.

        A single sentence tells too little of anybody for that: none are found in it.
        """
        if self._sentences <= BRIEF:
            return []
        unknown = [person for person in self._mentions.persons if person.kind == "unknown" and person.name]
        if not unknown:
            return []
        seen = self._seen({id(person) for person in unknown})
        shared = self._article(len(unknown))
        first = self._first_person()
        return [(person, self._of_person(person, first, shared, seen[id(person)])) for person in unknown]

    def _of_person(
        self, person: Person, first: Person | None, shared: dict[str, float], seen: dict[str, float]
    ) -> dict[str, float]:
        own = {
            "full_name": " " in person.name,
            "first_person": person is first,
            "mentions": min(seen.pop("count", 0), MOST_MENTIONS) / MOST_MENTIONS,
        }
        found = {name: float(value) for name, value in (shared | own | seen).items() if value}
        if "no_coach" in found:
            alone = ("first_person", "only_unknown", "in_title", "with_club", "free_role")
            found |= {f"no_coach_{name}": 1.0 for name in alone if name in found}
        return found

    def _article(self, unknown: int) -> dict[str, float]:
        coaches = len(self._mentions.coaches())
        mentions = [mention for of_field in self._mentions.by_field.values() for mention in of_field]
        return {
            "coaches": min(coaches, MOST_COACHES) / MOST_COACHES,
            "no_coach": not coaches,
            "unknown_persons": min(unknown, MOST_PERSONS) / MOST_PERSONS,
            "only_unknown": unknown == 1,
            "free_role": any(m.character == ROLE and m.person is None and not m.is_former for m in mentions),
            "elsewhere": self._mentions.is_elsewhere,
            "long": self._sentences > LONG,
        }

    def _first_person(self) -> Person | None:
        """Whom the text, or where there is none the title, names first."""
        mentions = self._mentions.by_field.get("text") or self._mentions.by_field.get("title") or []
        return next((mention.person for mention in mentions if mention.person is not None), None)

    # The sentences that name them

    def _seen(self, persons: set[int]) -> dict[int, dict[str, float]]:
        """What the sentences that name each of `persons` tell, by id."""
        seen: dict[int, set[str]] = defaultdict(set)
        counts: Counter[int] = Counter()
        for document in self._documents:
            naming = {}
            for number, mentions in enumerate(self._reader.named[document.field]):
                if named := {id(mention.person) for mention in mentions} & persons:
                    naming[number] = named
            sentences = [self._reader.sentence(document, number) for number in naming]
            heard = self._lexicon.surroundings.heard_in([sentence.text for sentence in sentences])
            for sentence, words in zip(sentences, heard, strict=True):
                told = {f"told_{name}" for name in words} | _placed(document, sentence.number)
                self._look(document, sentence, naming[sentence.number], told, seen, counts)
        return {person: dict.fromkeys(seen[person], 1.0) | {"count": counts[person]} for person in persons}

    def _look(self, document: Document, sentence: CanonicalSentence, named: set[int], told: set[str],
              seen: dict[int, set[str]], counts: Counter[int]) -> None:  # fmt: skip
        """Note for the persons `named` in a sentence what it tells and how they stand in it."""
        matches = self._reader.matches(document, sentence.number)
        told = told | {f"cue_{match.cue.stage}" for match in matches}
        text, (tokens, index) = sentence.text, _tokens(sentence)
        for person in named:
            places = [place for place, mention in sentence.mentions.items() if id(mention.person) == person]
            counts[person] += len(places)
            others = {place: text[place] for place, m in sentence.mentions.items() if id(m.person) != person}
            seen[person] |= told
            for place in places:
                seen[person] |= self._neighbours(tokens, index[place])
            if places and others:
                seen[person] |= {f"with_{_NAMES[shown]}" for shown in others.values()}
                seen[person] |= {f"nearest_{_NAMES[_nearest(others, place)]}" for place in places}
            for match in matches:
                seen[person] |= _slots(match, places)

    def _neighbours(self, tokens: list[str], index: int) -> set[str]:
        """What stands to either side of a name, the token at `index`."""
        before = [self._class(token) for token in tokens[max(0, index - 2) : index]]
        after = [self._class(token) for token in tokens[index + 1 : index + 3]]
        found = {f"left_{before[-1] if before else 'start'}", f"right_{after[0] if after else 'end'}"}
        if before[:1] == ["club"] and len(before) == 2:
            found.add(f"left_club_{before[1]}")
        if after[1:] == ["club"]:
            found.add(f"right_{after[0]}_club")
        if after[:1] == ["comma"] and len(after) == 2:
            found.add(f"right_comma_{after[1]}")
        return found

    def _class(self, token: str) -> str:
        """What a word or mark beside a name is: a placeholder's name, a class of small words, number, mark or word."""
        known = _NAMES.get(token) or self._small_words.get(token)
        if known:
            return known
        if token.isdigit():
            return "number"
        return "word" if token.isalnum() else _MARKS.get(token, "mark")


def _placed(document: Document, number: int) -> set[str]:
    if document.field == "title":
        return {"in_title"}
    return {"in_lead"} if number == 0 else set()


def _slots(match: CueMatch, places: list[int]) -> set[str]:
    """Which slots of a cue hold one of `places`."""
    found = set()
    for name, (start, end) in match.groups.items():
        kind = name.rstrip("0123456789")
        if kind in ("coach", "name") and any(start <= place < end for place in places):
            found |= {"coach_slot", f"coach_of_{match.cue.stage}"} if kind == "coach" else {"name_slot"}
    return found


def _nearest(others: dict[int, str], place: int) -> str:
    return others[min(others, key=lambda other: abs(other - place))]


def _tokens(sentence: CanonicalSentence) -> tuple[list[str], dict[int, int]]:
    """The words, marks and mentions of a sentence, and which of them each mention is, by its place."""
    text, start, tokens, index = sentence.text, 0, [], {}
    for place in sentence.mentions:
        tokens += _TOKEN.findall(text[start:place])
        index[place] = len(tokens)
        tokens.append(text[place])
        start = place + 1
    return tokens + _TOKEN.findall(text[start:]), index
