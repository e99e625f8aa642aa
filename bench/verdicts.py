"""Fits the weights by which the stage of a coach's case is chosen, and shows how right they are on unseen articles.

usage: python -m bench.verdicts [--write]    (--write: keep the weights in data/verdict_weights.csv)

Fitted on the sets of bench/fitting.py. The hints and the likelihoods among the features have not seen the article, and
the figures come from folds over whole articles; so none is judged by weights that have seen it. Beside them stand the
figures of the rules alone. A label whose coach the reader does not find counts as missed.
"""

import argparse
import csv
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.claims.features import side
from analysis.claims.judge import LEAST_ALARM, STAGES, WEIGHTS, chosen, likelihoods
from analysis.claims.plausibility import BRIEF
from analysis.reader import cases
from analysis.text import fold, sentences
from bench import hints, plausibility
from bench.fitting import labelled_articles

STRENGTH = 0.2
"""scikit-learn's C."""
TRIED = (0.3, LEAST_ALARM, 0.4, 0.45, 0.5)

Weights = dict[str, np.ndarray]


class Example(NamedTuple):
    """The case of one coach, the stages claimed of him, and that of his label ("none" where he has none)."""

    of_set: str
    article: str
    coach: str
    claimed: frozenset[str]
    features: dict[str, float]
    stage: str

    @property
    def by_rule(self) -> str:
        """The stage that the rules choose."""
        return next(name.removeprefix("rule ") for name in self.features if name.startswith("rule "))


def examples() -> tuple[list[Example], dict[tuple[str, str, str], str]]:
    """All cases of the sets, and every label: the stage by set, article and coach."""
    unseen = hints.Unseen.fitted(hints.examples())
    claims, _ = plausibility.examples(unseen)
    weights = [_weights(claims, of_fold) for of_fold in unseen.judged]
    every = _weights(claims, set())
    found, labels = [], {}
    for of_set, articles in labelled_articles().items():
        for article in articles:
            if len(sentences(article["text"])) <= BRIEF:
                continue
            stages = {fold(coach["name"]): coach["stage"] for coach in article["coaches"]}
            labels |= {(of_set, article["id"], coach): stage for coach, stage in stages.items()}
            number = unseen.fold_of(article["id"])
            weights_of = every if number is None else weights[number]
            found += [
                Example(of_set, article["id"], fold(coach), claimed, features, stages.get(fold(coach), "none"))
                for coach, claimed, features in cases(article, unseen.of(article["id"]), weights_of)
            ]
    return found, labels


def _weights(claims: list[plausibility.Example], of_fold: set[str]) -> dict[str, float]:
    """The weights of likelihood, fitted on the articles outside `of_fold`."""
    vectorizer, model = plausibility.FIT.fitted([claim for claim in claims if claim.article not in of_fold])
    return dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True)) | {"bias": model.intercept_[0]}


def fitted(found: list[Example]) -> Weights:
    """The weights of each feature, in the order of STAGES."""
    vectorizer = DictVectorizer()
    values = vectorizer.fit_transform([example.features for example in found])
    weight = [plausibility.COUNTS.get(example.of_set, 1) for example in found]
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(values, [example.stage for example in found], sample_weight=weight)
    order = [list(model.classes_).index(stage) for stage in STAGES]
    return {"bias": model.intercept_[order]} | dict(zip(vectorizer.feature_names_, model.coef_[order].T, strict=True))


def report(found: list[Example], labels: dict[tuple[str, str, str], str]) -> None:
    """Print alarms (precision, recall, F1) and the share of signalled stages that are right, by set."""
    unseen: dict[tuple[str, str], dict[str, float]] = {}
    for judged in hints.folds([example.article for example in found]):
        weights = fitted([example for example in found if example.article not in judged])
        of_fold = [example for example in found if example.article in judged]
        unseen |= {(one.article, one.coach): likelihoods(one.features, weights) for one in of_fold}
    for of_set in dict.fromkeys(example.of_set for example in found):
        own = [example for example in found if example.of_set == of_set]
        asked = {(article, coach): stage for (name, article, coach), stage in labels.items() if name == of_set}
        print(f"\n{of_set}: {len(own)} cases")
        print(f"  rules       {_scores(own, asked, lambda one: one.by_rule)}")
        for least in TRIED:
            print(f"  alarm {least:.2f}  {_scores(own, asked, _judge(unseen, least))}")


def _judge(unseen: dict[tuple[str, str], dict[str, float]], least: float) -> Callable[[Example], str]:
    return lambda one: chosen(unseen[one.article, one.coach], one.claimed, least)


def _scores(own: list[Example], asked: dict[tuple[str, str], str], choose: Callable[[Example], str]) -> str:
    given = {(one.article, one.coach): choose(one) for one in own}
    alarms = {key for key, stage in given.items() if side(stage) == "alarm"}
    wanted = {key for key, stage in asked.items() if side(stage) == "alarm"}
    signalled = [key for key, stage in asked.items() if stage != "none"]
    precision, recall = len(alarms & wanted) / max(len(alarms), 1), len(alarms & wanted) / max(len(wanted), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    right = sum(given.get(key) == asked[key] for key in signalled) / max(len(signalled), 1)
    return f"precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.3f}  stage {right:.3f}"


def keep(weights: Weights) -> None:
    """Keep the weights in data/verdict_weights.csv, a row a feature and a column a stage."""
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", *STAGES))
        writer.writerows((name, *(f"{value:.2f}" for value in of_stages)) for name, of_stages in weights.items())


def main() -> None:
    """Show the figures and, if asked, keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights in data/verdict_weights.csv")
    arguments = parser.parse_args()
    found, labels = examples()
    report(found, labels)
    if arguments.write:
        keep(fitted(found))


if __name__ == "__main__":
    main()
