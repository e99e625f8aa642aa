"""Fits the weights by which edges between coaches and clubs stand, and shows what they do to articles not fitted on.

usage: python -m bench.relations [--write]    (--write: keep the weights in data/relation_weights.csv)

Fitted on the training articles, the long articles and the examples of tests/data (all invented), never on the blind
ones. The figures come from six folds over whole articles, so that none is judged by weights that have seen it. A
feature is fitted where data/relation_weights.csv has a row for it, with its meaning.
"""

import argparse
import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from analysis.gazetteer import DATA
from analysis.reader import read, tied
from analysis.relations.weighing import LEAST, RELATIONS
from bench.accuracy import ARTICLE_SETS, rows
from bench.accuracy import DATA as TEXTS
from bench.evaluate import na, namekey

WEIGHTS = DATA / "relation_weights.csv"
SETS = ("long", "plain", "training", "examples")
LONG_COUNTS = 3
"""A pair of a long article weighs as much as so many of short ones, which are more and hold less history."""
REGULARISATION = 0.2
FOLDS = 6
_DETAIL = {"denied": "destination_denied"}

Edges = set[tuple[str, str, str]]
"""Coach, club and relation, folded as the evaluation folds them."""


class Pair(NamedTuple):
    """A coach and a club of a labelled article; `proposed` are the relations that rules see between them."""

    article: int
    coach: str
    club: str
    proposed: set[str]
    features: set[str]


class Labelled(NamedTuple):
    """An article's edges by its labels, and by its reading where nothing was weighed (None where something was)."""

    of_set: str
    wanted: Edges
    unweighed: Edges | None


def _relation(row: dict) -> str:
    return _DETAIL.get(row["detail"], row["detail"]) if row.get("detail") else row["relation"]


def _edges(relations: list[dict], names: list[str]) -> Edges:
    return {(namekey(r["coach"], names) or na(r["coach"]), na(r["club"]), _relation(r)) for r in relations}


def pairs() -> tuple[list[Pair], list[Labelled]]:
    """All pairs of the sets, and the articles they come from."""
    found, labelled = [], []
    for of_set in SETS:
        for article in (row for file in ARTICLE_SETS[of_set] for row in rows(TEXTS / file)):
            names = [coach["name"] for coach in article["coaches"]]
            of_article = tied(article)
            unweighed = None if of_article else _edges(read(article)["relations"], names)
            found += [
                Pair(len(labelled), namekey(coach, names) or na(coach), na(club), proposed, features)
                for coach, club, proposed, features in of_article
            ]
            labelled.append(Labelled(of_set, _edges(article["relations"], names), unweighed))
    return found, labelled


def values(found: list[Pair], names: list[str]) -> np.ndarray:
    """A row a pair, a column a feature: 1 where it holds."""
    columns = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(found), len(names)))
    for number, pair in enumerate(found):
        table[number, [columns[name] for name in pair.features if name in columns]] = 1
    return table


def right(found: list[Pair], labelled: list[Labelled], relation: str) -> np.ndarray:
    """Whether the labels tie each pair by `relation`."""
    return np.array([(p.coach, p.club, relation) in labelled[p.article].wanted for p in found])


def fitted(table: np.ndarray, is_right: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    """A logistic regression of one relation."""
    return LogisticRegression(C=REGULARISATION, solver="liblinear", random_state=0).fit(table, is_right, weight)


def importance(found: list[Pair], labelled: list[Labelled]) -> np.ndarray:
    """How much each pair counts in fitting."""
    return np.array([LONG_COUNTS if labelled[pair.article].of_set == "long" else 1 for pair in found])


def unseen_likelihoods(found: list[Pair], labelled: list[Labelled], names: list[str]) -> dict[str, np.ndarray]:
    """The likelihood of each relation of each pair by weights fitted on the other folds."""
    table, weight = values(found, names), importance(found, labelled)
    articles = [pair.article for pair in found]
    likelihoods = {relation: np.zeros(len(found)) for relation in RELATIONS}
    for fit, judge in GroupKFold(FOLDS, shuffle=True, random_state=1).split(table, groups=articles):
        for relation in RELATIONS:
            model = fitted(table[fit], right(found, labelled, relation)[fit], weight[fit])
            likelihoods[relation][judge] = model.predict_proba(table[judge])[:, 1]
    return likelihoods


def standing(found: list[Pair], likelihoods: dict[str, np.ndarray]) -> dict[int, Edges]:
    """The edges of each article that the likelihoods let stand."""
    stand: dict[int, Edges] = defaultdict(set)
    for number, pair in enumerate(found):
        for relation in RELATIONS:
            proposed, other = LEAST[relation]
            if likelihoods[relation][number] >= (proposed if relation in pair.proposed else other):
                stand[pair.article].add((pair.coach, pair.club, relation))
    return stand


def report(found: list[Pair], labelled: list[Labelled], likelihoods: dict[str, np.ndarray]) -> None:
    """Print F1 and counts by set and relation: what the rules propose, and what stands when it is weighed."""
    proposed: dict[int, Edges] = defaultdict(set)
    for pair in found:
        proposed[pair.article] |= {(pair.coach, pair.club, relation) for relation in pair.proposed}
    stand = standing(found, likelihoods)
    for of_set in SETS:
        chosen = [number for number, article in enumerate(labelled) if article.of_set == of_set]
        print(f"\n{of_set}: {len(chosen)} articles        rules                       weighed, unseen")
        for relation in (*RELATIONS, "all but employer"):
            scores = [_score(labelled, chosen, edges, relation) for edges in (proposed, stand)]
            print(f"  {relation:20} {scores[0]}   {scores[1]}")


def _score(labelled: list[Labelled], chosen: list[int], found: dict[int, Edges], relation: str) -> str:
    counts: Counter[str] = Counter()
    for number in chosen:
        of_set, wanted, unweighed = labelled[number]
        edges = found[number] if unweighed is None else unweighed
        wanted, edges = _of(wanted, relation), _of(edges, relation)
        counts.update(right=len(wanted & edges), wrong=len(edges - wanted), missed=len(wanted - edges))
    total = 2 * counts["right"] + counts["wrong"] + counts["missed"]
    f1 = 2 * counts["right"] / max(total, 1)
    return f"F1 {f1:.3f} ({counts['right']:3} right {counts['wrong']:3} wrong {counts['missed']:3} missed)"


def _of(edges: Edges, relation: str) -> Edges:
    return {edge for edge in edges if edge[2] == relation or relation not in RELATIONS and edge[2] != "employer"}


def table_of(path: Path = WEIGHTS) -> list[dict[str, str]]:
    """The rows of the weights, which say which features there are."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(found: list[Pair], labelled: list[Labelled], path: Path = WEIGHTS) -> None:
    """Keep the weights fitted on everything in `path`."""
    table = table_of(path)
    names = [row["feature"] for row in table if row["feature"] != "bias"]
    for relation in RELATIONS:
        model = fitted(values(found, names), right(found, labelled, relation), importance(found, labelled))
        weights = dict(zip(names, model.coef_[0], strict=True)) | {"bias": model.intercept_[0]}
        for row in table:
            row[relation] = f"{weights[row['feature']]:.3f}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def main() -> None:
    """Show the figures and, if asked, keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights in data/relation_weights.csv")
    arguments = parser.parse_args()
    found, labelled = pairs()
    names = [row["feature"] for row in table_of() if row["feature"] != "bias"]
    report(found, labelled, unseen_likelihoods(found, labelled, names))
    if arguments.write:
        write(found, labelled)


if __name__ == "__main__":
    main()
