"""Killed at any moment, or on a full disk, the store loses nothing, doubles nothing and shows nothing torn."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.store import Store
from tests.store.conftest import article, frame
from tests.store.killing import torment

pytest.importorskip("resource")  # limits of a process, which some systems have not
ROOT = Path(__file__).resolve().parents[2]
FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
from analysis.commands.registry import main
sys.exit(main(["add", sys.argv[1], "--store", sys.argv[2], "--unread"]))
"""


def test_ten_kills_lose_nothing(tmp_path):
    watcher = torment(tmp_path, kills=10)
    assert len(watcher.seen) > 20


@pytest.fixture
def feed(tmp_path):
    lines = [f'{{"title": "Article {number}", "text": "{os.urandom(500).hex()}"}}' for number in range(200)]
    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.parametrize("most", [0, 1, 1000, 50_000])
def test_a_full_disk_is_said_and_leaves_no_half_of_anything(store, feed, most):
    store.add(frame(article(1)))
    command = [sys.executable, "-c", FULL, str(feed), str(store.folder), str(most)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot write the store" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in (store.folder / "articles").iterdir()] == list(store.listing())
    assert len(store) == len(Store(store.folder).articles()) == 1


def test_after_a_full_disk_the_rest_can_be_added(store, feed):
    subprocess.run([sys.executable, "-c", FULL, str(feed), str(store.folder), "1000"], cwd=ROOT, check=False,
                   capture_output=True)  # fmt: skip
    command = [sys.executable, "-m", "analysis", "add", str(feed), "--store", str(store.folder), "--unread"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.startswith("200 new")


def test_a_folder_that_cannot_be_written_is_still_read(store, monkeypatch):
    """A shared dashboard may stand on a read-only disk; what it reads then stays in memory."""
    from analysis.store import cache

    store.add(frame(article(1)))
    fresh = Store(store.folder)

    def refuse(self, table):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(cache.Parts, "append", refuse)
    assert len(fresh.frames().claims) == 1
    assert len(fresh.archive().claims) == 1
    assert "not kept" in str(fresh.problems[0])
    assert fresh.archive().problems == (), "the dashboard counts files that could not be read"


def test_temporaries_of_killed_writers_are_passed_over_and_removed_in_time(store):
    store.add(frame(article(1), article(2)))
    old, new = (store.folder / "articles" / f".{name}.parquet.1.x.tmp" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"PAR1")
    os.utime(old, (0, 0))
    assert len(Store(store.folder)) == 2
    assert not Store(store.folder).problems
    from analysis.store import compact

    compact(store.folder)
    assert not old.exists()
    assert new.exists()
