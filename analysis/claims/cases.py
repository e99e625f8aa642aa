"""The case of each coach: all that an article claims of him, weighed, and the verdict on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.claims.claims import Claim
from analysis.claims.features import Features
from analysis.claims.hints import Hints, Told
from analysis.claims.judge import STAGES, article_features, case_features, chosen, likelihoods
from analysis.claims.plausibility import BRIEF, Weighed, set_aside, unlikely, weigh
from analysis.claims.verdicts import Verdict, is_aside, judged_verdict, supports, verdicts
from analysis.mentions.people import Person


class Case(NamedTuple):
    """A coach of whom an article of several sentences claims something."""

    person: Person
    weighed: list[Weighed]
    features: dict[str, float]
    """What the judge weighs (analysis.claims.judge)."""

    @property
    def claimed(self) -> frozenset[str]:
        """The stages that are claimed of him; of an ultimatum told as an aside the pressure alone."""
        claims = [claim for claim, _ in self.weighed]
        stages = frozenset(claim.stage for claim in claims)
        return stages - {"ultimatum"} if is_aside(claims) else stages


class Cases:
    """The cases of one article's coaches; every claim is given its likelihood."""

    def __init__(self, claims: list[Claim], features: Features, coaches: list[Person], has_text: bool,
                 weights: Mapping[str, float]):  # fmt: skip
        """Weigh `claims`, whose `features` are given, by `weights` (analysis.claims.plausibility).

        Without a text (`has_text` false) all that the title says counts.
        """
        self._weighed = weigh(claims, features, weights)
        self._doubted = {id(claim) for claim in unlikely(self._weighed)}
        self._sentences = features.sentences
        standing = [claim for claim in claims if id(claim) not in self._doubted]
        self.by_rule = verdicts(standing, coaches, has_text)
        """The verdicts of the rules on the claims that are likely enough."""
        self.cases: list[Case] = []
        """Filled by hear(); a single sentence has none."""

    def hear(self, told: Iterable[Told], hints: Hints) -> None:
        """Make the cases, with what all sentences about their coaches hint."""
        if self._sentences <= BRIEF:
            return
        claimed, heard = defaultdict(list), defaultdict(list)
        for one in self._weighed:
            claimed[id(one[0].person)].append(one)
        for sentence in told:
            heard[id(sentence.person)].append(sentence)
        coaches = len(heard.keys() | claimed.keys())
        for by_rule in self.by_rule:
            key = id(by_rule.person)
            if key in claimed:
                sounds = [hints.of(sentence.words) for sentence in heard.get(key, ())]
                self.cases.append(self._case(by_rule, claimed[key], sounds, coaches))

    def _case(self, by_rule: Verdict, own: list[Weighed], sounds: Sequence[np.ndarray], coaches: int) -> Case:
        others = [one for one in self._weighed if one[0].person is not by_rule.person]
        around = article_features(others, coaches, self._sentences)
        return Case(by_rule.person, own, case_features(own, sounds, by_rule.stage, around))

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
