"""The pressure index, 0-100 per coach and day, higher is worse, with its interval and stage (schema INDEX).

The coaches are independent of each other: a coach's rows rest on his own claims and spells alone (and on the
archive's first day, where rows begin).
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analysis.days import Day, day_number, timestamps
from analysis.gazetteer import Spell
from analysis.index.bootstrap import draw_counts, interval
from analysis.index.ledger import Ledger, build_ledger
from analysis.index.parameters import Parameters
from analysis.index.placing import FAR
from analysis.index.pressure import decayed_sums, index_values
from analysis.index.running import keys, sums_at, told_of
from analysis.index.stage_window import RANKED, window_rank
from analysis.index.standing import sums_on, weekly_on
from analysis.index.votes import CHANNELS, LAYERS
from analysis.schema import INDEX


def pressure_index(claims: pd.DataFrame, stories: pd.DataFrame, spells: Iterable[Spell],
                   parameters: Parameters | None = None, as_of: Day | None = None,
                   since: Day | None = None) -> pd.DataFrame:  # fmt: skip
    """Index of every coach named in `claims`, one row for every day of his spells inside the archive's days.

    Nothing dated after `as_of` is used; the archive begins on the day `since`, where that is before its first claim.
    Columns as schema INDEX (`stories`: stories about him in the last seven days,
    each once; `lower`, `upper`: the interval) and `volume`, neutral stories a week. With `Parameters(draws=0)` the
    interval is left empty, and millions of rows take seconds.
    """
    ledger = build_ledger(claims, stories, spells, parameters, as_of, since=since)
    return index_rows(ledger, range(len(ledger.spells)))


def coach_series(ledger: Ledger, coach: str, as_of: Day | None = None, since: Day | None = None) -> pd.DataFrame:
    """Rows of `pressure_index` of one coach from `since` to `as_of`, in milliseconds; none for an unknown coach."""
    return series_of(ledger, [coach], as_of, since)[coach]


def series_of(ledger: Ledger, coaches: Iterable[str], as_of: Day | None = None,
              since: Day | None = None) -> dict[str, pd.DataFrame]:  # fmt: skip
    """`coach_series` of several coaches, worked out at once."""
    first = ledger.first if since is None else max(day_number(since), ledger.first)
    last = ledger.last if as_of is None else min(day_number(as_of), ledger.last)
    spells = {coach: ledger.spells_of(coach) for coach in coaches}
    whole = index_rows(ledger, np.unique(np.concatenate([np.zeros(0, np.int64), *spells.values()])), first, last)
    if len(spells) == 1:
        return dict.fromkeys(spells, whole)
    names = whole["coach"].to_numpy(dtype=object)
    rows = {coach: np.flatnonzero(names == coach) for coach in spells}
    # A coach's rows lie together, and a slice of a frame costs less than a choice of its rows.
    ends = {coach: (own[0], own[-1] + 1) if len(own) else (0, 0) for coach, own in rows.items()}
    return {coach: whole.iloc[slice(*end)].reset_index(drop=True) for coach, end in ends.items()}


def update_index(previous: pd.DataFrame, ledger: Ledger, coaches: Iterable[str]) -> pd.DataFrame:
    """What `pressure_index` gives for `ledger`, computing anew only `coaches`: those named in claims new to `previous`.

    New are also claims dated after the as-of day of `previous`. Of the other coaches only the days after its last row
    are added. Everything is computed anew where the archive now begins on another day.
    """
    days = previous["date"]
    if previous.empty or day_number(days.min()) != ledger.first:
        return index_rows(ledger, range(len(ledger.spells)))
    changed = ledger.spells["coach"].isin(set(coaches)).to_numpy(dtype=bool)
    kept = previous[~previous["coach"].isin(set(coaches))]
    anew = index_rows(ledger, np.flatnonzero(changed))
    added = index_rows(ledger, np.flatnonzero(~changed), first=day_number(days.max()) + 1)
    both = pd.concat([kept, anew, added])
    return both.sort_values(["coach", "date", "club"], ignore_index=True)


def index_rows(ledger: Ledger, spells: Sequence[int], first: int | None = None,
               last: int | None = None) -> pd.DataFrame:  # fmt: skip
    """Rows of the given spells of `ledger` from day number `first` to `last`, sorted by coach, date and club."""
    first, last = ledger.first if first is None else first, ledger.last if last is None else last
    spells = np.asarray(spells, dtype=np.int64)
    start, end = (ledger.spells[column].to_numpy()[spells] for column in ("start", "end"))
    begin, count = np.maximum(start, first), np.maximum(np.minimum(end, last) - np.maximum(start, first) + 1, 0)
    parts = []
    for group in np.array_split(np.arange(len(spells)), -(-int(count.sum()) // _ROWS_AT_ONCE) or 1):
        days = [np.arange(day, day + length) for day, length in zip(begin[group], count[group], strict=True)]
        spell = np.repeat(spells[group], count[group])
        if len(spell):
            parts.append({"spell": spell, "day": np.concatenate(days), **_values(ledger, spells[group], spell, days)})
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}
    return _frame(ledger, whole)


_ROWS_AT_ONCE = 200_000


def _values(ledger: Ledger, spells: np.ndarray, spell: np.ndarray, days: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Index, interval, volume, stories and rank of `spells` on their `days`; `spell` has the one of each row."""
    parameters, day = ledger.parameters, np.concatenate(days)
    weekly = weekly_on(ledger, spell, day)
    index = _plain(ledger, spell, day, weekly)
    if not parameters.draws:
        lower = upper = np.full(len(index), np.nan)
    else:
        at = np.cumsum([len(each) for each in days])[:-1]
        some = [_drawn(ledger, *each) for each in zip(spells, days, np.split(weekly, at), strict=True) if len(each[1])]
        lower, upper = (np.concatenate(each) for each in zip(*some, strict=True))
        lower, upper = np.minimum(lower, index), np.maximum(upper, index)
    return {"index": index, "lower": lower, "upper": upper, "volume": weekly, **_said_and_told(ledger, spell, day)}


def _plain(ledger: Ledger, spell: np.ndarray, day: np.ndarray | int, weekly: np.ndarray) -> np.ndarray:
    """The index alone."""
    sums = sums_at(ledger.running, spell, day, ledger.parameters.half_life_days)
    return index_values(sums[..., None], weekly, ledger.parameters)[:, 0]


def _drawn(ledger: Ledger, spell: int, days: np.ndarray, weekly: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The interval; its draws are added up in four bytes each, of which a screen shows two digits."""
    return interval(index_values(_sums(ledger, spell, days), weekly, ledger.parameters), ledger.parameters)


def _said_and_told(ledger: Ledger, spell: np.ndarray, day: np.ndarray | int) -> dict[str, np.ndarray]:
    """Stories of the last days of each spell, and the rank of their stage."""
    back = ledger.parameters.stage_days
    since, now = (np.searchsorted(ledger.told_at, keys(spell, each), side="right") for each in (day - back, day))
    grid = np.zeros((2, len(spell), back), dtype=np.int64)
    first = keys(spell, day - back + 1)
    start, end = np.searchsorted(ledger.said_at, first), np.searchsorted(ledger.said_at, keys(spell, day), side="right")
    for step in range(int((end - start).max(initial=0))):  # of one spell and day there is one row at most
        asked = np.flatnonzero(start + step < end)
        row = start[asked] + step
        grid[:, asked, ledger.said_at[row] - first[asked]] = ledger.said[row, 2:].T
    return {"stories": now - since, "rank": window_rank(grid[0], grid[1], back)[:, 0]}


def _of(rows: np.ndarray, spell: int) -> np.ndarray:
    """Rows of one spell, from rows sorted by their first column, the spell."""
    return rows[slice(*np.searchsorted(rows[:, 0], (spell, spell + 1)))]


def _sums(ledger: Ledger, spell: int, days: np.ndarray) -> np.ndarray:
    """Decayed sums (days x layers x channels x draws) of a spell's votes."""
    votes, mine = ledger.votes, slice(*np.searchsorted(ledger.votes.spell, (spell, spell + 1)))
    backings = _of(ledger.backings, spell)
    layers = LAYERS if len(backings) else 1
    at = np.union1d(votes.day[mine], backings[:, 1])
    counts = draw_counts(votes.story[mine], ledger.parameters)
    added = np.zeros((len(at), layers, len(CHANNELS), counts.shape[1]), dtype=np.float32)
    each = votes.weight[mine, :layers, :, None].astype(np.float32) * counts[:, None, None, :]
    for vote, row in enumerate(np.searchsorted(at, votes.day[mine]).tolist()):
        added[row] += each[vote]
    emptied = np.zeros((len(at), layers), dtype=bool)
    for row, layer in zip(np.searchsorted(at, backings[:, 1]), backings[:, 2], strict=True):
        emptied[row, layer:] = True
    return decayed_sums(at, added, emptied, days, ledger.parameters.half_life_days)


def without_interval(ledger: Ledger) -> Ledger:
    """The same ledger with no bootstrap draws: its interval is left empty, and the index alone takes little time."""
    return ledger.without_interval


def with_interval(ledger: Ledger, table: pd.DataFrame, as_of: Day, count: int) -> pd.DataFrame:
    """`table`, rows of `ranking` on the same day without an interval, with that of its first `count` coaches."""
    asked = [ledger.spells_of(name) for name in table["coach"].head(count)]
    asked = np.concatenate(asked) if asked else np.zeros(0, dtype=np.int64)
    first = ranking(ledger, as_of, np.intersect1d(ledger.open_on(day_number(as_of)), asked))
    known = {(row.coach, row.club): (row.lower, row.upper) for row in first.itertuples()}
    ends = np.full((len(table), 2), np.nan)
    for at, named in enumerate(zip(table["coach"].tolist(), table["club"].tolist(), strict=True)):
        ends[at] = known.get(named, np.nan)
    return table.assign(lower=ends[:, 0], upper=ends[:, 1])


def ranking(ledger: Ledger, as_of: Day, spells: np.ndarray | None = None, back: Sequence[int] = ()) -> pd.DataFrame:
    """Rows of `pressure_index` on one day, the highest index first: all coaches in post and named by then.

    With `spells`, some of those open on that day, theirs alone. For each number of days in `back` a column change_1,
    change_7 ... has the points gained since; NaN for a spell younger than that, which began from nothing.
    """
    day = day_number(as_of)
    spells, parameters = ledger.open_on(day) if spells is None else spells, ledger.parameters
    weekly = weekly_on(ledger, spells, day)
    if not parameters.draws:
        index = _plain(ledger, spells, day, weekly)
        lower = upper = np.full(len(index), np.nan)
    else:
        values = _drawn_on(ledger, spells, day, weekly)
        index, (lower, upper) = values[:, 0], interval(values, parameters)
    whole = {"spell": spells, "day": np.full(len(spells), day), "index": index, "lower": lower, "upper": upper,
             "volume": weekly, **_said_and_told(ledger, spells, day)}  # fmt: skip
    whole |= {f"change_{days}": index - _earlier(ledger, spells, day - days) for days in back}
    order = np.lexsort((ledger.club_number[spells], ledger.coach_number[spells], -index))
    return _rows(ledger, {name: values[order] for name, values in whole.items()})


def _earlier(ledger: Ledger, spells: np.ndarray, day: int) -> np.ndarray:
    """The index that spells had on `day`, before which nobody need have named their coach; NaN before they began."""
    index = _plain(ledger, spells, day, weekly_on(ledger, spells, day))
    return np.where(ledger.spells["start"].to_numpy()[spells] <= day, index, np.nan)


def _drawn_on(ledger: Ledger, spells: np.ndarray, day: int, weekly: np.ndarray) -> np.ndarray:
    """Index and draws (spells x draws) on one day."""
    values = np.zeros((len(spells), 1 + ledger.parameters.draws))
    backed = np.isin(spells, ledger.backings[told_of(ledger.backed_at, spells, ledger.first, day), 0])
    for rows, layers in ((~backed, 1), (backed, LAYERS)):
        sums = sums_on(ledger, spells[rows], day, layers)
        values[rows] = index_values(sums, weekly[rows], ledger.parameters)
    return values


def _frame(ledger: Ledger, whole: dict[str, np.ndarray]) -> pd.DataFrame:
    """The rows as a frame; they come by spell and day, which is by coach, date and club unless spells overlap."""
    if not whole:
        return INDEX.empty().assign(volume=pd.Series(dtype="float64"))
    frame = _rows(ledger, whole)
    if np.any(np.diff(ledger.coach_number[whole["spell"]] * FAR + whole["day"]) <= 0):
        frame = frame.sort_values(["coach", "date", "club"], kind="stable", ignore_index=True)
    return frame


def _rows(ledger: Ledger, whole: dict[str, np.ndarray]) -> pd.DataFrame:
    """The rows as a frame, as they come."""
    names = {column: ledger.spells[column].array.take(whole["spell"]) for column in ("coach", "club")}
    stage = pd.array(RANKED, dtype="string").take(whole["rank"])
    columns = {"date": timestamps(whole["day"]), **names, **whole, "stage": stage}
    shown = [*INDEX.columns, "volume", *(name for name in whole if name.startswith("change_"))]
    return pd.DataFrame({name: columns[name] for name in shown}, copy=False)
