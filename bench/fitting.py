"""A logistic regression over readable features, and what it says of articles that it has not seen.

What is fitted are examples: tuples with of_set, article, features (a number by name) and is_right.
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from bench.accuracy import ARTICLE_SETS, DATA, SHARED, rows

FOLDS = 6
SETS = ("training", "plain", "long")
"""Sets of tests/data on which weights are fitted."""


def labelled_articles() -> dict[str, list[dict]]:
    """The articles of SETS and, where they lie beside the project, the press rows ("press"), with their labels."""
    found = {of_set: [row for file in ARTICLE_SETS[of_set] for row in rows(DATA / file)] for of_set in SETS}
    labels, press = SHARED / "dev_labels.jsonl", SHARED / "dev_rows.jsonl"
    if labels.exists():
        by_id = {row["id"]: row for row in rows(press)}
        found["press"] = [by_id[row["id"]] | row for row in rows(labels) if not row.get("skip")]
    return found


class Example(Protocol):
    """What a fit needs to know of a claim or a phrase."""

    of_set: str
    article: str
    features: dict[str, float]
    is_right: bool


class Fit(NamedTuple):
    """How to fit: the strength of scikit-learn's C, and what an example of a set counts (1 if not named)."""

    regularisation: float
    counts: Mapping[str, float]

    def fitted(self, chosen: Sequence[Example]) -> tuple[DictVectorizer, LogisticRegression]:
        """A logistic regression over the features of `chosen`."""
        vectorizer = DictVectorizer(sparse=False)
        values = vectorizer.fit_transform([example.features for example in chosen])
        weight = [self.counts.get(example.of_set, 1) for example in chosen]
        model = LogisticRegression(C=self.regularisation, max_iter=5000)
        return vectorizer, model.fit(values, [example.is_right for example in chosen], sample_weight=weight)

    def unseen_likelihoods(self, found: Sequence[Example]) -> np.ndarray:
        """The likelihood of each example by weights fitted on the other folds, which hold whole articles."""
        likelihoods = np.zeros(len(found))
        articles = [example.article for example in found]
        for fit, judge in GroupKFold(FOLDS).split(found, groups=articles):
            vectorizer, model = self.fitted([found[i] for i in fit])
            values = vectorizer.transform([found[i].features for i in judge])
            likelihoods[judge] = model.predict_proba(values)[:, 1]
        return likelihoods


def keep(vectorizer: DictVectorizer, model: LogisticRegression, path: Path) -> None:
    """Keep fitted weights in `path`, whose rows say which features there are; SystemExit names those without a row."""
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True)) | {"bias": model.intercept_[0]}
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    strange = set(weights) - {row["feature"] for row in table}
    if strange:
        raise SystemExit(f"{path.name} has no row for {', '.join(sorted(strange))}; add one with its meaning")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "weight": f"{weights.get(row['feature'], 0.0):.3f}"} for row in table)
