"""One stage, risk and direction for each coach, by rules, from all that is claimed of him.

Of a text of several sentences the stage that the rules choose is only heard (analysis.claims.judge)."""

from collections import defaultdict
from dataclasses import dataclass

from analysis.claims.claims import Claim
from analysis.mentions.people import Person
from analysis.schema import DIRECTION

DEPARTURES = ("left_mutual", "resigned", "dismissed")
LEAST_CONFIDENT, MOST_CONFIDENT = 0.3, 0.95
ASIDE_AMONG = 5
"""A single ultimatum phrase among this many claims of pressure or rumour is not the article's verdict."""


@dataclass(frozen=True)
class Verdict:
    """What an article says of one coach's job, and the claims that carry it."""

    person: Person
    stage: str
    risk: int
    confidence: float
    support: tuple[Claim, ...]

    @property
    def direction(self) -> str:
        """risk, left, reassurance or neutral."""
        return DIRECTION[self.stage]

    @property
    def is_official(self) -> bool:
        """Whether a club or coach statement stands behind it."""
        return any(claim.is_official for claim in self.support)


def verdicts(claims: list[Claim], coaches: list[Person], has_text: bool) -> list[Verdict]:
    """A verdict for every coach, those of whom nothing is claimed ("none") included.

    Without a text (`has_text` false: a feed's title alone) all that the title says counts.
    """
    by_person: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.stage != "none":
            by_person[id(claim.person)].append(claim)
    return [_verdict(person, by_person.get(id(person), []), has_text) for person in coaches]


def judged_verdict(person: Person, stage: str, likely: float, claims: list[Claim]) -> Verdict:
    """The verdict on a coach of `stage`, chosen with likelihood `likely`; `claims` of him, those set aside included."""
    standing = sorted((claim for claim in claims if claim.stage != "none"), key=lambda claim: claim.order)
    support = tuple(claim for claim in standing if supports(claim.stage, stage))
    confidence = round(min(MOST_CONFIDENT, max(LEAST_CONFIDENT, likely)), 2)
    return Verdict(person, stage, _risk(stage, support, standing), confidence, support)


def supports(stage: str, final: str) -> bool:
    """Whether a claim of one stage goes the way of a verdict of the other."""
    return DIRECTION[stage] == DIRECTION[final]


def _verdict(person: Person, claims: list[Claim], has_text: bool) -> Verdict:
    claims = sorted(claims, key=lambda claim: claim.order)
    if has_text:
        claims = _without_contradicted_title(claims)
    if not claims:
        return Verdict(person, "none", 0, 0.8, ())
    stage = _stage([claim for claim in claims if claim.field == "text"] or claims)
    support = tuple(claim for claim in claims if supports(claim.stage, stage))
    return Verdict(person, stage, _risk(stage, support, claims), _confidence(stage, support, claims), support)


def _without_contradicted_title(claims: list[Claim]) -> list[Claim]:
    """Where the text speaks of his job, the title counts only as far as the text goes the same way.

    A bare noun in a title ("the sacking he remembers") asserts nothing that the text does not.
    """
    directions = {DIRECTION[claim.stage] for claim in claims if claim.field == "text"}
    return [
        claim
        for claim in claims
        if claim.field == "text" or (DIRECTION[claim.stage] in directions if directions else not claim.cue.is_noun)
    ]


def _stage(claims: list[Claim]) -> str:
    last = {claim.stage: position for position, claim in enumerate(claims)}
    denied_at = max((i for i, c in enumerate(claims) if c.stage == "reassured" and c.decided_by in ("denied", "ended")),
                    default=-1)  # fmt: skip
    departed = [stage for stage in DEPARTURES if last.get(stage, -1) > denied_at]
    if departed:
        return _departure(departed, claims)
    if last.get("succession", -1) > denied_at:
        return "succession"
    if last.get("ultimatum", -1) > denied_at and not is_aside(claims):
        return "ultimatum"
    if "renewed" in last:
        return "renewed"
    if "reassured" in last and not _is_overtaken(claims, last["reassured"]):
        return "reassured"
    if "ultimatum" in last:
        return "pressure"
    return "pressure" if "pressure" in last else "speculation" if "speculation" in last else "reassured"


def is_aside(claims: list[Claim]) -> bool:
    """One last-chance phrase among many of pressure, with no club behind it, colours the pressure only."""
    sharp = [claim for claim in claims if claim.stage == "ultimatum"]
    others = [claim for claim in claims if claim.stage in ("pressure", "speculation")]
    return len(sharp) == 1 and len(others) >= ASIDE_AMONG and not sharp[0].is_official


def _departure(departed: list[str], claims: list[Claim]) -> str:
    """Agreement is said on purpose, so it wins; between his decision and the club's the more frequent."""
    if "left_mutual" in departed:
        return "left_mutual"
    counts = {stage: sum(claim.stage == stage for claim in claims) for stage in departed}
    return max(departed, key=lambda stage: (counts[stage], -DEPARTURES.index(stage)))


def _is_overtaken(claims: list[Claim], backed_at: int) -> bool:
    """Whether strong pressure is reported after the backing."""
    later = [claim for claim in claims[backed_at + 1 :] if claim.stage == "pressure" and claim.risk >= 3]
    return len(later) >= 2


def _risk(stage: str, support: tuple[Claim, ...], claims: list[Claim]) -> int:
    of_stage = [claim.risk for claim in support if claim.stage == stage] or [0]
    if stage in DEPARTURES:
        return max(of_stage)
    if stage == "reassured":
        crisis = any(DIRECTION[claim.stage] == "risk" for claim in claims)
        return max(*of_stage, 1) if crisis else max(of_stage)
    if stage == "pressure" and len(support) >= 3:
        return 3
    return max(of_stage)


def _confidence(stage: str, support: tuple[Claim, ...], claims: list[Claim]) -> float:
    """Between 0.3 and 0.95: of weighed claims the likelihood of the likeliest; those of a brief by how they agree."""
    weighed = [claim.likelihood for claim in support if claim.likelihood is not None]
    if weighed:
        return round(min(MOST_CONFIDENT, max(LEAST_CONFIDENT, *weighed)), 2)
    return _agreement(stage, support, claims)


def _agreement(stage: str, support: tuple[Claim, ...], claims: list[Claim]) -> float:
    """Share of the claims that agree, more of them giving more."""
    same = sum(claim.stage == stage for claim in support)
    agreement = (same + 0.5 * (len(support) - same)) / len(claims)
    in_slot = any(claim.holder is not None for claim in support)
    return round(
        min(MOST_CONFIDENT, LEAST_CONFIDENT + 0.35 * agreement + 0.1 * min(len(support), 3) + (0.05 if in_slot else 0)),
        2,
    )
