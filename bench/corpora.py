"""All collected press in one run: nothing may stop it, and it shows how fast and in how much memory it reads.

usage: python -m bench.corpora [PATH ...]   (default: the corpora beside the project)
"""

import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from analysis.commands.score import score

CORPORA = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"
_NAMED = 20


def main() -> int:
    """Print articles, problems by name, languages, articles a second and peak memory; 1 if there were problems."""
    paths = sys.argv[1:] or [str(CORPORA)]
    if not sys.argv[1:] and not CORPORA.is_dir():
        print("bench.corpora skipped: there are no corpora beside the project; name files to read", file=sys.stderr)
        return 0
    counts, languages, problems = Counter(), Counter(), []
    before, start = _peak_megabytes(), time.perf_counter()
    for result in score(paths):
        counts["error" if "error" in result else "article"] += 1
        if "error" in result:
            problems.append(result["error"])
            continue
        languages[result["lang"] + (" (unscored)" if result.get("unscored") else "")] += 1
        counts["coach"] += len(result["coaches"])
        counts["warning"] += len(result.get("warnings", ()))
        counts["byte"] += len(json.dumps(result, ensure_ascii=False))
    _report(counts, languages, problems, time.perf_counter() - start)
    print(f"peak memory                {_peak_megabytes():10.0f} MB ({before:.0f} MB before the run)")
    return 1 if problems else 0


def _report(counts: Counter, languages: Counter, problems: list[str], seconds: float) -> None:
    print(f"articles read              {counts['article']:10d}")
    print(f"coaches named              {counts['coach']:10d}")
    print(f"warnings                   {counts['warning']:10d}")
    print(f"errors                     {counts['error']:10d}")
    for problem in problems[:_NAMED]:
        print(f"  {problem}")
    if len(problems) > _NAMED:
        print(f"  and {len(problems) - _NAMED} more")
    print("languages                  " + ", ".join(f"{lang} {count}" for lang, count in languages.most_common(12)))
    print(f"seconds, start-up included {seconds:10.1f}")
    print(f"articles a second          {(counts['article'] + counts['error']) / seconds:10.0f}")


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
