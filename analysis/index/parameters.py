"""Every number that stories, index, changes and alarms depend on, in one place, each with its reason.

The index of a coach on a day is built from *levels*: 1 his job is spoken of, 2 it is under pressure, 3 a condition is
set, 4 his end is agreed or reported. For each level the votes of the stories at or above it are summed to S (decayed,
discounted within a source) and turned into S / (S + shrinkage), which is the credibility factor of Bühlmann
(Experience rating and credibility, ASTIN Bulletin 4, 1967): few stories are drawn to nothing, many are believed. The
factor of each level fills the step between the ceiling below it and its own, so that no number of rumours ever reads
as an ultimatum. The weights below are solved from the four anchors: one speculation 15, pressure in three independent
sources 50, an ultimatum 70, an agreed succession 90.
"""

from dataclasses import dataclass

import numpy as np

from analysis.gazetteer import STALE_DAYS

_USUAL_RISK = {"speculation": 1, "pressure": 3, "ultimatum": 3, "succession": 3, "dismissed": 4, "resigned": 4,
               "left_mutual": 4}  # fmt: skip
_AGREED = 4


@dataclass(frozen=True)
class Parameters:
    """Parameters of stories, index, changes and alarms. Weights of stories are in units of `shrinkage`."""

    story_days: int = 4
    """Near-duplicates this many days apart still tell one story: agency copy is reprinted within days."""
    shingle_words: int = 3
    """Words a shingle; three keep the order of words and survive the small edits of a desk."""
    story_similarity: float = 0.5
    """Jaccard similarity of shingles from which two articles tell one story: half of the wording shared, the
    resemblance used for web pages by Broder (On the resemblance and containment of documents, 1997)."""

    half_life_days: float = 7.0
    """Days after which a story counts half: a league round. Of 12 dismissals of season 2024-25 in the bundled facts 8
    came within 7 days of the last report of pressure, half of them within 3."""
    speculation_weight: float = 0.6
    """One story of speculation: 40 x 0.6 / 1.6 = 15."""
    pressure_weight: float = 0.833
    """One story of pressure: three make 70 x 2.5 / 3.5 = 50."""
    ultimatum_weight: float = 3.9
    """One ultimatum: 88 x 3.9 / 4.9 = 70."""
    talks_weight: float = 4.0
    """The club acts towards a successor, nothing agreed: 100 x 4 / 5 = 80, between ultimatum and agreement."""
    agreed_weight: float = 9.0
    """An agreed succession (risk 4), or a departure that a statement stands behind: 100 x 9 / 10 = 90."""
    reported_weight: float = 4.0
    """A departure reported without a statement: 80 like talks, for one mistaken word must not top the ranking, and a
    second independent report ends the spell."""
    speculation_ceiling: float = 40.0
    """Speculation alone never goes further: many repeat a rumour, it stays one (below pressure in three sources)."""
    pressure_ceiling: float = 70.0
    """Pressure alone never goes further than one ultimatum, for nobody has set a condition yet."""
    ultimatum_ceiling: float = 88.0
    """Ultimatums alone stay just under an agreed succession: clubs have let them pass."""
    risk_ratio: float = 1.25
    """A story one step of risk above (below) the usual one of its stage counts this much more (less); hedges lower
    risk by about one step (docs/GUIDE.md, section 5, 4)."""
    full_confidence: float = 0.75
    """A reading this sure, which is one clear cue, or surer counts in full; below, in proportion."""
    shrinkage: float = 1.0
    """Weight of silence in S / (S + shrinkage): more makes the index slower to believe a few stories."""
    same_source_share: float = 0.2
    """What another story of the same source adds, beside its strongest: ten of one source weigh about as much as
    three of independent ones, for a campaign of one paper is one opinion."""
    source_weights: tuple[tuple[str, float], ...] = ()
    """Weights of single sources; 1 where none is given, for no source has a track record before it was measured."""
    month_weight: float = 0.5
    """A story dated by its month only is placed on the month's last day, the first on which it is surely known,
    and counts half, for it is on average two weeks old by then."""

    neutral_stories_a_week: float = 10.0
    """Volume, in stories a week that say nothing about his job, from which on rumour and pressure are scaled down."""
    volume_exponent: float = 0.5
    """Between 0 (volume is ignored and a big club's noise reads as danger) and 1 (the plain share of stories, as
    outlet volume divides in the Economic Policy Uncertainty index of Baker, Bloom and Davis, QJE 131, 2016, and a
    crisis drowns in match reports). Ultimatums and successors are acts, not noise: they are never scaled."""
    volume_half_life_days: float = 28.0
    """Volume is remembered longer than risk, so that the rush of a crisis itself does not dampen it."""

    guarded_backing: float = 0.3
    """Share taken off stories up to the day of a conditional (risk 2) or uncertain vote of confidence."""
    backing: float = 0.6
    """Share taken off by a club's direct backing. Never more: those backed in a crisis lasted some 48 days on average
    in press samples, so 40 % stay. It speaks only of stories up to its own day; as these fade (a hundredth is left of
    them after 48 days, seven half-lives) and new ones count in full, its effect fades with them."""
    renewal: float = 0.9
    """Share taken off by a contract signed or extended: the club has bound itself, though not for ever."""

    draws: int = 200
    """Bootstrap draws; 0 leaves the interval out (empty), which is what makes all days of all coaches fast."""
    seed: int = 20241206
    """Fixes the draws: the same stories give the same interval on every machine and in every order."""
    interval: float = 0.8
    """Share of the draws inside the interval."""
    prior_weight: float = 0.1
    """Weight of the pseudo-story that is resampled with the real ones: of a coach of whom nothing is written the
    index is 0, yet something may be unheard of (upper end about 7)."""

    stage_days: int = 7
    """The stage shown, and the stories counted, are those of the last seven days."""
    departure_window_days: int = 14
    """Two independent reports of a departure within two weeks confirm each other; docs/GUIDE.md, section 11, calls a
    departure recent for so long."""
    silent_days: int = 60
    """A spell known from articles alone ends when none has named the club for so long: two months without a word, a
    summer break included, and nothing older weighs in the index any more."""
    return_days: int = 60
    """After a departure, articles that still name the old club open no new spell there for so long, unless a club
    statement takes the departure back or the record has a new spell."""
    trusted_days: int = STALE_DAYS
    """A running spell of the gazetteer is trusted for so long after the day it was checked."""

    alarm_on: float = 50.0
    """An alarm is raised at pressure in three independent sources ..."""
    alarm_off: float = 35.0
    """... and ends only well below, so that it does not flicker about one line (hysteresis)."""
    change_drift: float = 12.0
    """Points away from the level that are no change yet: nearly what one story of speculation brings."""
    change_threshold: float = 15.0
    """Points beyond the drift, added up over days, that make a change point (CUSUM, Page, Continuous inspection
    schemes, Biometrika 41, 1954): one story of pressure where there was silence (32 points) is one the same day, two
    of speculation (22) are one the day after, one of speculation (15) never is."""

    def __post_init__(self):
        ceilings = (0.0, self.speculation_ceiling, self.pressure_ceiling, self.ultimatum_ceiling, 100.0)
        if list(ceilings) != sorted(ceilings):
            raise ValueError(f"ceilings must rise from 0 to 100, not {ceilings}")
        if not 0 <= self.guarded_backing <= self.backing <= self.renewal <= 1:
            raise ValueError("guarded_backing, backing and renewal must rise within 0 and 1")
        if self.alarm_off > self.alarm_on:
            raise ValueError("alarm_off must not lie above alarm_on")
        if min(self.half_life_days, self.volume_half_life_days, self.shrinkage, self.full_confidence) <= 0:
            raise ValueError("half-lives, shrinkage and full_confidence must be positive")
        if min(self.silent_days, self.return_days, self.departure_window_days, self.trusted_days) < 0:
            raise ValueError("silent, return, departure_window and trusted days must not be negative")

    @property
    def steps(self) -> tuple[float, float, float, float]:
        """What each level adds when it is full; together 100."""
        return (self.speculation_ceiling, self.pressure_ceiling - self.speculation_ceiling,
                self.ultimatum_ceiling - self.pressure_ceiling, 100.0 - self.ultimatum_ceiling)  # fmt: skip

    @property
    def backing_layers(self) -> np.ndarray:
        """Shares of the index that see: all stories, those since a renewal, a backing, any vote of confidence."""
        return np.diff([0.0, self.guarded_backing, self.backing, self.renewal, 1.0])[::-1]

    def stage_weight(self, stage: str, risk: int, official: bool = False) -> float:
        """Weight of one story of `stage` at `risk`; 0 for stages without risk. Statements weigh more on departures."""
        if stage not in _USUAL_RISK:
            return 0.0
        if stage == "succession" and risk >= _AGREED:
            return self.agreed_weight
        departure = self.agreed_weight if official else self.reported_weight
        weights = {"speculation": self.speculation_weight, "pressure": self.pressure_weight,
                   "ultimatum": self.ultimatum_weight, "succession": self.talks_weight}  # fmt: skip
        return weights.get(stage, departure) * self.risk_ratio ** (risk - _USUAL_RISK[stage])
