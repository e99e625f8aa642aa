"""What tells a coach from other people whom an article names without a word for their trade: features, 0 to 1."""

import re
from collections import defaultdict

from analysis.claims.claims import ClaimReader, longest_matches
from analysis.claims.features import LONG
from analysis.lexicon import Cue, Lexicon
from analysis.lexicon.patterns import BOARD, CLUB, COACH, FANS, MEDIA, PERSON, PLAYER, ROLE, STAFF
from analysis.mentions.canonical import CanonicalSentence
from analysis.mentions.document import Document
from analysis.mentions.people import Mentions, Person
from analysis.text import spaced

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

    def __init__(self, documents: list[Document], mentions: Mentions, reader: ClaimReader, lexicon: Lexicon):
        self._documents, self._mentions, self._reader, self._lexicon = documents, mentions, reader, lexicon
        self._sentences = max(len(document.sentences) for document in documents)

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
        seen: dict[int, dict[str, float]] = defaultdict(dict)
        for document in self._documents:
            cues = self._reader.phrases(document, Cue)
            for number, mentions in enumerate(self._mentions.by_sentence(document)):
                named = {id(mention.person) for mention in mentions} & persons
                if not named:
                    continue
                sentence = self._reader.sentence(document, number)
                told = self._told(document, sentence, number)
                for person in named:
                    self._look(sentence, person, told, cues.get(number, []), seen[person])
        return seen

    def _told(self, document: Document, sentence: CanonicalSentence, number: int) -> dict[str, float]:
        heard = self._lexicon.surroundings.heard(spaced(sentence.text))
        told: dict[str, float] = {f"told_{name}": 1 for _, name in heard}
        if document.field == "title":
            told["in_title"] = 1
        elif number == 0:
            told["in_lead"] = 1
        return told

    def _look(
        self, sentence: CanonicalSentence, person: int, told: dict[str, float], cues: list[Cue], seen: dict[str, float]
    ) -> None:
        places = [place for place, mention in sentence.mentions.items() if id(mention.person) == person]
        seen |= told
        seen["count"] = seen.get("count", 0) + len(places)
        for place in places:
            seen |= self._neighbours(sentence, place, person)
        for match in longest_matches(cues, sentence):
            seen[f"cue_{match.cue.stage}"] = 1
            for name, (start, end) in match.groups.items():
                kind = name.rstrip("0123456789")
                if kind in ("coach", "name") and any(start <= place < end for place in places):
                    seen[f"{kind}_slot"] = 1
                    if kind == "coach":
                        seen[f"coach_of_{match.cue.stage}"] = 1

    def _neighbours(self, sentence: CanonicalSentence, place: int, person: int) -> dict[str, float]:
        others = {other: m.shown for other, m in sentence.mentions.items() if id(m.person) != person}
        found: dict[str, float] = {f"with_{_NAMES[shown]}": 1 for shown in others.values() if shown in _NAMES}
        if others:
            nearest = others[min(others, key=lambda other: abs(other - place))]
            if nearest in _NAMES:
                found[f"nearest_{_NAMES[nearest]}"] = 1
        before = _TOKEN.findall(sentence.text[:place])[-2:]
        after = _TOKEN.findall(sentence.text[place + 1 :])[:2]
        found[f"left_{self._class(before[-1]) if before else 'start'}"] = 1
        found[f"right_{self._class(after[0]) if after else 'end'}"] = 1
        if len(before) == 2 and before[0] == CLUB:
            found[f"left_club_{self._class(before[1])}"] = 1
        if len(after) == 2 and after[1] == CLUB:
            found[f"right_{self._class(after[0])}_club"] = 1
        if after[:1] == [","] and len(after) == 2:
            found[f"right_comma_{self._class(after[1])}"] = 1
        return found

    def _class(self, token: str) -> str:
        """What a word or mark beside a name is: a placeholder's name, a class of small words, number, mark or word."""
        if token in _NAMES:
            return _NAMES[token]
        words = self._lexicon.words
        of_class = next((name for name in _CLASSES if token in words.get(name, ())), None)
        if of_class:
            return of_class
        if token.isdigit():
            return "number"
        return "word" if token.isalnum() else _MARKS.get(token, "mark")
