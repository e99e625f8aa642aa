"""Bytes that search for new ways through the readers (atheris, guided by coverage): none may raise.

usage: python -m bench.guided [SECONDS]   (default: 120)

Each input begins with a byte that names its format. It needs atheris, which is there for Linux and some Pythons only.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.collect.errors import CollectError
from analysis.collect.feed_text import read_feed
from analysis.collect.gdelt import article as gdelt_article
from analysis.collect.gdelt import readable
from analysis.collect.gdelt_answer import read_answer
from analysis.collect.gdelt_windows import Span
from analysis.collect.page_text import page_text
from analysis.commands.score import answer
from analysis.load import load_bytes, to_frame
from analysis.load.decode import decode
from analysis.load.parquet import MARK
from analysis.results import parse_results
from analysis.store.articles import prepared
from bench.mutations import FEEDS, gdelt_answer, good_row, page
from bench.mutations import FILES as FILES_OF_ROWS
from tests.hostile.attacks import FILES, TEXTS

SUFFIXES = (".txt", ".md", ".html", ".jsonl", ".json", ".csv", ".tsv", ".parquet", "feed", "page", "gdelt", "results")
LONGEST = 4096
MOST_SCORED = 5
"""Articles of one input that are scored: a table of hundreds would leave little time for others."""
ADDRESS, NOW = "https://f.example/", pd.Timestamp("2024-12-06", tz="UTC")
WARM = "Everton have sacked manager Tom Ashdown after a 3-0 defeat by Fulham."


def try_bytes(data: bytes) -> None:
    """Load `data` as the format its first byte names, keep and score what comes out; raises what must not be raised."""
    if not data:
        return
    form, data = SUFFIXES[data[0] % len(SUFFIXES)], data[1:]
    if data.startswith(MARK) and data.endswith(MARK):
        # Each would be read in a process of its own, which takes a second: tests/hostile tells such lies.
        return
    if form == "results":
        for suffix in (".csv", ".json", ".txt"):
            parse_results(f"a{suffix}", decode(data)[0])
        return
    articles = _loaded(form, data)
    prepared(to_frame(articles), NOW)
    for article in articles[:MOST_SCORED]:
        if "error" not in article:
            _score(article)


def _loaded(form: str, data: bytes) -> list[dict]:
    """Articles and problems, as analysis.load gives them, of bytes in a file's, a feed's, a page's or GDELT's form."""
    if form.startswith("."):
        return list(load_bytes(f"a{form}", data))
    try:
        rows = [row._asdict() for row in _collected(form, data)]
    except CollectError:
        return []
    given = [{name: row.get(name, "") for name in ("title", "text", "url")} for row in rows]
    return list(load_bytes("a.jsonl", "\n".join(map(json.dumps, given)).encode()))


def _collected(form: str, data: bytes) -> list:
    if form == "feed":
        return list(read_feed(data, "", ADDRESS).entries)
    if form == "page":
        return [page_text(data, "", ADDRESS)]
    rows = readable(read_answer(data))
    for row in rows:
        gdelt_article(row, Span(NOW - pd.Timedelta(days=7), NOW), NOW)
    return rows


def _score(article: dict) -> None:
    reading = answer(article)
    assert "error" not in reading, reading["error"]
    for row in reading["evidence"]:
        assert article[row["field"]][row["start"] : row["end"]] == row["text"], f"evidence beside its words: {row}"


def seeds(folder: Path) -> None:
    """Write a first input for every format, and the hostile files of the tests."""
    for suffix, data in _readable():
        (folder / f"article{suffix}").write_bytes(bytes([SUFFIXES.index(suffix)]) + data)
    texts = [attack.encode("utf-8", "replace")[:LONGEST] for attack in TEXTS.values()]
    files = [(name, data[:LONGEST]) for name, data in FILES.items() if data]
    for number, (name, data) in enumerate(files):
        kind = next((place for place, suffix in enumerate(SUFFIXES) if name.endswith(suffix)), 0)
        (folder / f"file{number}").write_bytes(bytes([kind]) + data)
    for number, text in enumerate(texts):
        (folder / f"text{number}").write_bytes(bytes([number % len(SUFFIXES)]) + text)


def _readable() -> Iterator[tuple[str, bytes]]:
    """An article in which something is read, in every form but that of results."""
    chance, row = random.Random(1), {**good_row(1, 1), "title": WARM, "text": WARM}
    yield from ((Path(name).suffix, write(chance, [row], None)) for name, write in FILES_OF_ROWS)
    yield from ((suffix, WARM.encode()) for suffix in (".txt", ".md"))
    yield from ((suffix, page(chance, row)) for suffix in (".html", "page"))
    yield "feed", FEEDS[0](chance, [row])
    yield "gdelt", gdelt_answer(chance, [row], None)


def main() -> int:
    """Search for `SECONDS` in a process of its own, which ends where something raised; 1 then."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "120"
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("bench.guided skipped: atheris is not installed (it is made for Linux and some Pythons)", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="panchina-guided-") as place:
        corpus = Path(place) / "corpus"
        corpus.mkdir()
        seeds(corpus)
        command = [sys.executable, "-c", _CHILD, str(corpus), f"-max_total_time={seconds}", f"-max_len={LONGEST}"]
        command += ["-timeout=20", "-rss_limit_mb=2048", "-close_fd_mask=1", f"-artifact_prefix={place}/",
                    "-print_final_stats=1"]  # fmt: skip
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    told = [line for line in done.stderr.splitlines() if "stat::" in line or "ERROR" in line or "DONE" in line]
    print("\n".join(told if done.returncode == 0 else done.stderr.splitlines()[-60:]))
    return 1 if done.returncode else 0


_CHILD = """
import sys
import atheris
with atheris.instrument_imports(include=["analysis"]):
    from bench import guided
# What the reader makes on first use takes seconds, which is no input's fault.
for lang in ("en", "it", "es", "fr", "de", "pt"):
    guided.answer({"id": "", "date": None, "lang": lang, "title": "", "text": guided.WARM})
atheris.Setup(sys.argv, guided.try_bytes)
atheris.Fuzz()
"""


if __name__ == "__main__":
    sys.exit(main())
