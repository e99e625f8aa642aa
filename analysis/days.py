"""Days as whole numbers since 1970-01-01 (UTC), which is how the index counts."""

import datetime

import numpy as np
import pandas as pd

Day = str | datetime.date | pd.Timestamp


def day_number(day: Day) -> int:
    """Number of a day given as text, date or timestamp. Raises ValueError for what is no day."""
    stamp = pd.Timestamp(day)
    if pd.isna(stamp):
        raise ValueError(f"{day!r} is no day, expected one as 2024-12-06")
    stamp = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
    return (stamp.normalize() - pd.Timestamp(0, tz="UTC")).days


def day_numbers(times: pd.Series) -> np.ndarray:
    """Day number of every timestamp; NaT gives a number before all days."""
    return times.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64)


def month_ends(days: np.ndarray) -> np.ndarray:
    """Number of the last day of the month of each day number."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return (months + 1).astype("datetime64[D]").astype(np.int64) - 1


def timestamps(days: np.ndarray) -> pd.DatetimeIndex:
    """Midnight (UTC) of every day number."""
    return pd.DatetimeIndex(np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[ns]"), tz="UTC")
