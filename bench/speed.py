"""How fast the full explained reading is beside `TextBlob(text).sentiment` alone, in one run.

usage: python -m bench.speed [FILE.jsonl ...]   (default: the full-text corpora beside the project, else the season)
"""

import json
import resource
import sys
import time
from pathlib import Path

from textblob import TextBlob

from analysis.archive import SAMPLE
from analysis.reader import read

CORPORA = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"
FULL_TEXT = ("ljzac_es_2011_2012.jsonl", "pontepretano_pt_2016_2017.jsonl")


def articles(paths: list[Path]) -> list[dict]:
    """Distinct articles of the files, without their language, which the reader has to find."""
    distinct = {}
    for path in paths:
        with path.open(encoding="utf-8") as lines:  # not splitlines(): texts hold other line marks
            for line in lines:
                row = json.loads(line)
                distinct.setdefault((row.get("title"), row.get("text")), {**row, "lang": None})
    return list(distinct.values())


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print articles a second for both, their ratio, start-up time and memory."""
    given = [Path(argument) for argument in sys.argv[1:]]
    paths = (
        given
        or [CORPORA / name for name in FULL_TEXT if (CORPORA / name).exists()]
        or sorted(SAMPLE.glob("briefs_*.jsonl"))
    )
    rows = articles(paths)
    start = time.perf_counter()
    for lang in ("it", "es", "en", "fr", "de", "pt"):
        read({"id": "warm", "lang": lang, "text": "x" * 30})
    read(rows[0])
    TextBlob("warm").sentiment  # noqa: B018 - loads its lexicon
    print(f"start-up of all six languages          {time.perf_counter() - start:8.2f} s, {_peak_megabytes():.0f} MB")
    reading = _timed(rows, lambda row: json.dumps(read(row), ensure_ascii=False))
    peak = _peak_megabytes()
    plain = _timed(rows, lambda row: TextBlob(f"{row.get('title') or ''}\n{row.get('text') or ''}").sentiment)
    print(f"articles                               {len(rows):8d}")
    print(f"full reading and JSON, articles/s      {len(rows) / reading:8.0f}")
    print(f"TextBlob sentiment alone, articles/s   {len(rows) / plain:8.0f}")
    print(f"ratio                                  {plain / reading:8.2f}")
    print(f"peak memory after the reading          {peak:8.0f} MB")


def _timed(rows: list[dict], work) -> float:
    start = time.perf_counter()
    for row in rows:
        work(row)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
