"""Fits the weights of words that hint at an alarm, and shows what they tell of articles not fitted on.

usage: python -m bench.hints [--write]    (--write: keep the weights in data/hints.csv)

Fitted on the labelled articles of bench.fitting, never on the blind ones. A sentence about a coach counts as an alarm
where evidence of his label lies in it; of an alarmed coach the title that names him does too. The figures come from
six folds over whole articles.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from analysis.claims.features import side
from analysis.claims.hints import BIAS, SCALE, SOUNDS, STAGES, WEIGHTS, Hints
from analysis.reader import told
from analysis.text import LANGUAGES, fold
from bench.fitting import FOLDS, labelled_articles

STRENGTH = 1.0
"""scikit-learn's C."""
KEPT = 2000
"""So many words and pairs of a language are kept, those of most weight."""
LEAST_COUNT = 2
"""A word or pair must stand in so many sentences."""


class Example(NamedTuple):
    """A sentence about a coach."""

    of_set: str
    article: str
    coach: str
    lang: str
    words: frozenset[str]
    stage: str
    """That of his label, where its evidence lies in the sentence; else "none"."""

    @property
    def is_right(self) -> bool:
        """Whether the sentence tells an alarm of him."""
        return self.stage != "none"


def examples() -> list[Example]:
    """All sentences about coaches in the labelled articles."""
    return [
        example
        for of_set, articles in labelled_articles().items()
        if of_set != "press"  # its labels have no evidence
        for article in articles
        for example in examples_of(of_set, article)
    ]


def examples_of(of_set: str, article: dict) -> list[Example]:
    """The sentences about coaches of one article."""
    alarmed = {fold(c["name"]): c["stage"] for c in article["coaches"] if side(c["stage"]) == "alarm"}
    spans = defaultdict(list)
    for row in article["evidence"]:
        spans[fold(row["coach"])].append((row["start"], row["end"]))
    found = []
    for coach, field, start, end, words in told(article):
        name = fold(coach)
        holds = any(first < end and last > start for first, last in spans[name])
        is_alarm = "HIM" in words if field == "title" else holds
        stage = alarmed.get(name, "none") if is_alarm else "none"
        found.append(Example(of_set, article["id"], name, article["lang"], words, stage))
    return found


def fitted(found: Sequence[Example]) -> dict[str, Hints]:
    """The weights of each language, fitted on `found`."""
    return {lang: _of_language([example for example in found if example.lang == lang]) for lang in sorted(LANGUAGES)}


def _of_language(found: list[Example]) -> Hints:
    vectorizer = DictVectorizer()
    values = vectorizer.fit_transform([dict.fromkeys(example.words, 1.0) for example in found])
    counts = np.asarray(values.sum(0)).ravel()
    common = np.flatnonzero(counts >= LEAST_COUNT)
    lengths = np.sqrt([max(len(example.words), 1) for example in found])
    values = (diags(SCALE / lengths) @ values[:, common]).tocsr()
    alarm = LogisticRegression(C=STRENGTH, max_iter=5000).fit(values, [example.is_right for example in found])
    alarms = [i for i, example in enumerate(found) if example.is_right]
    stages = LogisticRegression(C=STRENGTH, max_iter=5000).fit(values[alarms], [found[i].stage for i in alarms])
    of_stage = [list(stages.classes_).index(stage) for stage in STAGES]
    weights = np.vstack([alarm.coef_, stages.coef_[of_stage]])
    kept = np.argsort(-np.abs(weights[0]) * np.sqrt(counts[common]))[:KEPT]
    bias = np.concatenate([alarm.intercept_, stages.intercept_[of_stage]])
    names = [BIAS, *(vectorizer.feature_names_[common[i]] for i in kept)]
    return Hints({name: row for row, name in enumerate(names)}, np.vstack([bias, weights[:, kept].T]))


def folds(articles: Sequence[str]) -> list[set[str]]:
    """The articles of each of FOLDS folds."""
    distinct = sorted(set(articles))
    return [{distinct[i] for i in judge} for _, judge in GroupKFold(FOLDS).split(distinct, groups=distinct)]


class Unseen(NamedTuple):
    """Weights for each article that have not seen it: the articles of each fold, the weights of the other folds."""

    judged: list[set[str]]
    weights: list[dict[str, Hints]]
    every: dict[str, Hints]

    @classmethod
    def fitted(cls, found: Sequence[Example]) -> "Unseen":
        """Fitted on `found`, fold by fold, and once on all for articles in no fold."""
        judged = folds([example.article for example in found])
        others = [[example for example in found if example.article not in of_fold] for of_fold in judged]
        return cls(judged, [fitted(of_fold) for of_fold in others], fitted(found))

    def fold_of(self, article: str) -> int | None:
        """The number of the fold that holds an article; None where none does."""
        return next((number for number, of_fold in enumerate(self.judged) if article in of_fold), None)

    def of(self, article: str) -> dict[str, Hints]:
        """The weights that have not seen an article."""
        number = self.fold_of(article)
        return self.every if number is None else self.weights[number]


def report(found: list[Example]) -> None:
    """Print how well unseen alarms are told from the rest, by set: sentences, and coaches by their loudest one."""
    sounds = np.zeros((len(found), len(SOUNDS)))
    for judged in folds([example.article for example in found]):
        weights = fitted([example for example in found if example.article not in judged])
        for i, example in enumerate(found):
            if example.article in judged:
                sounds[i] = weights[example.lang].of(example.words)
    hints = sounds[:, 0]
    for of_set in dict.fromkeys(example.of_set for example in found):
        chosen = [i for i, example in enumerate(found) if example.of_set == of_set]
        loudest: dict[tuple[str, str], float] = defaultdict(lambda: -99.0)
        alarmed: dict[tuple[str, str], bool] = defaultdict(bool)
        for i in chosen:
            key = (found[i].article, found[i].coach)
            loudest[key] = max(loudest[key], hints[i])
            alarmed[key] |= found[i].is_right
        by_sentence = roc_auc_score([found[i].is_right for i in chosen], hints[chosen])
        by_coach = roc_auc_score([alarmed[key] for key in loudest], [*loudest.values()])
        print(f"{of_set}: {len(chosen)} sentences, area under the curve {by_sentence:.3f}; {len(loudest)} coaches, "
              f"{by_coach:.3f}; stage of alarms right {_stages(found, sounds, chosen):.3f}")  # fmt: skip


def _stages(found: list[Example], sounds: np.ndarray, chosen: list[int]) -> float:
    alarms = [i for i in chosen if found[i].is_right]
    return float(np.mean([STAGES[sounds[i, 1:].argmax()] == found[i].stage for i in alarms]))


def keep(weights: dict[str, Hints]) -> None:
    """Keep the weights in data/hints.csv, loudest first."""
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("lang", "words", *SOUNDS))
        for lang, hints in weights.items():
            loudest = sorted(hints.rows, key=lambda word: (word != BIAS, -abs(hints.alarm(word))))
            writer.writerows((lang, word, *(f"{value:.2f}" for value in hints.values[hints.rows[word]]))
                             for word in loudest)  # fmt: skip


def main() -> None:
    """Show the figures and, if asked, keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights in data/hints.csv")
    arguments = parser.parse_args()
    found = examples()
    report(found)
    if arguments.write:
        keep(fitted(found))


if __name__ == "__main__":
    main()
