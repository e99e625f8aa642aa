"""Bytes that search for new ways through the readers (atheris, guided by coverage): none may raise.

usage: python -m bench.guided [SECONDS]   (default: 120)

Each input begins with a byte that names its format. It needs atheris, which is there for Linux and some Pythons only.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

SUFFIXES = (".txt", ".md", ".html", ".jsonl", ".json", ".csv", ".tsv", ".parquet", "feed", "page", "results")
LONGEST = 4096


def try_bytes(data: bytes) -> None:
    """Load `data` as the format its first byte names, and score what comes out; raises what must not be raised."""
    from analysis.collect.errors import CollectError
    from analysis.collect.feed_text import read_feed
    from analysis.collect.page_text import page_text
    from analysis.load import load_bytes, to_frame
    from analysis.load.decode import decode
    from analysis.results import parse_results
    from analysis.store.articles import prepared

    if not data:
        return
    form, data = SUFFIXES[data[0] % len(SUFFIXES)], data[1:]
    if form in ("feed", "page"):
        try:
            (read_feed if form == "feed" else page_text)(data, "", "https://f.example/")
        except CollectError:
            return
    elif form == "results":
        for suffix in (".csv", ".json", ".txt"):
            parse_results(f"a{suffix}", decode(data)[0])
    else:
        import pandas as pd

        prepared(to_frame(load_bytes(f"a{form}", data)), pd.Timestamp("2024-12-06", tz="UTC"))


def seeds(folder: Path) -> None:
    """Write a first input for every format, and the hostile files of the tests."""
    from tests.hostile.attacks import FILES, TEXTS

    texts = [attack.encode("utf-8", "replace")[:LONGEST] for attack in TEXTS.values()]
    files = [(name, data[:LONGEST]) for name, data in FILES.items() if data]
    for number, (name, data) in enumerate(files):
        kind = next((place for place, suffix in enumerate(SUFFIXES) if name.endswith(suffix)), 0)
        (folder / f"file{number}").write_bytes(bytes([kind]) + data)
    for number, text in enumerate(texts):
        (folder / f"text{number}").write_bytes(bytes([number % len(SUFFIXES)]) + text)


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
        command += [
            "-timeout=20",
            "-rss_limit_mb=2048",
            "-close_fd_mask=1",
            f"-artifact_prefix={place}/",
            "-print_final_stats=1",
        ]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    told = [line for line in done.stderr.splitlines() if "stat::" in line or "ERROR" in line or "DONE" in line]
    print("\n".join(told if done.returncode == 0 else done.stderr.splitlines()[-60:]))
    return 1 if done.returncode else 0


_CHILD = """
import sys
import atheris
with atheris.instrument_imports(include=["analysis"]):
    import analysis.load, analysis.load.files, analysis.collect.feed_text, analysis.collect.page_text, analysis.results
    import analysis.store.articles
from bench.guided import try_bytes
atheris.Setup(sys.argv, try_bytes)
atheris.Fuzz()
"""


if __name__ == "__main__":
    sys.exit(main())
