"""Claims made ready for the index: each with its day, its story and the club whose job it speaks of, as numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.days import Day, day_number, day_numbers, month_ends
from analysis.gazetteer import Spell
from analysis.index.parameters import Parameters
from analysis.schema import CLAIMS, STAGES, STORIES, check

FAR = 10**7
"""A day after all days."""
_BATCH = 50_000
"""Texts made Python strings at a time, so that a million of them are never held."""


@dataclass(frozen=True)
class Record:
    """The gazetteer's spells of the coaches named, as arrays sorted by coach and start; days are numbers.

    `until` is the day he left (far off while he had not), `known` the last day on which he was surely in post,
    `trusted` the last on which that may be assumed.
    """

    coach: np.ndarray
    club: np.ndarray
    start: np.ndarray
    until: np.ndarray
    known: np.ndarray
    trusted: np.ndarray


def left_out(claims: pd.DataFrame) -> dict[str, int]:
    """How many claims take no part in the index because their date says no day and no month, by precision."""
    undated = claims[~_is_dated(claims)]
    return undated["date_precision"].value_counts().to_dict()


def _is_dated(claims: pd.DataFrame) -> pd.Series:
    return claims["date_precision"].isin(["day", "month"]) & claims["published_at"].notna()


def dated_claims(claims: pd.DataFrame, stories: pd.DataFrame, as_of: Day | None = None,
                 kept: np.ndarray | None = None) -> pd.DataFrame:  # fmt: skip
    """Claims (schema CLAIMS, of the mask `kept`) of days up to `as_of` as numbers, one row a claim of a named coach.

    Columns: row (position in `claims`), day (number), is_month, story and source (hashes, 0 for an unknown source),
    stage (position in STAGES), risk (0-4), confidence, official. A claim dated by its month stands on the month's last
    day: before it could be known only by looking ahead. An article that `stories` (schema STORIES) does not name is a
    story of its own.
    """
    check(claims, CLAIMS)
    check(stories, STORIES)
    takes_part = _is_dated(claims) & claims["coach"].notna() & claims["coach"].ne("")
    row = np.flatnonzero(takes_part if kept is None else takes_part & kept)
    dated = claims.iloc[row]
    is_month = (dated["date_precision"] == "month").to_numpy(dtype=bool)
    days = day_numbers(dated["published_at"])
    numbers = pd.DataFrame(
        {"row": row, "day": np.where(is_month, month_ends(days), days), "is_month": is_month,
         "story": _story_hashes(dated["article_id"], stories), "source": hashes(dated["source"]),
         "stage": pd.Categorical(dated["stage"], categories=STAGES).codes.astype(np.int64),
         "risk": dated["risk"].clip(0, 4).to_numpy(), "confidence": dated["confidence"].fillna(0).to_numpy(),
         "official": dated["official"].to_numpy(dtype=bool)}
    )  # fmt: skip
    return numbers if as_of is None else numbers[numbers["day"] <= day_number(as_of)].reset_index(drop=True)


def _story_hashes(articles: pd.Series, stories: pd.DataFrame) -> np.ndarray:
    """Hash of the story of each article id, as `story_ids` has it."""
    own, known, told = hashes(articles), hashes(stories["article_id"]), hashes(stories["story_id"])
    if not len(known):
        return own
    order = np.argsort(known)
    at = order[np.minimum(np.searchsorted(known[order], own), len(known) - 1)]
    return np.where((known[at] == own) & (told[at] != 0), told[at], own)


def story_ids(articles: pd.Series, stories: pd.DataFrame) -> pd.Series:
    """Story of each article id; its own id where `stories` has none."""
    found = articles.map(stories.set_index("article_id")["story_id"]).astype("string")
    return found.fillna(articles)


def hashes(values: pd.Series | np.ndarray) -> np.ndarray:
    """A number for every text, the same on every machine and in every order; 0 for the empty or missing text."""
    codes, texts = coded(values)
    table = np.empty(len(texts) + 1, np.uint64)
    for start in range(0, len(texts), _BATCH):
        part = np.asarray(texts[start : start + _BATCH], dtype=object)
        table[start : start + len(part)] = np.where(part == "", np.uint64(0), pd.util.hash_array(part))
    table[-1] = 0
    return table[codes]


def coded(values: pd.Series | np.ndarray) -> tuple[np.ndarray, pd.Index]:
    """Position of every text among the distinct ones (-1 where it is missing), and these."""
    if isinstance(values, pd.Series) and isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.codes.to_numpy(), values.cat.categories
    codes, texts = pd.factorize(values)
    return codes, pd.Index(texts)


def sorted_by(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Rows of a frame of numbers sorted by `columns`, renumbered; a column given as "-name" falls."""
    keys = [-frame[name[1:]].to_numpy() if name[0] == "-" else frame[name].to_numpy() for name in reversed(columns)]
    return frame.iloc[np.lexsort(keys)].reset_index(drop=True)


def record_of(spells: Iterable[Spell], coaches: pd.Index, clubs: pd.Index, parameters: Parameters,
              last: int) -> Record:  # fmt: skip
    """Spells of `coaches` that began by day number `last`, in codes of the two indexes."""
    rows = [(coaches.get_loc(spell.coach), clubs.get_loc(spell.club), *_days(spell, parameters))
            for spell in spells if spell.coach in coaches]  # fmt: skip
    rows = sorted((row for row in rows if row[2] <= last), key=lambda row: (row[0], row[2], row[1]))
    return Record(*np.array(rows, dtype=np.int64).reshape(-1, 6).T)


def _days(spell: Spell, parameters: Parameters) -> tuple[int, int, int, int]:
    start = day_number(spell.start)
    if spell.end is not None:
        end = day_number(spell.end)
        return start, end, end - 1, end
    checked = day_number(spell.checked)
    return start, FAR, checked, checked + parameters.trusted_days


def place(dated: pd.DataFrame, record: Record, parameters: Parameters) -> np.ndarray:
    """Club code of every row of `dated` (columns coach, club as codes, day; sorted by coach and day), or -1.

    Where the claim names no club (code 0), his club is that of the record, else the one last named with him. A claim
    is left out (-1) where it names another club than the one that the record surely has him at on that day.
    """
    coach, club, day = (dated[column].to_numpy() for column in ("coach", "club", "day"))
    placed = np.where(club > 0, club, _last_named(coach, club, day, parameters.silent_days))
    if not len(record.coach):
        return placed
    at = _last_started(record.coach, record.start, coach, day)
    covered = (at >= 0) & (day <= record.trusted[at])
    placed = np.where((club == 0) & covered, record.club[at], placed)
    elsewhere = covered & (day <= record.known[at]) & (placed != record.club[at])
    return np.where(elsewhere & ~_is_recorded(record, coach, placed, day), -1, placed)


def _last_started(keys: np.ndarray, starts: np.ndarray, key: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Row of the last spell of the same key (sorted, with starts) that began by `day`; -1 where there is none."""
    row = np.searchsorted(keys * 2 * FAR + starts, key * 2 * FAR + day, side="right") - 1
    return np.where((row >= 0) & (keys[row] == key), row, -1)


def _is_recorded(record: Record, coach: np.ndarray, club: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Whether the record has the coach at this club on this day, beside whatever else he leads."""
    width = int(max(record.club.max(), club.max(initial=0))) + 1
    pair = record.coach * width + record.club
    order = np.lexsort((record.start, pair))
    row = _last_started(pair[order], record.start[order], coach * width + club, day)
    return (row >= 0) & (day <= record.trusted[order][row])


def _last_named(coach: np.ndarray, club: np.ndarray, day: np.ndarray, within: int) -> np.ndarray:
    """Club last named with the coach up to this row, at most `within` days before; 0 where there is none."""
    last = np.maximum.accumulate(np.where(club > 0, np.arange(len(club)), -1)) if len(club) else club
    found = (last >= 0) & (coach[last] == coach) & (day - day[last] <= within)
    return np.where(found, club[last], 0)
