"""Hostile files: each is read or refused in words that name it, whatever its name and what it unpacks to."""

import io
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from analysis.load import load, load_bytes
from analysis.load.decode import printable
from analysis.views.quotes import MOST, sentence
from tests.hostile.attacks import FILES

MEGABYTES = 80


def _parquet(rows: dict, **options: object) -> bytes:
    target = io.BytesIO()
    parquet.write_table(pa.table(rows), target, compression="zstd", write_statistics=False, **options)
    return target.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_articles_or_problems_that_name_it_in_print(name):
    results = list(load_bytes(name, FILES[name]))
    assert results
    for result in results:
        if "error" in result:
            assert result["error"].startswith(printable(name))
            assert result["error"] == printable(result["error"])
        json.dumps(result, default=str, ensure_ascii=False).encode("utf-8")


def test_names_that_a_disk_takes_are_read_from_it(tmp_path):
    named = [name for name in FILES if "/" not in name and "\\" not in name]
    for name in named:
        (tmp_path / name).write_bytes(FILES[name])
    by_place = {result["id"] for result in load([tmp_path])}
    assert len(by_place) >= len(named) - 10, "articles of one given id may be in several"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(named), "nothing was made or lost"


def test_a_parquet_file_that_unpacks_to_far_more_is_refused():
    bomb = _parquet({"title": ["Brenta"], "text": ["a" * MEGABYTES * 2**20]}, use_dictionary=False)
    assert len(bomb) < 50_000
    (problem,) = load_bytes("bomb.parquet", bomb)
    assert "unpacks to more than 50 times its size" in problem["error"]


def test_a_long_value_that_many_rows_share_is_held_once():
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 64, pa.int32()), pa.array(["a" * 15 * 2**20]))
    bomb = _parquet({"text": shared, "title": ["Brenta"] * 64}, store_schema=False)
    before = pa.total_allocated_bytes()
    held = []
    for result in load_bytes("bomb.parquet", bomb):
        held.append(pa.total_allocated_bytes() - before)
        assert "split it into articles" in result["error"]
    assert len(held) == 64
    assert max(held) < 100 * 2**20, "all at once would be 960 MB"


def test_the_sentence_of_a_text_of_many_stops_is_found_without_going_back():
    text = "Nr. 5. A. " * 50_000 + "His job is in danger. Nr. 7"
    start = text.index("job")
    words, first, last = sentence(text, start, start + 3)
    assert words[first:last] == "job"
    assert len(words) <= MOST
