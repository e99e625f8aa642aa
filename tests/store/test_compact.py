"""Merging the parts changes nothing of what is read."""

import threading

import pandas as pd
import pytest
from filelock import FileLock

from analysis.store import Store, compact
from analysis.store.compact import BusyError, Compacted
from tests.store.conftest import article, frame


def fill(store: Store, count: int = 4) -> None:
    for number in range(count):
        store.add(frame(article(number)))


def double(store: Store) -> None:
    """A second copy of the first part, as a compactor killed before its last step leaves it."""
    first = store.folder / "articles" / store.listing()[0]
    (first.parent / "copy.parquet").write_bytes(first.read_bytes())


def test_parts_become_one_and_the_articles_stay(store):
    fill(store)
    double(store)
    before, frames = store.articles(), store.frames()
    assert compact(store.folder) == Compacted(merged=5, made=1, doubles=1)
    assert len(store.listing()) == 1
    pd.testing.assert_frame_equal(store.articles(), before)
    pd.testing.assert_frame_equal(store.frames().claims, frames.claims)
    assert compact(store.folder) == Compacted(0, 0, 0)


def test_only_what_is_alike_to_the_letter_is_left_out(store, tmp_path):
    """An update that counts for nothing today may count once more is known."""
    store.add(frame(article(1)))
    other = Store(tmp_path / "other")
    other.add(frame(article(1, title="Updated")))
    part = other.listing()[0]
    (other.folder / "articles" / part).rename(store.folder / "articles" / part)
    assert compact(store.folder).doubles == 0
    assert len(store) == 1


def test_files_that_cannot_be_read_stay_and_are_named(store):
    fill(store)
    folder = store.folder / "articles"
    (folder / "garbage.parquet").write_bytes(b"PAR1 garbage PAR1")
    (folder / "empty.parquet").write_bytes(b"")
    (folder / ".torn.parquet.1.x.tmp").write_bytes(b"PAR1")
    whole = (folder / store.listing()[0]).read_bytes()
    (folder / "torn.parquet").write_bytes(whole[: len(whole) // 2])
    assert len(store.articles()) == 4
    names = sorted(problem.name for problem in store.problems)
    assert names == ["empty.parquet", "garbage.parquet", "torn.parquet"]
    compact(store.folder)
    assert len(Store(store.folder).articles()) == 4
    assert set(names) < set(store.listing())


def test_a_part_with_whole_keys_and_broken_texts_loses_no_double_of_it(store):
    """The keys of the damaged copy can be read, so it might be taken for the one to keep."""
    text = "".join(chr(97 + (number * number) % 26) for number in range(4000))
    store.add(frame(article(1, text=text)))
    store.add(frame(article(2)))
    first = store.folder / "articles" / store.listing()[0]
    data = bytearray(first.read_bytes())
    place = _column_place(first, "text")
    data[place : place + 20] = bytes(20)
    (first.parent / "0-damaged.parquet").write_bytes(bytes(data))
    assert len(store.articles()) == 2
    compact(store.folder)
    fresh = Store(store.folder)
    assert len(fresh.articles()) == 2
    assert [problem.name for problem in fresh.problems] == ["0-damaged.parquet"]


def _column_place(path, column: str) -> int:
    """A byte in the data of a column of a part's only row group."""
    from pyarrow import parquet

    group = parquet.ParquetFile(path).metadata.row_group(0)
    chunk = next(group.column(i) for i in range(group.num_columns) if group.column(i).path_in_schema == column)
    return (chunk.dictionary_page_offset or chunk.data_page_offset) + chunk.total_compressed_size // 2


def test_part_of_another_version_is_named_and_left(store):
    from pyarrow import parquet

    fill(store, 2)
    path = store.folder / "articles" / store.listing()[0]
    table = parquet.read_table(path)
    parquet.write_table(table.replace_schema_metadata({b"panchina": b"articles 99"}), path)
    fresh = Store(store.folder)
    assert len(fresh) == 1
    assert "articles 99" in str(fresh.problems[0])


def test_readings_of_an_older_lexicon_are_removed(store):
    fill(store, 1)
    store.read_new()
    old = store.folder / "readings" / "0123456789abcdef"
    old.mkdir()
    (old / "x.parquet").write_bytes(b"")
    compact(store.folder)
    assert not old.exists()
    assert store.read_new() == 0


def test_one_compactor_at_a_time(store):
    fill(store)
    with FileLock(store.folder / "compact.lock"), pytest.raises(BusyError):
        compact(store.folder)
    assert len(store.listing()) == 4


def test_a_reader_beside_a_compactor_sees_every_article_once(store):
    fill(store, 3)
    done = threading.Event()

    def disturb() -> None:
        writer = Store(store.folder)
        for number in range(3, 15):
            writer.add(frame(article(number)))
            compact(store.folder)
        done.set()

    disturber = threading.Thread(target=disturb)
    disturber.start()
    seen: set[str] = set()
    while not done.is_set():
        titles = Store(store.folder).articles()["title"].tolist()
        assert len(titles) == len(set(titles))
        assert seen <= set(titles)
        seen = set(titles)
    disturber.join()
    assert len(store) == 15


def test_an_empty_store_needs_no_merging(store):
    assert compact(store.folder) == Compacted(0, 0, 0)
