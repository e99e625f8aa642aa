"""Fits the weights by which phrases of causes are judged, and shows what they would do to articles not fitted on.

usage: python -m bench.causes [--write]    (--write: keep the weights in data/cause_weights.csv)

Fitted on the examples, the training articles and the long articles of tests/data (all invented), never on the blind
ones. A phrase counts as right where the article's labels have its cause. The figures, causes of whole articles, come
from six folds over articles, so that none is judged by weights that have seen it.
"""

import argparse
from collections import defaultdict
from typing import NamedTuple

import numpy as np

from analysis.claims.causes import LEAST, WEIGHTS
from analysis.reader import reasons
from bench.accuracy import ARTICLE_SETS, rows
from bench.accuracy import DATA as TEXTS
from bench.fitting import Fit, keep

SETS = ("examples", "training", "plain", "long")
COUNTS = {"long": 5}
"""A phrase of a long article weighs as much as so many of short ones, which are more and hold fewer other reports."""
FIT = Fit(0.1, COUNTS)
TRIED = (0.0, LEAST, 0.4, 0.5, 0.6)


class Example(NamedTuple):
    """A phrase of a labelled article; `is_right` where the labels of the article have its cause."""

    of_set: str
    article: str
    cause: str
    features: dict[str, float]
    is_right: bool


def examples() -> tuple[list[Example], dict[tuple[str, str], set[str]]]:
    """All phrases of the sets, and the causes that the labels of each article have."""
    found: list[Example] = []
    wanted: dict[tuple[str, str], set[str]] = {}
    for of_set in SETS:
        for article in (row for file in ARTICLE_SETS[of_set] for row in rows(TEXTS / file)):
            causes = wanted[of_set, article["id"]] = set(article["causes"])
            found += [
                Example(of_set, article["id"], cause, features, cause in causes)
                for _, cause, features in reasons(article)
            ]
    return found, wanted


def report(found: list[Example], wanted: dict[tuple[str, str], set[str]], likelihoods: np.ndarray) -> None:
    """Print precision, recall and F1 of causes by the least likelihood that is let stand."""
    for of_set in SETS:
        print(f"\n{of_set}: {sum(example.of_set == of_set for example in found)} phrases")
        labels = {article: causes for (name, article), causes in wanted.items() if name == of_set}
        for least in TRIED:
            print(f"  least {least:.2f}  {_scores(found, labels, likelihoods, of_set, least)}")


def _scores(
    found: list[Example], labels: dict[str, set[str]], likelihoods: np.ndarray, of_set: str, least: float
) -> str:
    read: dict[str, set[str]] = defaultdict(set)
    for example, value in zip(found, likelihoods, strict=True):
        if example.of_set == of_set and value >= least:
            read[example.article].add(example.cause)
    right = sum(len(read[article] & causes) for article, causes in labels.items())
    precision = right / max(sum(map(len, read.values())), 1)
    recall = right / max(sum(map(len, labels.values())), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.3f}"


def main() -> None:
    """Show the figures and, if asked, keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights in data/cause_weights.csv")
    arguments = parser.parse_args()
    found, wanted = examples()
    report(found, wanted, FIT.unseen_likelihoods(found))
    if arguments.write:
        keep(*FIT.fitted(found), WEIGHTS)


if __name__ == "__main__":
    main()
