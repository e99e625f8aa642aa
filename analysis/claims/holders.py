"""Whose job a cue speaks of: the coach in its slot, the one it stands nearest to, or the one spoken of before."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from analysis.claims.scope import Spelled
from analysis.lexicon import Cue, Lexicon
from analysis.lexicon.patterns import BOARD, CLUB, COACH, PERSON, PLAYER, ROLE, STAFF
from analysis.mentions.canonical import CanonicalSentence
from analysis.mentions.document import Document
from analysis.mentions.lists import Lists
from analysis.mentions.people import Mention, Mentions, Person

OF_COACHES = ("dismissed", "ultimatum", "pressure", "succession")
"""Stages whose cues are seldom said of players; a player's story speaks of his future, contract and farewell."""
OF_TEAMS = ("pressure", "ultimatum", "speculation")
"""Stages whose words may be said of a team: "il Milan di Fonseca vive una situazione complicata"."""
COURTING = ("succession", "speculation", "reassured")
"""Stages whose cues name a candidate beside the coach; beside one dismissed stands his successor."""
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class CueMatch:
    """A cue found at [start, end) of a canonical sentence, the spans of its slots, and what it spells out."""

    cue: Cue
    start: int
    end: int
    groups: dict[str, tuple[int, int]]
    spelled: Spelled


class Holders:
    """Finds the holders of one article's cues."""

    def __init__(self, mentions: Mentions, lexicon: Lexicon):
        self._mentions, self._lexicon = mentions, lexicon
        self._lists = Lists(lexicon, COACH + PERSON)

    def find(
        self, document: Document, sentence: CanonicalSentence, match: CueMatch, courted: Collection[Person] = ()
    ) -> tuple[Mention | None, Person | None]:
        """The mention that holds the cue, if one of its sentence does, and the person meant; None where nobody is.

        `courted` are candidates whom other cues of the sentence name; talks are about another's bench.
        """
        for name, (start, end) in match.groups.items():
            if name.startswith("coach"):
                return self._in_slot(sentence, match, start, end)
        if match.cue.subject == "slot":
            return None, self._carried(document, sentence, match)
        mention = self._nearest(sentence, match, courted if match.cue.stage in COURTING else ())
        if mention is not None:
            return mention, mention.person if mention.character in (COACH, ROLE, PERSON) else None
        return None, self._carried(document, sentence, match)

    def candidates(self, sentence: CanonicalSentence, match: CueMatch) -> list[Person]:
        """Persons in the {name} slots of a cue, and those joined to them."""
        places = [end - 1 for name, (_, end) in match.groups.items() if name.startswith("name")]
        joined = [p for place in places for p in self._lists.around(sentence, place)]
        persons = [sentence.mentions[position].person for position in joined]
        return [person for person in dict.fromkeys(persons) if person is not None]

    # In the cue's own slot

    def _in_slot(
        self, sentence: CanonicalSentence, match: CueMatch, start: int, end: int
    ) -> tuple[Mention | None, Person | None]:
        inside = [sentence.mentions[position] for position in range(start, end) if position in sentence.mentions]
        persons = [mention for mention in inside if mention.person is not None and mention.character != CLUB]
        if not persons or self._speaks_of_team(sentence, match, start, end):
            return None, None
        holder = _nearer(sentence, match, end, persons[-1].person) or persons[-1]
        return holder, holder.person

    def _speaks_of_team(self, sentence: CanonicalSentence, match: CueMatch, start: int, end: int) -> bool:
        """Whether his name only tells whose team it is: "O Flamengo de Tite vive situação complicada"."""
        words = sentence.text[:start].split()[-3:]
        if words and words[-1] in self._lexicon.words["the"]:
            words.pop()
        is_possessor = len(words) > 1 and words[-1] in self._lexicon.words["of"]
        possessed = {words[-2]} if is_possessor else set()
        teams = self._lexicon.words["team"]
        if possessed & {STAFF, PLAYER}:  # "le préparateur physique de Favre a été remercié"
            return True
        if match.cue.stage not in OF_TEAMS or any(sentence.text[s:e] == CLUB for s, e in match.groups.values()):
            return False
        following = sentence.text[end : match.end].replace("'s", " ").split()[:1]
        return bool(possessed & (teams | {CLUB})) or bool(following) and following[0] in teams

    # Nearest to the cue

    def _nearest(self, sentence: CanonicalSentence, match: CueMatch, courted: Collection[Person]) -> Mention | None:
        inside = self._inside(sentence, match)
        if inside is not None:
            return inside
        others = self._others(sentence, match)
        others += [(p, p + 1) for p, mention in sentence.mentions.items() if mention.person in courted]
        before = [p for p in sentence.mentions if p < match.start and self._counts(sentence, p, match, others)]
        if match.cue.is_noun:  # "the president does not rule out a sacking": it is not his own
            before = [p for p in before if sentence.mentions[p].shown != BOARD]
        after = [p for p in sentence.mentions if p >= match.end and self._counts(sentence, p, match, others)]
        previous, following = max(before, default=None), min(after, default=None)
        subject = match.cue.subject
        if subject == "before":
            place = previous if previous is not None else self._right_behind(sentence, match, following)
            return sentence.mentions[place] if place is not None else None
        if subject == "after":
            return sentence.mentions[following] if following is not None else None
        options = [position for position in (previous, following) if position is not None]
        if not options:
            return None
        return sentence.mentions[min(options, key=lambda p: abs(p - (match.start if p < match.start else match.end)))]

    def _right_behind(self, sentence: CanonicalSentence, match: CueMatch, place: int | None) -> int | None:
        """The place of who follows his verb with nothing but an article between: "si è dimesso il presidente"."""
        if place is None or set(sentence.text[match.end : place].split()) - self._lexicon.words["the"]:
            return None
        return place

    def _inside(self, sentence: CanonicalSentence, match: CueMatch) -> Mention | None:
        """A coach within the cue's own words; else a player or assistant there, whose affair it then is."""
        named = [span for name, span in match.groups.items() if name.startswith("name")]
        inside = [
            mention
            for position, mention in sentence.mentions.items()
            if match.start <= position < match.end and not _in_any(position, named)
        ]
        agents = self._agents(sentence, match)
        coaches = [m for m in inside if m.shown in (COACH, ROLE) and m.person is not None and m not in agents]
        own = match.cue.pattern.expression
        trades = [m for m in inside if m.shown in (PLAYER, STAFF) and m.shown not in own]
        return next(iter([*coaches, *trades]), None)

    def _agents(self, sentence: CanonicalSentence, match: CueMatch) -> list[Mention]:
        """Who stands behind a "by" while somebody else is the subject: "X will be replaced by Y in June"."""
        if not any(m.shown in (COACH, ROLE) and place < match.start for place, m in sentence.mentions.items()):
            return []
        by = self._lexicon.words["by"]
        inside = {place: m for place, m in sentence.mentions.items() if match.start < place < match.end}
        return [mention for place, mention in inside.items() if _word_before(sentence, place) in by]

    def _others(self, sentence: CanonicalSentence, match: CueMatch) -> list[tuple[int, int]]:
        """Spans of mentions that cannot be meant: candidates the cue names, and, beside a coach, unknown persons."""
        others = [span for name, span in match.groups.items() if name.startswith("name")]
        named = self.candidates(sentence, match)  # met again in the sentence as "the Portuguese" he is still another
        others += [(p, p + 1) for p, m in sentence.mentions.items() if m.person is not None and m.person in named]
        shown = {
            mention.shown
            for position, mention in sentence.mentions.items()
            if mention.person is not None and not _in_any(position, others)
        }
        if shown & {COACH, ROLE}:
            others += [(p, p + 1) for p, m in sentence.mentions.items() if m.shown == PERSON]
        return others

    def _counts(
        self, sentence: CanonicalSentence, position: int, match: CueMatch, others: list[tuple[int, int]]
    ) -> bool:
        """Whether a mention may hold the cue, or stands in the way of those further off."""
        mention, cue = sentence.mentions[position], match.cue
        if _in_any(position, others) or self._is_opponent(sentence, position):
            return False
        if mention.shown in (COACH, STAFF, PLAYER):
            return mention.person is not None or mention.shown != COACH
        if mention.shown == ROLE:
            return mention.person is not None
        if mention.shown == PERSON:
            return cue.proves_coach or (cue.stage in OF_COACHES and mention.person is not None)
        if mention.shown != BOARD:
            return False
        return self._is_possessor(sentence, position, cue) or self._is_subject(sentence, position, match)

    def _is_opponent(self, sentence: CanonicalSentence, position: int) -> bool:
        """Whether a coach is only named with the opponent: "la derrota ante el Alavés de Coudet"."""
        words = sentence.text[:position].split()
        clubs = [index for index, word in enumerate(words[-4:]) if word == CLUB]
        if not clubs or self._lexicon.against is None or sentence.mentions[position].shown != COACH:
            return False
        place = len(words) - len(words[-4:]) + clubs[-1]
        between = words[place + 1 :]
        before = " ".join(words[max(0, place - 3) : place]).replace("'", " ")
        the = self._lexicon.words["the"]
        lead = [match for match in self._lexicon.against.finditer(before) if set(before[match.end() :].split()) <= the]
        return bool(lead) and bool(between) and all(word in self._lexicon.words["of"] | the for word in between)

    def _is_possessor(self, sentence: CanonicalSentence, position: int, cue: Cue) -> bool:
        """Whether an officer may be who goes: "le dimissioni del presidente", not "ma démission au président"."""
        if sentence.mentions[position].role is None or cue.proves_coach or not (cue.is_noun or cue.stage == "resigned"):
            return False
        if sentence.mentions[position].role.kind == "board":  # a club or a board takes leave of nobody but others
            return False
        words = _WORDS.findall(sentence.text[:position])
        return not words or words[-1] not in self._lexicon.words["by"] | self._lexicon.words["at"]

    def _is_subject(self, sentence: CanonicalSentence, position: int, match: CueMatch) -> bool:
        """Whether an officer stands right before words that are said of whoever does: "presidente sotto accusa"."""
        if match.cue.subject != "before" or sentence.mentions[position].role is None or position >= match.start:
            return False
        return match.cue.stage == "pressure" and not sentence.text[position + 1 : match.start].strip()

    # Spoken of before

    def _carried(self, document: Document, sentence: CanonicalSentence, match: CueMatch) -> Person | None:
        """Without a coach in the sentence: whoever was spoken of last, else the article's first coach.

        Whom the cue names as somebody else, a successor say, is not meant.
        """
        others = [span for name, span in match.groups.items() if name.startswith("name")]
        named = {id(m.person) for p, m in sentence.mentions.items() if _in_any(p, others)}
        earlier = self._mentions.last_coach_before(document.field, sentence.start)
        if earlier is not None and id(earlier) not in named:
            return earlier
        return next((person for person in self._mentions.coaches() if id(person) not in named), None)


def _nearer(sentence: CanonicalSentence, match: CueMatch, end: int, person: Person | None) -> Mention | None:
    """Somebody else who is named between the coach's slot and the words that would be said of him."""
    slots = list(match.groups.values())
    between = [
        position
        for position, mention in sentence.mentions.items()
        if end <= position < match.end
        and mention.shown in (COACH, PERSON)
        and mention.person is not person
        and not _in_any(position, slots)
    ]
    return sentence.mentions[max(between)] if between else None


def _word_before(sentence: CanonicalSentence, place: int) -> str:
    words = _WORDS.findall(sentence.text[:place])
    return words[-1] if words else ""


def _in_any(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
