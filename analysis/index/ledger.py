"""Everything the index is computed from, worked out once: open spells, votes, votes of confidence, volume.

Nothing in a ledger looks ahead: what it says of a day rests on that day and those before it, so one ledger serves
every as-of day up to its last.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.days import Day, day_number, timestamps
from analysis.gazetteer import Spell
from analysis.index.parameters import Parameters
from analysis.index.places import Places
from analysis.index.placing import FAR, Record, coded, dated_claims, place, record_of, sorted_by, story_ids
from analysis.index.running import Running, keys, running_sums, told_of
from analysis.index.spells import join_record, spell_table, stages_of
from analysis.index.stage_window import RANK
from analysis.index.votes import Votes, cast_backings, cast_votes, claim_values
from analysis.picking import as_text
from analysis.schema import STAGES

_RANK_OF_CODE = np.array([RANK[stage] for stage in STAGES])
_NONE = STAGES.index("none")

SHARED_KEYS = ("voted_at", "told_at", "said_at", "taken_at", "backed_at")
"""Keys of a ledger's rows (analysis.index.running), the same for all draws."""


@dataclass(frozen=True)
class Ledger:
    """What the index rests on; days are numbers (analysis.days), spells are rows of `spells`.

    `spells`: coach, club, start, end (inside the archive's days), ended_by (index.spells.ENDINGS), named (first day
    on which an article names the coach), sorted by coach, start and club. `claims` and `stories` as given; `taken`
    the claims that take part as numbers (spell, day, row, stage), sorted by spell and day. The rest are arrays of whole
    numbers sorted by their columns: `backings` (spell, day, layer); `told` and `neutral` (spell, day) of every story,
    and of those that say nothing about the job; `said` (spell, day, rank, official rank), the strongest of a day.
    `running` are the sums of votes and volume from day to day.
    """

    parameters: Parameters
    first: int
    last: int
    spells: pd.DataFrame
    claims: pd.DataFrame
    stories: pd.DataFrame
    taken: pd.DataFrame
    votes: Votes
    backings: np.ndarray
    told: np.ndarray
    neutral: np.ndarray
    said: np.ndarray
    running: Running

    @cached_property
    def voted_at(self) -> np.ndarray:
        """Key of every vote (analysis.index.running)."""
        return keys(self.votes.spell, self.votes.day)

    @cached_property
    def told_at(self) -> np.ndarray:
        """Key of every story."""
        return keys(self.told[:, 0], self.told[:, 1])

    @cached_property
    def said_at(self) -> np.ndarray:
        """Key of every row of `said`."""
        return keys(self.said[:, 0], self.said[:, 1])

    @cached_property
    def taken_at(self) -> np.ndarray:
        """Key of every row of `taken`."""
        return keys(self.taken["spell"].to_numpy(), self.taken["day"].to_numpy())

    @cached_property
    def backed_at(self) -> np.ndarray:
        """Key of every row of `backings`."""
        return keys(self.backings[:, 0], self.backings[:, 1])

    @cached_property
    def coach_number(self) -> np.ndarray:
        """A number for the coach of every spell, in the order of names."""
        return pd.factorize(self.spells["coach"])[0]

    @cached_property
    def club_number(self) -> np.ndarray:
        """A number for the club of every spell, in the order of names."""
        return pd.factorize(self.spells["club"], sort=True)[0]

    @cached_property
    def without_interval(self) -> "Ledger":
        """The same with no bootstrap draws: its interval is left empty, and the index alone takes little time."""
        plain = replace(self, parameters=replace(self.parameters, draws=0))
        shared = (*SHARED_KEYS, "coach_number", "club_number", "places", "_spells_by_coach")
        vars(plain).update({name: getattr(self, name) for name in shared})
        return plain

    @cached_property
    def places(self) -> Places:
        """Where the story of an article stands."""
        return Places(self.stories)

    def spells_of(self, coach: str) -> np.ndarray:
        """Rows of the coach's spells."""
        return self._spells_by_coach.get(coach, np.zeros(0, dtype=np.int64))

    @cached_property
    def _spells_by_coach(self) -> dict[str, np.ndarray]:
        return self.spells.groupby("coach", sort=False).indices

    def taken_of(self, spells: np.ndarray, first: int, last: int) -> pd.DataFrame:
        """Rows of `taken` of some spells from day `first` to `last`."""
        return self.taken.iloc[told_of(self.taken_at, spells, first, last)]

    def open_on(self, day: int) -> np.ndarray:
        """Rows of the spells that are open on `day`, of coaches named by then."""
        start, end, named = (self.spells[column].to_numpy() for column in ("start", "end", "named"))
        inside = self.first <= day <= self.last
        return np.flatnonzero((start <= day) & (day <= end) & (named <= day) & inside)

    def described(self, numbers: pd.DataFrame) -> pd.DataFrame:
        """Claims of some rows of `taken` with date, coach, club (of the spell), story_id and what they say."""
        claims = self.claims[["article_id", "source", "stage", "risk", "official"]].iloc[numbers["row"]]
        told, spells = as_text(claims).reset_index(drop=True), self.spells[["coach", "club"]].iloc[numbers["spell"]]
        stories = story_ids(told["article_id"], self.places.of(told["article_id"]))
        names = {name: spells[name].astype("str").array for name in ("coach", "club")}
        return told.assign(date=timestamps(numbers["day"].to_numpy()), **names, story_id=stories)


def build_ledger(claims: pd.DataFrame, stories: pd.DataFrame, spells: Iterable[Spell],
                 parameters: Parameters | None = None, as_of: Day | None = None,
                 kept: np.ndarray | None = None, since: Day | None = None) -> Ledger:  # fmt: skip
    """Work out the ledger of `claims` (schema CLAIMS) up to `as_of` (default: the last day they speak of).

    The archive's days begin with the first that the claims speak of, or with an earlier `since`. With `kept`, a mask,
    only those rows count; the frame itself is shared and not copied. `stories` has schema STORIES, `spells` are the
    gazetteer's. Raises SchemaError for frames of another shape.
    """
    parameters = parameters or Parameters()
    dated = dated_claims(claims, stories, as_of, kept)
    first = int(dated["day"].min()) if len(dated) else 0
    first = min(first, day_number(since)) if since is not None and len(dated) else first
    last = day_number(as_of) if as_of is not None else int(dated["day"].max()) if len(dated) else -1
    numbered, coaches, clubs, record = _coded(dated, claims, list(spells), parameters, last)
    named = numbered.groupby("coach")["day"].min()
    placed = numbered.assign(club=place(numbered, record, parameters))
    del dated, numbered
    placed = placed[placed["club"] >= 0]
    table = spell_table(placed, _recorded(record), parameters, last)
    table = table[table["end"] >= first].reset_index(drop=True)
    taken = placed.assign(spell=_spell_of(placed, table))
    taken = sorted_by(taken[taken["spell"] >= 0], "spell", "day", "row")
    taken = taken.assign(value=claim_values(taken, parameters))
    table = table.assign(named=table["coach"].map(named), start=table["start"].clip(lower=first),
                         coach=coaches.take(table["coach"]), club=clubs.take(table["club"]))  # fmt: skip
    backings = cast_backings(taken, parameters)
    votes = cast_votes(taken, backings, parameters)
    numbers = taken[["spell", "day", "row", "stage"]].astype("int32")
    told, neutral = _volume(taken)
    running = running_sums(votes, backings, neutral, parameters)
    return Ledger(parameters, first, last, table, claims, stories, numbers, votes, backings, told, neutral,
                  _said(taken), running)  # fmt: skip


def _coded(dated: pd.DataFrame, claims: pd.DataFrame, spells: list[Spell], parameters: Parameters,
           last: int) -> tuple[pd.DataFrame, pd.Index, pd.Index, Record]:  # fmt: skip
    """`dated` with coach and club as codes (0 is no club), the names of the codes, and the record in the same."""
    coach_of, named = coded(claims["coach"].iloc[dated["row"]])
    club_of, towns = coded(claims["club"].iloc[dated["row"]])
    coaches = pd.Index(sorted(named[np.unique(coach_of)]), dtype="string")
    recorded = {spell.club for spell in spells if spell.coach in coaches}
    clubs = pd.Index(["", *sorted(recorded.union(towns[np.unique(club_of[club_of >= 0])]) - {""})], dtype="string")
    coach, club = coaches.get_indexer(named)[coach_of], np.append(clubs.get_indexer(towns), 0)[club_of]
    record = record_of(spells, coaches, clubs, parameters, last)
    return sorted_by(dated.assign(coach=coach, club=club), "coach", "day", "-club"), coaches, clubs, record


def _recorded(record: Record) -> dict[tuple[int, int], list]:
    by_pair: dict[tuple[int, int], list] = defaultdict(list)
    for coach, club, start, until, _, trusted in zip(*vars(record).values(), strict=True):
        by_pair[int(coach), int(club)].append((int(start), int(until) if until < FAR else None, int(trusted)))
    return {pair: join_record(sorted(spells, key=lambda spell: spell[0])) for pair, spells in by_pair.items()}


def _spell_of(placed: pd.DataFrame, table: pd.DataFrame) -> np.ndarray:
    """Row of the spell in `table` that each claim falls into; -1 where it falls between spells."""
    if table.empty:
        return np.full(len(placed), -1)
    width = int(max(table["club"].max(), placed["club"].max())) + 1
    pairs = (table["coach"] * width + table["club"]).to_numpy()
    pair, day = (placed["coach"] * width + placed["club"]).to_numpy(), placed["day"].to_numpy()
    keys = pairs * FAR + table["start"].to_numpy()
    order = np.argsort(keys)
    at = order[np.searchsorted(keys[order], pair * FAR + day, side="right") - 1]
    inside = (table["start"].to_numpy()[at] <= day) & (day <= table["end"].to_numpy()[at])
    return np.where((pairs[at] == pair) & inside, at, -1)


def _volume(taken: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Spell and first day of every story; and of those that first said nothing about the job."""
    first = sorted_by(taken.assign(quiet=taken["stage"] == _NONE), "spell", "story", "day", "quiet")
    first = sorted_by(first.drop_duplicates(["spell", "story"]), "spell", "day")
    told = first[["spell", "day"]].to_numpy()
    return told, told[first["quiet"].to_numpy(dtype=bool)]


def _said(taken: pd.DataFrame) -> np.ndarray:
    """Strongest rank said, and said officially, by spell and day; months say nothing of a week."""
    job = taken[(taken["stage"] != _NONE) & ~taken["is_month"]]
    rank = _RANK_OF_CODE[job["stage"]]
    ranked = pd.DataFrame({"spell": job["spell"], "day": job["day"], "rank": rank, "official": rank * job["official"]})
    return ranked.groupby(["spell", "day"], as_index=False).max().to_numpy().astype(np.int64)


def reported_gone(ledger: Ledger, as_of: Day) -> pd.DataFrame:
    """Departures reported but not confirmed: columns date, coach, club, stage, source, article_id, latest first.

    Those of the last `departure_window_days` about coaches whose spell is still open at the end of `as_of`.
    """
    day = day_number(as_of)
    still = ledger.open_on(day)
    ended = (ledger.spells["end"].to_numpy()[still] == day) & (ledger.spells["ended_by"].to_numpy()[still] != "")
    rows = told_of(ledger.taken_at, still[~ended], day - ledger.parameters.departure_window_days, day)
    is_left = np.isin(ledger.taken["stage"].to_numpy()[rows], stages_of("left"))
    told = ledger.described(ledger.taken.iloc[rows[is_left]])
    columns = ["date", "coach", "club", "stage", "source", "article_id"]
    return told.sort_values(["date", "article_id"], ascending=[False, True], ignore_index=True)[columns]
