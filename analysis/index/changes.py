"""Change points of the index (CUSUM) and alarms with hysteresis, from rows of schema INDEX.

Both go forward day by day and use no later day, so that a replay of the season shows what was known.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.days import day_number
from analysis.index.ledger import Ledger
from analysis.index.parameters import Parameters
from analysis.index.placing import FAR, coded
from analysis.index.standing import points_of
from analysis.schema import INDEX, STAGES, check

_CHANGES = {"coach": "string", "club": "string", "date": "datetime64[ns, UTC]", "since": "datetime64[ns, UTC]",
            "direction": "string", "before": "float64", "after": "float64"}  # fmt: skip
_ALARMS = {"coach": "string", "club": "string", "date": "datetime64[ns, UTC]", "cleared": "datetime64[ns, UTC]",
           "ended": "datetime64[ns, UTC]", "index": "float64", "peak": "float64", "stage": "string"}  # fmt: skip


def change_points(index: pd.DataFrame, parameters: Parameters | None = None) -> pd.DataFrame:
    """Days on which a coach's index has left its level (rows of schema INDEX, one or many coaches).

    Columns coach, club, date (the change is certain), since (it began), direction (rise or fall), before (the level:
    mean since the last change) and after (the index on `date`). A two-sided CUSUM (Page, 1954): what the index lies
    beyond its level and the drift adds up, and at the threshold a new level begins.
    """
    parameters = parameters or Parameters()
    rows = []
    for coach, club, days, values, _ in _spells(index):
        for at, since, before in cusum(values, parameters.change_drift, parameters.change_threshold):
            direction = "rise" if values[at] > before else "fall"
            rows.append((coach, club, days[at], days[since], direction, before, values[at]))
    return _table(rows, _CHANGES)


def cusum(values: np.ndarray, drift: float, threshold: float) -> Iterator[tuple[int, int, float]]:
    """Positions of change in `values`: where it is certain, where it began, and the level before (0 at the start)."""
    start, level = -1, 0.0
    up = down = 0.0
    rising = falling = 0
    for at, value in enumerate(np.asarray(values).tolist()):
        rising, falling = (rising if up else at), (falling if down else at)
        up, down = max(0.0, up + value - level - drift), max(0.0, down - value + level - drift)
        if max(up, down) > threshold:
            yield at, rising if up > down else falling, level
            start, level, up, down = at, value, 0.0, 0.0
        else:
            level += (value - level) / (at - start + 1)


def alarms(index: pd.DataFrame, parameters: Parameters | None = None) -> pd.DataFrame:
    """Alarms: raised when the index reaches `alarm_on`, cleared when it falls below `alarm_off`.

    Columns coach, club, date (raised), cleared (NaT while it lasts, or where the spell ended with it), ended (its last
    day so far), index and stage on `date`, peak (highest since).
    """
    parameters = parameters or Parameters()
    rows = []
    for coach, club, days, values, stages in _spells(index):
        for first, end in hysteresis(values, parameters.alarm_on, parameters.alarm_off):
            cleared = days[end] if end < len(days) else None
            peak = values[first:end].max()
            rows.append((coach, club, days[first], cleared, days[end - 1], values[first], peak, stages[first]))
    return _table(rows, _ALARMS)


def hysteresis(values: np.ndarray, on: float, off: float) -> Iterator[tuple[int, int]]:
    """Stretches [first, end) that begin at a value of at least `on` and end before one below `off`."""
    first = None
    for at, value in enumerate(np.asarray(values).tolist()):
        if first is None and value >= on:
            first = at
        elif first is not None and value < off:
            yield first, at
            first = None
    if first is not None:
        yield first, len(values)


def explained(events: pd.DataFrame, ledger: Ledger, count: int = 3) -> pd.DataFrame:
    """`events` (change points or alarms) with a column article_ids: the claims that moved the index, at most `count`.

    For a rise and for an alarm the weightiest stories then (of a change: since it began), for a fall the votes of
    confidence since it began; none where stories only faded.
    """
    parts = [_moved_by(event, ledger, count) for event in events.to_dict("records")]
    ids: list[list[str]] = [[] for _ in parts]
    if parts:
        whole = pd.concat(parts, keys=range(len(parts)))
        told = ledger.described(whole).assign(points=whole["points"].array, event=whole.index.get_level_values(0))
        ordered = told.sort_values(["points", "story_id"], ascending=[False, True], kind="stable")
        for event, article in zip(ordered["event"], ordered["article_id"], strict=True):
            ids[event].append(article)
    first = [tuple(each[:count]) for each in ids]
    return events.assign(article_ids=pd.Series(first, index=events.index, dtype=object))


def _moved_by(event: dict, ledger: Ledger, count: int) -> pd.DataFrame:
    """Rows of the ledger that may be among the `count` that moved the index most: row, spell, day, points."""
    spells, day = ledger.spells_of(event["coach"]), day_number(event["date"])
    spells = spells[(ledger.spells["club"].to_numpy()[spells] == event["club"]).astype(bool)]
    if event.get("direction") == "fall":
        taken = ledger.taken_of(spells, day_number(event["since"]), day)
        backing = taken[taken["stage"].isin(_BACKING)]
        # The first come first: nothing says which of them weighed more.
        return backing[["row", "spell", "day"]].assign(points=-np.arange(len(backing), dtype=float))
    first = day_number(event["since"]) if event.get("since") is not None else -FAR
    open_now = np.intersect1d(ledger.open_on(day), spells)
    parts = [points_of(ledger, spell, day, first) for spell in open_now]
    numbers = pd.concat(parts) if parts else pd.DataFrame(columns=["row", "spell", "day", "points"], dtype="int64")
    return numbers[numbers["points"].rank(method="min", ascending=False) <= count]


_BACKING = [STAGES.index("reassured"), STAGES.index("renewed")]


def _spells(index: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray, np.ndarray, np.ndarray]]:
    """Coach, club, and by date the days, index and stages of unbroken rows of one coach at one club."""
    days = np.asarray(check(index, INDEX)["date"].array.tz_convert(None))
    day = days.astype("datetime64[D]").astype(np.int64)
    (coach, coaches), (club, clubs) = (_ranked(index[name]) for name in ("coach", "club"))
    order = np.lexsort((day, club, coach))
    numbers = np.column_stack([coach, club, day])[order]
    goes_on = (np.diff(numbers, axis=0) == (0, 0, 1)).all(axis=1)
    values, stages = index["index"].to_numpy(), index["stage"].to_numpy(dtype=object)
    for rows in np.split(order, np.flatnonzero(~goes_on) + 1) if len(order) else ():
        yield coaches[coach[rows[0]]], clubs[club[rows[0]]], days[rows], values[rows], stages[rows]


def _ranked(names: pd.Series) -> tuple[np.ndarray, list[str]]:
    """The place of every name among the distinct ones in their order, and these."""
    codes, words = coded(names)
    order = sorted(range(len(words)), key=words.__getitem__)
    return np.argsort(order)[codes], [words[at] for at in order]


def _table(rows: list[tuple], columns: dict[str, str]) -> pd.DataFrame:
    """Rows (coach, club, date, ...) as a frame, by coach and date."""
    ordered = sorted(rows, key=lambda row: (row[0], row[2]))
    values = zip(*ordered, strict=True) if rows else [()] * len(columns)
    return pd.DataFrame({name: _column(each, kind) for (name, kind), each in zip(columns.items(), values, strict=True)})


def _column(values: Sequence, kind: str) -> object:
    if kind.startswith("datetime"):
        return pd.DatetimeIndex(np.array(values, dtype="datetime64[ns]"), tz="UTC")
    return pd.array(list(values), dtype=kind) if kind == "string" else np.array(values, dtype=kind)
