"""What tells a claim of news from background: features of one article's claims, each a number between 0 and 1."""

import re
from collections import Counter
from datetime import date, timedelta
from functools import cached_property

from analysis.claims.ages import RECENT_DAYS, find_dates
from analysis.claims.claims import Claim
from analysis.claims.sentences import SentenceReader
from analysis.gazetteer import Gazetteer
from analysis.lexicon import Lexicon
from analysis.lexicon.patterns import BOARD, FANS, MEDIA, PLAYER, ROLE, STAFF
from analysis.mentions.document import Document
from analysis.mentions.people import Mentions, Person
from analysis.schema import DIRECTION

TWO, SHORT, LONG = 2, 4, 8
"""Of at most so many sentences a text is brief or short; of more than LONG it is long."""
PAST_DAYS = 60
"""A date further back is of the past, and so is a bench that was left before it."""
COMING_DAYS = 30
MOST_WORDS, MOST_MENTIONS, MOST_CLAIMS, MOST_COACHES = 15, 8, 5, 3
"""Counts above these count as these."""
QUIET, LOUD = -4.0, 2.0
"""Hints, which are logits, count from the first, as 0, up to the second, as 1."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUOTED = re.compile(r"[\"“”«»„]")
_COMPANY = {"board": BOARD, "player": PLAYER, "staff": STAFF, "fans": FANS, "press": MEDIA}
_HEARD = ("official", "hollow", "condition", "outsider", "recent")
_DECIDED = ("possible", "self", "conditional")


def _scaled(hint: float) -> float:
    return min(max(hint - QUIET, 0.0) / (LOUD - QUIET), 1.0)


def side(stage: str) -> str:
    """alarm, reassurance or neutral: what the claims of one coach agree or differ in."""
    return "alarm" if DIRECTION[stage] in ("risk", "left") else DIRECTION[stage]


class Features:
    """The features of one article's claims; names and meanings are those of data/plausibility.csv."""

    def __init__(self, documents: list[Document], mentions: Mentions, reader: SentenceReader, lexicon: Lexicon,
                 gazetteer: Gazetteer, day: date | None, sounds: dict[tuple[int, str, int], float]):  # fmt: skip
        """`sounds`: how much a sentence hints at an alarm of a coach, by id of the person, field and number."""
        self._documents = {document.field: document for document in documents}
        self._mentions, self._reader, self._lexicon = mentions, reader, lexicon
        self._gazetteer, self._day = gazetteer, day
        self.sentences = max(len(document.sentences) for document in documents)
        self._sounds = sounds
        self._loudest: dict[int, float] = {}
        for (person, _, _), sound in sounds.items():
            self._loudest[person] = max(self._loudest.get(person, sound), sound)
        self._times: dict[tuple[str, int], frozenset[str]] = {}

    def of_claims(self, claims: list[Claim]) -> list[tuple[Claim, dict[str, float]]]:
        """The claims that assert something, each with its features; those that are 0 are left out."""
        asserting = [claim for claim in claims if claim.stage != "none"]
        return [(claim, self._of_claim(claim, asserting)) for claim in asserting]

    def _of_claim(self, claim: Claim, asserting: list[Claim]) -> dict[str, float]:
        parts = (_asserted(claim), _held(claim), self._placed(claim), self._prominent(claim.person),
                 self._known(claim), self._dated(claim), self._hinted(claim), _company(claim, asserting))  # fmt: skip
        return {name: float(value) for part in parts for name, value in part.items() if value}

    @property
    def _is_long(self) -> bool:
        return self.sentences > LONG

    # Where it stands

    def _placed(self, claim: Claim) -> dict[str, float]:
        number = self._documents[claim.field].sentence_at(claim.start)
        in_text = claim.field == "text"
        return {
            "long": self._is_long,
            "short": self.sentences <= SHORT,
            "two_sentences": self.sentences <= TWO,
            "lead": in_text and number < 2 and self._is_long,
            "depth": number / self.sentences if in_text and self._is_long else 0,
            "quoted": bool(_QUOTED.search(claim.sentence.text)),
            "claim_in_title": not in_text,
        } | self._beside(claim)

    def _beside(self, claim: Claim) -> dict[str, float]:
        """Who else is in its sentence, and whether the article strays to other sports or to politics."""
        shown = {mention.shown for mention in claim.sentence.mentions.values()}
        of_field = self._mentions.elsewhere.get(claim.field, ())
        sentence = claim.sentence
        return {
            **{f"{name}_beside": character in shown for name, character in _COMPANY.items()},
            "elsewhere": self._mentions.is_elsewhere,
            "elsewhere_carried": self._mentions.is_elsewhere and claim.holder is None,
            "elsewhere_beside": any(sentence.start <= place < sentence.end for place in of_field),
        }

    def _dated(self, claim: Claim) -> dict[str, float]:
        number = self._documents[claim.field].sentence_at(claim.start)
        own, before = self.time(claim.field, number), self.time(claim.field, number - 1)
        return {
            "past": "past" in own and "present" not in own,
            "present": "present" in own and "past" not in own,
            "after_history": "history" in before,
            "after_old_year": "old year" in before,
        }

    def time(self, field: str, number: int) -> frozenset[str]:
        """What a sentence says of its time: past, present, history (told so in words), old year."""
        if number < 0:
            return frozenset()
        if (field, number) not in self._times:
            sentence = self._reader.sentence(self._documents[field], number)
            heard = self._reader.times(self._documents[field], number)
            self._times[field, number] = self._told_time(sentence.text, heard)
        return self._times[field, number]

    def _told_time(self, text: str, heard: set[str]) -> frozenset[str]:
        told = {"history", "past"} if "historical" in heard else set()
        told |= {"present"} if "recent" in heard else set()
        if self._day is not None:
            years = [int(year) for year in _YEAR.findall(text)]
            ages = [dated.age for dated in find_dates(text, self._lexicon.months, self._day)]
            told |= {"old year"} if any(year < self._day.year for year in years) else set()
            is_past = any(age > PAST_DAYS for age in ages) or bool(years) and max(years) < self._day.year
            is_present = any(-COMING_DAYS <= age <= RECENT_DAYS for age in ages) or self._day.year in years
            told |= {name for name, holds in (("past", is_past), ("present", is_present)) if holds}
        return frozenset(told)

    def _hinted(self, claim: Claim) -> dict[str, float]:
        """How much its words and the rest of what the article says of him sound like an alarm (of backing: alone)."""
        own = self._sounds.get((id(claim.person), claim.field, claim.sentence.number), QUIET)
        loudest = self._loudest.get(id(claim.person), QUIET)
        of_side = side(claim.stage)
        by_cue = claim.decided_by != "hint"
        return {
            f"hint_{of_side}": _scaled(own) if by_cue else 0,
            "hint_loudest": _scaled(loudest) if by_cue and of_side == "alarm" else 0,
            "hint_alone": _scaled(own) if not by_cue else 0,
            "is_hint": not by_cue,
        }

    # Of whom

    @cached_property
    def _counts(self) -> Counter:
        """How often each coach is named, by id."""
        mentions = [m for of_field in self._mentions.by_field.values() for m in of_field]
        return Counter(id(m.person) for m in mentions if m.person is not None and m.person.kind == "coach")

    @cached_property
    def _in_title(self) -> set[int]:
        return {id(mention.person) for mention in self._mentions.by_field.get("title", [])}

    def _prominent(self, person: Person) -> dict[str, float]:
        count = self._counts[id(person)]
        return {
            "named_in_title": id(person) in self._in_title,
            "focus": person is self._mentions.focus(),
            "named_once": count == 1 and self._is_long,
            "mentions": min(count, MOST_MENTIONS) / MOST_MENTIONS,
            "share": self.share(person),
            "only_coach": len(self._mentions.coaches()) == 1,
        }

    def share(self, person: Person) -> float:
        """The person's part of all mentions of coaches."""
        return self._counts[id(person)] / max(sum(self._counts.values()), 1)

    def _known(self, claim: Claim) -> dict[str, float]:
        """What the dated spells and the clubs of the sentence say of him."""
        clubs = {mention.club for mention in claim.sentence.mentions.values() if mention.club}
        known = claim.person.known is not None
        job = self._gazetteer.club_of(claim.person.name, self._day) if known and self._day else None
        just_gone = known and job is None and self._has_just_gone(claim.person)
        is_free = known and self._day is not None and job is None
        return {
            "known": known,
            "in_job": job is not None,
            "just_gone": just_gone,
            "risk_without_job": is_free and DIRECTION[claim.stage] == "risk",
            "left_long_gone": is_free and not just_gone and DIRECTION[claim.stage] == "left",
            "club_beside": bool(clubs),
            "own_club_beside": job in clubs,
            "other_club_beside": job is not None and bool(clubs - {job}),
            "old_club_beside": known and self._has_long_left(claim.person, clubs - {job}),
        }

    def _has_long_left(self, person: Person, clubs: set[str]) -> bool:
        """Whether he once led one of `clubs`, and no longer by the spells."""
        if self._day is None:
            return False
        since = self._day - timedelta(days=PAST_DAYS)
        ends = {spell.club: spell.end for spell in self._gazetteer.spells_of(person.name) if spell.club in clubs}
        return any(end is not None and end < since for end in ends.values())

    def _has_just_gone(self, person: Person) -> bool:
        if self._day is None:
            return False
        since = self._day - timedelta(days=PAST_DAYS)
        return any(spell.end and since <= spell.end < self._day for spell in self._gazetteer.spells_of(person.name))


def _asserted(claim: Claim) -> dict[str, float]:
    return {
        f"stage_{claim.stage}": 1,
        "noun": claim.cue.is_noun,
        "cue_weight": min(claim.cue.pattern.weight, 10) / 10,
        **{f"decided_{name}": claim.decided_by == name for name in _DECIDED},
        **{f"heard_{name}": name in claim.modifiers for name in _HEARD},
    }


def _held(claim: Claim) -> dict[str, float]:
    if claim.holder is None:
        return {"carried": 1}
    has_slot = any(name.startswith("coach") for name in claim.cue.pattern.regex.groupindex)
    return {
        "in_slot": has_slot,
        "slot_of_left": has_slot and DIRECTION[claim.stage] == "left",
        "names_club": bool(claim.clubs),
        "beside": not has_slot,
        "held_by_role": claim.holder.shown == ROLE,
        "distance": min(_words_between(claim), MOST_WORDS) / MOST_WORDS,
        "others_beside": min(_others_beside(claim), MOST_COACHES) / MOST_COACHES,
    }


def _words_between(claim: Claim) -> int:
    """Words between a cue and the mention that holds it; 0 where it stands within the cue."""
    place = next((p for p, mention in claim.sentence.mentions.items() if mention is claim.holder), claim.cue_start)
    between = claim.sentence.text[min(place, claim.cue_end) : max(place, claim.cue_start)]
    return 0 if claim.cue_start <= place < claim.cue_end else len(between.split())


def _others_beside(claim: Claim) -> int:
    persons = [mention.person for mention in claim.sentence.mentions.values()]
    return len({id(p) for p in persons if p is not None and p.kind == "coach" and p is not claim.person})


def _company(claim: Claim, asserting: list[Claim]) -> dict[str, float]:
    """What else the article claims, of him and of others."""
    mine = [other for other in asserting if other.person is claim.person]
    agreeing = [other for other in mine if side(other.stage) == side(claim.stage)]
    others = {id(other.person) for other in asserting if other.person is not claim.person}
    return {
        "courted": any(claim.person in other.others for other in asserting),
        "other_courted": bool(claim.others),
        "only_claim": len(agreeing) == 1,
        "claims": min(len(agreeing), MOST_CLAIMS) / MOST_CLAIMS,
        "sentences": min(len({id(other.sentence) for other in agreeing}), MOST_CLAIMS) / MOST_CLAIMS,
        "contradicted": len(agreeing) < len(mine),
        "contradicted_later": any(o.order > claim.order for o in mine if side(o.stage) != side(claim.stage)),
        "others_claimed": min(len(others), MOST_COACHES) / MOST_COACHES,
    }
