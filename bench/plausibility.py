"""Fits the weights by which unlikely claims are set aside, and shows what they would do to articles not fitted on.

usage: python -m bench.plausibility [--write]    (--write: keep the weights in data/plausibility.csv)

Fitted on the training articles and the long articles of tests/data (all invented) and on the labelled press rows where
they lie beside the project, never on the blind articles. A claim counts as right where its coach's label has the
claim's side (alarm or reassurance). The figures come from six folds over whole articles, so that none is judged by
weights that have seen it; the hints among the features have not seen the article either.
"""

import argparse
from collections import defaultdict
from typing import NamedTuple

import numpy as np
from sklearn.metrics import roc_auc_score

from analysis.claims.features import side
from analysis.claims.plausibility import BRIEF, LEAST
from analysis.gazetteer import DATA
from analysis.reader import asserted
from analysis.text import fold, sentences
from bench import hints
from bench.fitting import Fit, keep, labelled_articles

WEIGHTS = DATA / "plausibility.csv"
COUNTS = {"long": 3, "press": 3, "plain": 3, "training": 0.5}
"""A claim of a long article or of the press weighs as much as so many of short invented ones, which are more."""
FIT = Fit(0.3, COUNTS)
TRIED = (0.0, 0.3, LEAST, 0.6)


class Example(NamedTuple):
    """A claim of a labelled article; `is_right` where the label of its coach is on its side."""

    of_set: str
    article: str
    coach: str
    side: str
    features: dict[str, float]
    is_right: bool


def examples(unseen: hints.Unseen) -> tuple[list[Example], dict[tuple[str, str, str], int]]:
    """All claims of the sets, and how many coaches of each article are on each side by their labels."""
    found: list[Example] = []
    wanted: dict[tuple[str, str, str], int] = defaultdict(int)
    for of_set, articles in labelled_articles().items():
        for article in articles:
            if len(sentences(article["text"])) <= BRIEF:
                continue
            sides = {fold(coach["name"]): side(coach["stage"]) for coach in article["coaches"]}
            for of_side in sides.values():
                wanted[of_set, article["id"], of_side] += 1
            found += [
                Example(of_set, article["id"], coach, side(stage), features, sides.get(fold(coach)) == side(stage))
                for coach, stage, features in asserted(article, unseen.of(article["id"]))
            ]
    return found, wanted


def report(found: list[Example], wanted: dict[tuple[str, str, str], int], likelihoods: np.ndarray) -> None:
    """Print precision, recall and F1 of coaches on each side, by the least likelihood that is let stand."""
    for of_set in dict.fromkeys(example.of_set for example in found):
        chosen = [i for i, example in enumerate(found) if example.of_set == of_set]
        area = roc_auc_score([found[i].is_right for i in chosen], likelihoods[chosen])
        print(f"\n{of_set}: {len(chosen)} claims, area under the curve {area:.3f}")
        for of_side in ("alarm", "reassurance"):
            for least in TRIED:
                print(
                    f"  {of_side:12} least {least:.2f}  {_scores(found, wanted, likelihoods, of_set, of_side, least)}"
                )


def _scores(found, wanted, likelihoods, of_set, of_side, least) -> str:
    standing = {
        (example.article, fold(example.coach)): example.is_right
        for example, value in zip(found, likelihoods, strict=True)
        if example.of_set == of_set and example.side == of_side and value >= least
    }
    right = sum(standing.values())
    asked = sum(count for (name, _, label), count in wanted.items() if (name, label) == (of_set, of_side))
    precision, recall = right / max(len(standing), 1), right / max(asked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.3f}"


def main() -> None:
    """Show the figures and, if asked, keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights in data/plausibility.csv")
    arguments = parser.parse_args()
    found, wanted = examples(hints.Unseen.fitted(hints.examples()))
    report(found, wanted, FIT.unseen_likelihoods(found))
    if arguments.write:
        keep(*FIT.fitted(found), WEIGHTS)


if __name__ == "__main__":
    main()
