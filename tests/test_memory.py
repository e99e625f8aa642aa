"""Pages of mapped files are dropped when they are many, and read again when they are needed."""

import gc
import sys
import weakref

import numpy as np
import pytest

from analysis.memory import let_go, set_aside


@pytest.fixture
def mapped(tmp_path):
    np.save(tmp_path / "numbers.npy", np.arange(2_000_000))
    return np.load(tmp_path / "numbers.npy", mmap_mode="r")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is mapped")
def test_pages_let_go_are_read_again(mapped, tmp_path):
    total = int(mapped.sum())
    assert let_go(tmp_path, most=0) == 1
    assert int(mapped.sum()) == total


def test_little_is_kept(mapped, tmp_path):
    assert let_go(tmp_path, most=10**6) == 0


def test_files_elsewhere_are_left_alone(mapped, tmp_path):
    assert let_go(tmp_path / "elsewhere", most=0) == 0


class Ring:
    def __init__(self):
        self.itself = self


def test_what_is_set_aside_is_not_looked_through_and_garbage_goes_first():
    kept, dropped = Ring(), Ring()
    seen = weakref.ref(dropped)
    del dropped
    set_aside()
    try:
        assert seen() is None and gc.get_freeze_count() > 0
        assert not any(found is kept for found in gc.get_objects())
    finally:
        gc.unfreeze()
