"""The case of each coach: all that an article claims of him, weighed, and the verdict on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.claims.claims import Claim
from analysis.claims.features import Features
from analysis.claims.judge import STAGES, article_features, case_features, chosen, likelihoods
from analysis.claims.plausibility import BRIEF, Weighed, set_aside, unlikely, weigh
from analysis.claims.verdicts import Verdict, judged_verdict, supports, verdicts
from analysis.mentions.people import Person


class Case(NamedTuple):
    """A coach of whom an article of several sentences claims something."""

    person: Person
    weighed: list[Weighed]
    features: dict[str, float]
    """What the judge weighs (analysis.claims.judge)."""

    @property
    def claimed(self) -> frozenset[str]:
        """The stages that are claimed of him."""
        return frozenset(claim.stage for claim, _ in self.weighed)


class Cases:
    """The cases of one article's coaches; every claim is given its likelihood."""

    def __init__(self, claims: list[Claim], features: Features, coaches: list[Person], has_text: bool,
                 heard: Mapping[int, Sequence[np.ndarray]], weights: Mapping[str, float]):  # fmt: skip
        """Weigh `claims`, whose `features` are given, by `weights` (analysis.claims.plausibility).

        Without a text (`has_text` false) all that the title says counts. `heard`: what each sentence about a coach
        hints (analysis.claims.hints), by id of the person.
        """
        self._weighed = weigh(claims, features, weights)
        self._doubted = {id(claim) for claim in unlikely(self._weighed)}
        self._heard, self._sentences = heard, features.sentences
        standing = [claim for claim in claims if id(claim) not in self._doubted]
        self.by_rule = verdicts(standing, coaches, has_text)
        """The verdicts of the rules on the claims that are likely enough."""
        self.cases = [] if features.sentences <= BRIEF else self._cases()

    def _cases(self) -> list[Case]:
        of_person: dict[int, list[Weighed]] = defaultdict(list)
        for one in self._weighed:
            of_person[id(one[0].person)].append(one)
        told = len(self._heard.keys() | of_person.keys())
        return [
            self._case(verdict, of_person[id(verdict.person)], told)
            for verdict in self.by_rule
            if id(verdict.person) in of_person
        ]

    def _case(self, by_rule: Verdict, own: list[Weighed], told: int) -> Case:
        person = by_rule.person
        others = [one for one in self._weighed if one[0].person is not person]
        around = article_features(others, told, self._sentences)
        return Case(person, own, case_features(own, self._heard.get(id(person), ()), by_rule.stage, around))

    def verdicts(self, weights: Mapping[str, np.ndarray]) -> list[Verdict]:
        """A verdict for every coach, by `weights` (analysis.claims.judge); a single sentence's is that of the rules.

        Claims that neither the verdict nor likely words bear out are set aside.
        """
        judged = {id(case.person): self._judged(case, weights) for case in self.cases}
        set_aside(
            [claim for claim, _ in self._weighed if id(claim) in self._doubted and id(claim.person) not in judged]
        )
        return [judged.get(id(verdict.person), verdict) for verdict in self.by_rule]

    def _judged(self, case: Case, weights: Mapping[str, np.ndarray]) -> Verdict:
        of_stages = likelihoods(case.features, weights)
        stage = chosen(of_stages, case.claimed)
        claims = [claim for claim, _ in case.weighed]
        set_aside([claim for claim in claims if stage == "none" or self._is_lost(claim, stage)])
        likely = sum(of_stages[other] for other in STAGES if supports(other, stage))
        return judged_verdict(case.person, stage, likely, claims)

    def _is_lost(self, claim: Claim, stage: str) -> bool:
        return id(claim) in self._doubted and not supports(claim.stage, stage)
