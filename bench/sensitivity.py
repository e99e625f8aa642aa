"""How the ranking of the bundled season moves when a choice behind the index is another one: Kendall's tau of ranks.

usage: python -m bench.sensitivity

1 is the same order, 0 none. Compared are, on every seventh day, the coaches whose index is at least LEAST in either
ranking (the order of those nobody writes about says nothing); printed are the mean over the days and the lowest.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from analysis.archive import load_season
from analysis.gazetteer import load_gazetteer
from analysis.index import ranking
from analysis.index.ledger import Ledger, build_ledger
from analysis.index.parameters import Parameters
from analysis.stories import group_stories

LEAST = 3.0
EVERY_DAYS = 7
FEWEST = 3
"""Coaches below which a day has no ranking to speak of."""
PLAIN = Parameters(draws=0)
Build = Callable[..., Ledger]


def tau(left: np.ndarray, right: np.ndarray) -> float:
    """Kendall's tau-b of two lists of values of the same things; NaN where all are alike."""
    upper = np.triu_indices(len(left), 1)
    signs = [np.sign(np.subtract.outer(values, values)[upper]) for values in (left, right)]
    untied = np.sqrt(np.count_nonzero(signs[0]) * np.count_nonzero(signs[1]))
    return float((signs[0] * signs[1]).sum() / untied) if untied else float("nan")


def compared(usual: Ledger, other: Ledger) -> tuple[float, float]:
    """Mean and lowest tau over the days on which there is something to rank."""
    found = [_tau_on(usual, other, day) for day in range(usual.first, usual.last + 1, EVERY_DAYS)]
    known = [value for value in found if not np.isnan(value)]
    return (float(np.mean(known)), min(known)) if known else (float("nan"), float("nan"))


def _tau_on(usual: Ledger, other: Ledger, day: int) -> float:
    when = pd.Timestamp(day, unit="D")
    index = [ranking(ledger, when).set_index(["coach", "club"])["index"] for ledger in (usual, other)]
    both = pd.concat(index, axis=1, keys=["usual", "other"]).fillna(0.0)
    both = both[both.max(axis=1) >= LEAST]
    return tau(both["usual"].to_numpy(), both["other"].to_numpy()) if len(both) >= FEWEST else float("nan")


def parameter_cases() -> Iterator[tuple[str, Parameters]]:
    """Other values of the parameters, each named."""
    for name, values in {"half_life_days": (3.5, 5, 10, 14), "shrinkage": (0.5, 2), "same_source_share": (0, 1),
                         "volume_exponent": (0, 1), "backing": (0.3, 0.9)}.items():  # fmt: skip
        for value in values:
            yield f"{name} {value:g} for {getattr(PLAIN, name):g}", replace(PLAIN, **{name: value})


def weighed(sources: list[str], seed: int) -> Parameters:
    """Sources weighed by chance, between half and double."""
    weights = 2 ** np.random.default_rng(seed).uniform(-1, 1, len(sources))
    return replace(PLAIN, source_weights=tuple(zip(sources, weights.tolist(), strict=True)))


def left_out(build: Build, claims: pd.DataFrame, column: str) -> Iterator[tuple[str, tuple[float, float]]]:
    """What leaving out each value of `column` does, the one that moves most first."""
    usual = build(claims, PLAIN)
    found = [(value, compared(usual, build(claims[claims[column] != value], PLAIN)))
             for value in sorted(claims[column].unique())]  # fmt: skip
    yield from sorted(found, key=lambda row: row[1])


def main() -> None:
    """Print mean and lowest tau of every case."""
    season = load_season()
    stories, spells = group_stories(season.articles), load_gazetteer().spells
    claims, last = season.claims, season.claims["published_at"].max()
    build = partial(_build, stories=stories, spells=spells, last=last)
    usual = build(claims, PLAIN)
    print(f"{'case':46s} {'mean tau':>8s} {'lowest':>8s}")
    for name, parameters in parameter_cases():
        _print(name, compared(usual, build(claims, parameters)))
    sources = sorted(claims["source"].unique())
    for seed in range(3):
        figures = compared(usual, build(claims, weighed(sources, seed)))
        _print(f"sources weighed by chance, 1/2 to 2 (draw {seed + 1})", figures)
    for column, kind in (("source", "without"), ("lang", "without language")):
        for value, figures in left_out(build, claims, column):
            _print(f"{kind} {value}", figures)


def _build(claims: pd.DataFrame, parameters: Parameters, stories: pd.DataFrame, spells: list,
           last: pd.Timestamp) -> Ledger:  # fmt: skip
    return build_ledger(claims, stories, spells, parameters, last)


def _print(name: str, figures: tuple[float, float]) -> None:
    print(f"{name:46s} {figures[0]:8.2f} {figures[1]:8.2f}", flush=True)


if __name__ == "__main__":
    main()
