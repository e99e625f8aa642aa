"""How right the reader is: examples, training articles, the frozen blind articles, and labelled press rows.

usage: python -m bench.accuracy [--set NAME] [--errors N] [--write]
"""

import argparse
import csv
import json
from datetime import date
from pathlib import Path

from analysis.reader import read
from analysis.text import LANGUAGES
from bench import evaluate, evaluate_rows

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "annotation"
DATA = ROOT / "tests" / "data"
ARTICLE_SETS = {
    "examples": ("examples.jsonl",),
    "training": tuple(f"training_{lang}.jsonl" for lang in LANGUAGES),
    "plain": tuple(f"plain_{lang}.jsonl" for lang in LANGUAGES),
    "fresh": tuple(f"fresh_{lang}.jsonl" for lang in LANGUAGES),
    "later": tuple(f"later_{lang}.jsonl" for lang in LANGUAGES),
    "long": tuple(f"long_{lang}.jsonl" for lang in LANGUAGES),
    "blind": tuple(f"blind_{lang}.jsonl" for lang in LANGUAGES),
}
"""Rows were tuned on the examples, the training and the plain articles, weights on these and the long ones; nothing on
the blind, the fresh and the later ones, which are scored rarely. The later ones are by other hands than the fresh."""
RECORD = ROOT / "data" / "accuracy.csv"
F1 = {"coach_alarm": "coach_alarm", "relations": "relations_non_employer", "causes": "causes"}
FIGURES = ("article_MCC", "attribution_exact_on_alarm_articles", "stage_accuracy_signalled",
           "false_alarm_rate_adversarial", "false_alarm_rate_reassurance", "risk_MAE", "evidence_recall",
           "evidence_precision")  # fmt: skip


def rows(path: Path) -> list[dict]:
    """JSON objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def predictions(articles: list[dict]) -> dict[str, dict]:
    """Readings by article id."""
    return {article["id"]: read(article) for article in articles}


def article_report(name: str, gold: list[dict], errors: int) -> dict:
    """Print the figures of a fully labelled set, whole, by language and by phenomenon; returns those of the whole."""
    found = predictions(gold)
    by_id = {row["id"]: row for row in gold}
    score = evaluate.score(by_id, found)
    print(f"\n## {name}: {len(gold)} articles")
    for key in ("coach_alarm", "relations_non_employer", "causes"):
        print(f"{key:38s} F1 {score[key]['F1']:.3f}  P {score[key]['P']:.3f}  R {score[key]['R']:.3f}")
    for key in FIGURES:
        print(f"{key:38s} {score[key]:.3f}")
    for relation, figures in score["relations"].items():
        counts = " ".join(f"{name} {figures[name]}" for name in ("tp", "fp", "fn"))
        print(f"  relation {relation:27s} F1 {figures['F1']:.3f}  {counts}")
    _by_group(by_id, found, sorted({row["lang"] for row in gold}), lambda row: [row["lang"]])
    _by_group(by_id, found, sorted({tag for row in gold for tag in row["tags"]}), lambda row: row["tags"])
    differing = [row for row in gold if _differs(row, found[row["id"]])]
    print(f"  differing ({len(differing)}): {' '.join(row['id'] for row in differing)}")
    for row in differing[:errors]:
        _show(row, found[row["id"]])
    return score


def record(name: str, articles: int, score: dict, path: Path = RECORD) -> None:
    """Write the figures of a set into the record that the Method page shows, in place of its older ones.

    Columns set, articles, figure, value, measured (day), command.
    """
    kept = []
    if path.exists():
        with open(path, encoding="utf-8", newline="") as stream:
            kept = [row for row in csv.DictReader(stream) if row["set"] != name]
    figures = {f"{key}_F1": score[long]["F1"] for key, long in F1.items()} | {key: score[key] for key in FIGURES}
    about = {"set": name, "articles": articles}
    when = {"measured": date.today().isoformat(), "command": f"python -m bench.accuracy --set {name}"}
    kept += [{**about, "figure": key, "value": value, **when} for key, value in figures.items()]
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(kept[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def _by_group(gold: dict[str, dict], found: dict[str, dict], keys: list[str], groups) -> None:
    for key in keys:
        part = {i: row for i, row in gold.items() if key in groups(row)}
        score = evaluate.score(part, found)
        print(f"  {key:24s} n={len(part):3d}  coach F1 {score['coach_alarm']['F1']:.2f}  "
              f"MCC {score['article_MCC']:.2f}  stage {score['stage_accuracy_all']:.2f}  "
              f"signalled {score['stage_accuracy_signalled']:.2f}")  # fmt: skip


def _differs(row: dict, reading: dict) -> bool:
    names = [coach["name"] for coach in row["coaches"]]
    guesses = {evaluate.namekey(c["name"], names): c["stage"] for c in reading["coaches"]}
    extra = [
        c for c in reading["coaches"] if evaluate.namekey(c["name"], names) is None and c["direction"] in evaluate.ALARM
    ]
    return bool(extra) or any(guesses.get(coach["name"], "none") != coach["stage"] for coach in row["coaches"])


def _show(row: dict, reading: dict) -> None:
    print(f"- {row['id']} | {row.get('title')} | {(row.get('text') or '')[:400]}")
    print("    gold ", [(c["name"], c["club"], c["stage"], c["risk"]) for c in row["coaches"]])
    print("    found", [(c["name"], c["club"], c["stage"], c["risk"]) for c in reading["coaches"]])


def row_report(errors: int) -> None:
    """Print the figures of the hand-labelled press rows, which lie beside the project and not in it."""
    labels_path, rows_path = SHARED / "dev_labels.jsonl", SHARED / "dev_rows.jsonl"
    if not labels_path.exists():
        print("\n## press rows: not here (they are not part of the project)")
        return
    labels = [label for label in rows(labels_path) if not label.get("skip")]
    articles = rows(rows_path)
    found = predictions(articles)
    by_id = {article["id"]: article for article in articles}
    score, differing = evaluate_rows.score(labels, found)
    print(f"\n## press rows: {score['rows']}")
    print(json.dumps({key: value for key, value in score.items() if key != "rows"}))
    for lang in sorted({article["lang"] for article in articles}):
        part, _ = evaluate_rows.score([label for label in labels if by_id[label["id"]]["lang"] == lang], found)
        figures = f"coach F1 {part['coach_alarm']['F1']:.2f}  MCC {part['article_MCC']:.2f}"
        print(f"  {lang}  n={part['rows']:4d}  {figures}  stage {part['stage_accuracy_signalled']}")
    gold = {label["id"]: label for label in labels}
    print(f"  differing ({len(differing)}): {' '.join(str(error['id']) for error in differing)}")
    for error in differing[:errors]:
        _show({**by_id[error["id"]], **gold[error["id"]]}, found[error["id"]])


def main() -> None:
    """Print every set, or the one asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=[*ARTICLE_SETS, "rows"])
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N that differ")
    parser.add_argument("--write", action="store_true", help="record the figures in data/accuracy.csv")
    args = parser.parse_args()
    for name, files in ARTICLE_SETS.items():
        if args.set in (None, name):
            gold = [row for file in files for row in rows(DATA / file)]
            score = article_report(name, gold, args.errors)
            if args.write:
                record(name, len(gold), score)
    if args.set in (None, "rows"):
        row_report(args.errors)


if __name__ == "__main__":
    main()
