"""Fits the weights by which people without a trade are taken for coaches, and shows what they do to unseen articles.

usage: python -m bench.trades [--write]    (--write: keep the weights in data/trade_weights.csv)

Fitted on the training articles and the long articles of tests/data (all invented) and on the labelled press rows where
they lie beside the project, never on the blind articles. Somebody counts as a coach where the labels list him. The
figures come from six folds over whole articles, so that none is judged by weights that have seen it.
"""

import argparse
from typing import NamedTuple

import numpy as np
from sklearn.metrics import roc_auc_score

from analysis.claims.trades import LEAST, WEIGHTS
from analysis.reader import strangers
from analysis.text import fold
from bench.fitting import Fit, keep, labelled_articles

FIT = Fit(0.3, {"press": 0.5})
TRIED = (0.3, 0.4, LEAST, 0.6, 0.7)


class Example(NamedTuple):
    """Somebody whom an article gives no trade; `is_right` where its labels list him as a coach."""

    of_set: str
    article: str
    features: dict[str, float]
    is_right: bool


def examples() -> list[Example]:
    """Everybody without a trade in the labelled articles."""
    found = []
    for of_set, articles in labelled_articles().items():
        for article in articles:
            coaches = {fold(coach["name"]) for coach in article["coaches"]}
            coaches |= {name.split()[-1] for name in coaches}
            found += [
                Example(of_set, article["id"], features, bool({fold(name), fold(name).split()[-1]} & coaches))
                for name, features in strangers(article)
            ]
    return found


def report(found: list[Example], likelihoods: np.ndarray) -> None:
    """Print precision and recall by the least likelihood from which somebody is taken for a coach."""
    for of_set in dict.fromkeys(example.of_set for example in found):
        chosen = np.array([example.of_set == of_set for example in found])
        right = np.array([example.is_right for example in found])[chosen]
        likely = likelihoods[chosen]
        area = roc_auc_score(right, likely) if 0 < right.sum() < len(right) else float("nan")
        print(f"\n{of_set}: {len(right)} persons, {right.sum()} coaches, area under the curve {area:.3f}")
        for least in TRIED:
            taken = likely >= least
            precision, recall = right[taken].mean() if taken.any() else 0, taken[right].mean()
            print(f"  least {least:.2f}  precision {precision:.2f}  recall {recall:.2f}")


def main() -> None:
    """Show the figures and, if asked, keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights in data/trade_weights.csv")
    arguments = parser.parse_args()
    found = examples()
    report(found, FIT.unseen_likelihoods(found))
    if arguments.write:
        keep(*FIT.fitted(found), WEIGHTS)


if __name__ == "__main__":
    main()
