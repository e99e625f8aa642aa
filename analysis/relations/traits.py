"""What speaks for and against an edge between a coach and a club that an article names: features, each there or not.

Names and meanings are those of data/relation_weights.csv. A feature's first word says where it was seen: `named` in a
sentence that names both, `between` among the words between them there, `carried` in a sentence about the club that
names no coach and follows one about him, `about` in one that names no coach at all while the article is about him,
`own` in one that names his own club beside the other, `his` in one that names him, `its` in one that names the club.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from analysis.gazetteer import Gazetteer
from analysis.lexicon import UNNAMED_NATIONAL_TEAM
from analysis.mentions.people import Mention, Mentions, Person
from analysis.relations.edges import Edge
from analysis.relations.scenes import LEAD, Scene

NEAR, FAR = 25, 90
"""Characters between a coach and a club that stand near, and that stand far."""
LONG, BRIEF = 8, 2
"""A text of more sentences is long; one of at most so many is brief."""
MANY = 3
"""So many clubs in a sentence are a list."""

Pair = tuple[int, str]
"""id of the person, club."""


class Traits:
    """The features of the pairs of one article."""

    def __init__(self, found: list[Scene], mentions: Mentions, gazetteer: Gazetteer, employers: dict[int, str],
                 day: date | None, sentences: int):  # fmt: skip
        self._scenes, self._mentions, self._gazetteer = found, mentions, gazetteer
        self._employers, self._day = employers, day
        self._is_long, self._is_brief = sentences > LONG, sentences <= BRIEF
        self.persons = {id(person): person for person in mentions.coaches()}
        self.places: dict[Pair, tuple[int, str, int, int]] = {}
        """Where a pair is named best: nearness, field, start and end."""
        self._focus = mentions.focus()
        self._seen: dict[Pair, set[str]] = defaultdict(set)
        self._of_person: dict[int, set[str]] = defaultdict(set)
        self._of_club: dict[str, set[str]] = defaultdict(set)
        self._counts = Counter(mention.club for scene in found for mention in scene.clubs)
        self._led_by: dict[str, set[int]] = defaultdict(set)
        for person, club in employers.items():
            self._led_by[club].add(person)

    def of_pairs(self, edges: list[Edge]) -> dict[Pair, set[str]]:
        """The features of every pair that a sentence or one of `edges` brings together."""
        for scene in self._scenes:
            self._look(scene)
        for edge in edges:
            self._seen[id(edge.person), edge.club].add(f"rule_{edge.by}_{edge.relation}")
        main = max(self._counts, key=self._counts.get) if self._counts else None
        for person in self.persons if main else ():
            self._seen[person, main].add("main_club")
        persons = {person: self._person(person) for person in self.persons}
        clubs = {club: self._club(club) for club in self._counts}
        for (person, club), seen in self._seen.items():
            seen.update(persons[person], clubs.get(club, ()), self._pair(person, club))
            self._interact(seen)
        return self._seen

    # Where they stand

    def _look(self, scene: Scene) -> None:
        told = scene.told
        coaches = {id(mention.person) for mention in scene.coaches}
        clubs = {mention.club for mention in scene.clubs}
        for club in clubs:
            self._of_club[club] |= _seen_in("its", told)
            if scene.field == "title" or scene.number < LEAD:
                self._of_club[club].add("its_title" if scene.field == "title" else "its_lead")
        for person in coaches:
            self._of_person[person] |= _seen_in("his", told)
        self._look_at_both(scene, len(coaches), len(clubs))
        if not coaches and clubs:
            self._carry("carried", scene.carried, clubs, told)
            self._carry("about", self._focus, clubs, told)
        if len(clubs) > 1:
            self._look_at_own(scene, clubs)

    def _carry(self, where: str, person: Person | None, clubs: Iterable[str], told: frozenset[str]) -> None:
        if person is not None:
            seen = {where, *_seen_in(where, told)}
            for club in clubs:
                self._seen[id(person), club] |= seen

    def _look_at_both(self, scene: Scene, coaches: int, clubs: int) -> None:
        told = {"named", *_seen_in("named", scene.told)}
        if coaches == 1 and clubs == 1:
            told.add("named_alone")
        told |= {"named_many_clubs"} if clubs >= MANY else set()
        told |= {"named_many_coaches"} if coaches >= MANY else set()
        for coach in scene.coaches:
            for club in scene.clubs:
                pair = (id(coach.person), club.club)
                self._seen[pair] |= told
                self._seen[pair] |= self._stand(scene, coach, club, pair)

    def _stand(self, scene: Scene, coach: Mention, club: Mention, pair: Pair) -> set[str]:
        """How they stand to each other: which is first, how far, what is between."""
        first, second = (coach, club) if coach.start <= club.start else (club, coach)
        distance = second.start - first.end
        if pair not in self.places or distance < self.places[pair][0]:
            self.places[pair] = (distance, scene.field, first.start, max(first.end, second.end))
        others = any(first.start < m.start < second.start and m.person is not coach.person for m in scene.coaches)
        clubs = any(first.start < m.start < second.start and m.club != club.club for m in scene.clubs)
        told = {"club_first" if first is club else "coach_first"}
        told |= {"coach_between"} if others else set()
        told |= {"club_between"} if clubs else set()
        if distance > FAR:
            return told | {"far"}
        told |= {"near"} if distance <= NEAR else {"amid"}
        if not others and not clubs:
            told |= {f"between_{name}" for name in scene.between(first.end, second.start)}
            told |= {"nearest_club_first" if first is club else "nearest_coach_first"}
        return told

    def _look_at_own(self, scene: Scene, clubs: set[str]) -> None:
        """A club beside another club that somebody of the article leads."""
        told = {"own", *_seen_in("own", scene.told)}
        if len(clubs) == 2:
            told.add("own_alone")
        for own in clubs:
            for person in self._led_by.get(own, ()):
                for club in clubs - {own}:
                    self._seen[person, club] |= told

    # Who they are

    def _person(self, person: int) -> set[str]:
        is_focus = self._focus is not None and id(self._focus) == person
        known = self.persons[person].known is not None
        job = self._gazetteer.club_of(self.persons[person].name, self._day) if known and self._day else None
        return self._of_person[person] | _held({
            "focus": is_focus,
            "known": known,
            "in_job": job is not None,
            "has_club": person in self._employers,
            "only_coach": len(self.persons) == 1,
            "two_coaches": len(self.persons) == 2,
            "long": self._is_long,
            "brief": self._is_brief,
        })  # fmt: skip

    def _club(self, club: str) -> set[str]:
        count = self._counts[club]
        return self._of_club[club] | _held({
            "club_once": count == 1,
            "club_often": count >= MANY,
            "national": self._is_national(club),
            "club_led": bool(self._led_by.get(club)),
            "club_of_focus": self._focus is not None and self._employers.get(id(self._focus)) == club,
            "few_clubs": len(self._counts) <= 2,
            "unknown_club": club not in self._gazetteer.clubs,
        })  # fmt: skip

    def _pair(self, person: int, club: str) -> set[str]:
        own = self._employers.get(person)
        return self._dated(self.persons[person], club) | _held({
            "own_club": own == club,
            "led_by_other": bool(self._led_by.get(club, set()) - {person}),
            "same_competition": own is not None and own != club and self._share_competition(own, club),
            "same_kind": own is not None and own != club and self._is_national(own) == self._is_national(club),
            "former_words": club in self.persons[person].former_clubs,
        })  # fmt: skip

    def _dated(self, person: Person, club: str) -> set[str]:
        """What the spells up to the article's day say of him and the club."""
        if person.known is None or self._day is None:
            return set()
        spells = [s for s in self._gazetteer.spells_of(person.name) if s.club == club and s.start <= self._day]
        if not spells:
            return {"never_there"}
        return {"leads_it" if any(spell.covers(self._day) for spell in spells) else "led_it"}

    def _share_competition(self, one: str, other: str) -> bool:
        found = self._gazetteer.competition_of(one, self._day)
        return bool(found) and found == self._gazetteer.competition_of(other, self._day)

    def _is_national(self, club: str) -> bool:
        known = self._gazetteer.clubs.get(club)
        return known.is_national if known else club == UNNAMED_NATIONAL_TEAM

    def _interact(self, seen: set[str]) -> None:
        """Features that mean another thing together."""
        if seen.isdisjoint(("named", "carried", "about", "own")):
            seen.add("apart")
        if "focus" not in seen and "about" in seen:
            seen.discard("about")
        for length in ("long", "brief"):
            if length in seen:
                seen |= {f"{length}_{name}" for name in seen if name.startswith("rule_")}
        if "has_club" not in seen:
            seen |= {f"free_{name}" for name in ("main_club", "club_of_focus", "named", "led_it") if name in seen}
        if "club_of_focus" in seen and "apart" in seen:
            seen |= {f"apart_{name}" for name in seen if name.startswith("his_")}


class _Names(dict):
    """What a feature is called, by where it was seen and what was told there."""

    def __init__(self, where: str):
        super().__init__()
        self._where = where

    def __missing__(self, told: str) -> str:
        self[told] = f"{self._where}_{told}"
        return self[told]


_NAMES = {where: _Names(where) for where in ("its", "his", "named", "own", "carried", "about")}


def _seen_in(where: str, told: frozenset[str]) -> set[str]:
    return set(map(_NAMES[where].__getitem__, told))


def _held(features: dict[str, bool]) -> set[str]:
    return {name for name, holds in features.items() if holds}
