"""The pressure index of every coach and day, from claims, stories and spells; its alarms and change points."""

from analysis.index.index import (
    coach_series,
    index_rows,
    pressure_index,
    ranking,
    series_of,
    update_index,
    with_interval,
    without_interval,
)

__all__ = [
    "coach_series",
    "index_rows",
    "pressure_index",
    "ranking",
    "series_of",
    "update_index",
    "with_interval",
    "without_interval",
]
