"""How fast the full explained reading is beside `TextBlob(text).sentiment` alone, in one run.

usage: python -m bench.speed [FILE.jsonl ...]   (default: the full-text corpora beside the project, else the season)
"""

import json
import resource
import sys
import time
from pathlib import Path

from analysis import reader
from analysis.archive import SAMPLE
from analysis.claims.claims import ClaimReader
from analysis.claims.sentences import SentenceReader
from analysis.lexicon import load_lexicon
from analysis.mentions.mentions import MentionFinder
from analysis.mentions.roles import RoleBinder
from analysis.reader import read
from analysis.relations.relations import RelationReader
from analysis.text import LANGUAGES

CORPORA = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"
STAGES = {
    "language": (reader, "identify_language"),
    "folding, sentences, names in lists": (reader, "open_document"),
    "mentions": (MentionFinder, "find"),
    "roles": (RoleBinder, "bind"),
    "outline, allowed phrases": (SentenceReader, "__init__"),
    "who coaches whom": (RelationReader, "tie"),
    "claims": (ClaimReader, "read"),
    "other relations": (RelationReader, "read"),
    "causes": (reader, "read_causes"),
}
"""Steps of reading an article, none inside another, by the name they are printed under."""
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


def main() -> None:
    """Print articles a second for both, their ratio, start-up time, memory, and where the time goes."""
    given = [Path(argument) for argument in sys.argv[1:]]
    paths = (
        given
        or [CORPORA / name for name in FULL_TEXT if (CORPORA / name).exists()]
        or sorted(SAMPLE.glob("briefs_*.jsonl"))
    )
    rows = articles(paths)
    seconds = _timed([rows[0]], _start_up)
    print(f"start-up of all six languages          {seconds:8.2f} s, {_peak_megabytes():.0f} MB")
    from textblob import TextBlob  # only now: it brings nltk, whose memory is not the reader's

    TextBlob("warm").sentiment  # noqa: B018 - loads its lexicon
    before = _megabytes()
    reading = _timed(rows, lambda row: json.dumps(read(row), ensure_ascii=False))
    peak, growth = _peak_megabytes(), _megabytes() - before
    plain = _timed(rows, lambda row: TextBlob(f"{row.get('title') or ''}\n{row.get('text') or ''}").sentiment)
    print(f"articles                               {len(rows):8d}")
    print(f"full reading and JSON, articles/s      {len(rows) / reading:8.0f}")
    print(f"TextBlob sentiment alone, articles/s   {len(rows) / plain:8.0f}")
    print(f"ratio                                  {plain / reading:8.2f}")
    print(f"peak memory with TextBlob              {peak:8.0f} MB, grown by {growth:.0f} MB while reading")
    _print_stages(rows)


def _start_up(row: dict) -> None:
    for lang in LANGUAGES:
        load_lexicon(lang).prepare()
    read(row)
    read({"id": "short", "text": "Un titolo, un titre, a headline"})  # loads the model for doubtful languages


def _timed(rows: list[dict], work) -> float:
    """Seconds of this process, so that what else the machine does counts little."""
    start = time.process_time()
    for row in rows:
        work(row)
    return time.process_time() - start


def _print_stages(rows: list[dict]) -> None:
    """Read once more with a watch on each stage."""
    spent = dict.fromkeys(STAGES, 0.0)
    for label, (owner, name) in STAGES.items():
        setattr(owner, name, _watched(getattr(owner, name), label, spent))
    whole = _timed(rows, lambda row: json.dumps(read(row), ensure_ascii=False))
    print("where the time goes")
    for label, seconds in [*spent.items(), ("all else", whole - sum(spent.values()))]:
        print(f"  {label:36s} {100 * seconds / whole:8.0f} %")


def _watched(work, label: str, spent: dict[str, float]):
    def watched(*args, **kwargs):
        start = time.process_time()
        try:
            return work(*args, **kwargs)
        finally:
            spent[label] += time.process_time() - start

    return watched


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _megabytes() -> float:
    """Memory in use now where the system tells, else the most there was."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return _peak_megabytes()
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
