"""A Parquet file that lies about itself ends in words, in little memory, and takes nobody along."""

import io

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from analysis.load import load_bytes, to_frame, trial
from analysis.load.parquet import parquet_rows
from analysis.store import Store
from tests.hostile.parquet_lies import FOOTERS, PAGES, lie, lies

ROWS = [{"id": str(n), "title": f"Notizia {n}", "text": "Everton have sacked Tom Ashdown. " * 3} for n in range(50)]
FEW = 200 * 2**20
NAMES = [*FOOTERS, *PAGES]


def table_bytes(table: pa.Table, **options: object) -> bytes:
    target = io.BytesIO()
    parquet.write_table(table, target, **options)
    return target.getvalue()


def told(data: bytes) -> dict[str, bytes]:
    """Every lie of `data`, by name."""
    page = parquet.ParquetFile(io.BytesIO(data)).metadata.row_group(0).column(1).data_page_offset
    return dict(lies(data, page))


@pytest.fixture(scope="module")
def lying_files() -> dict[str, bytes]:
    return told(table_bytes(pa.Table.from_pylist(ROWS), use_dictionary=False))


@pytest.fixture(scope="module")
def lying_parts(tmp_path_factory) -> dict[str, bytes]:
    store = Store(tmp_path_factory.mktemp("whole"))
    store.add(articles(range(50)))
    (name,) = store.listing()
    return told((store.folder / "articles" / name).read_bytes())


def articles(numbers: range) -> pd.DataFrame:
    rows = [f'{{"id": "{n}", "title": "Notizia {n}", "url": "https://a.example/{n}"}}' for n in numbers]
    return to_frame(load_bytes("a.jsonl", "\n".join(rows).encode()))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_lies_gives_rows_or_a_reason_in_little_memory(lying_files, name):
    before = pa.default_memory_pool().max_memory()
    results = list(load_bytes("lie.parquet", lying_files[name]))
    assert pa.default_memory_pool().max_memory() <= max(before, FEW)
    good = [result for result in results if "error" not in result]
    problems = [result["error"] for result in results if "error" in result]
    assert len(good) == len(ROWS) or (len(problems) == 1 and "write it again" in problems[0])


@pytest.mark.parametrize("name", NAMES)
def test_a_part_that_lies_is_named_and_the_others_are_read(lying_parts, tmp_path, name):
    store = Store(tmp_path)
    store.add(articles(range(100, 110)))
    (tmp_path / "articles" / "0-lie.parquet").write_bytes(lying_parts[name])
    before = pa.default_memory_pool().max_memory()
    kept = Store(tmp_path)
    found = len(kept.articles())
    assert pa.default_memory_pool().max_memory() <= max(before, FEW)
    assert found == 60 or (found == 10 and [problem.name for problem in kept.problems] == ["0-lie.parquet"])


def test_a_small_file_of_a_thousand_million_rows_is_not_walked_through():
    many = pa.table({"title": pa.DictionaryArray.from_arrays(pa.array([0] * 3_000_000, pa.int32()), ["Brenta"])})
    data = table_bytes(many, row_group_size=3_000_000, store_schema=False)
    assert len(data) < 50_000
    (problem,) = load_bytes("many.parquet", data)
    assert "3,000,000 rows" in problem["error"]


def test_a_page_that_unpacks_to_more_than_its_footer_says_is_met_outside_this_process(monkeypatch):
    monkeypatch.setattr(trial, "MEMORY", 64 * 2**20)
    filled = table_bytes(pa.table({"title": ["a" * 2**27]}), compression="zstd", use_dictionary=False,
                         write_statistics=False)  # fmt: skip
    modest = lie(lie(filled, (4, 0, 1, 0, 3, 6), 99), (4, 0, 2), 99)
    before = pa.default_memory_pool().max_memory()
    (problem,) = load_bytes("page.parquet", modest)
    assert "needs more than 64 MB" in problem["error"]
    assert pa.default_memory_pool().max_memory() == before


def test_what_ends_the_reading_process_is_told_in_words(monkeypatch):
    whole = table_bytes(pa.Table.from_pylist(ROWS))
    monkeypatch.setattr(trial, "MAIN", "no_such_module")
    (problem,) = load_bytes("a.parquet", whole)
    assert problem["error"].startswith("a.parquet: not a Parquet file that can be read")


def test_a_whole_file_is_read_alike_in_both_processes():
    whole = table_bytes(pa.Table.from_pylist(ROWS))
    rows = list(parquet_rows(io.BufferedReader(io.BytesIO(whole))))
    assert [row.values["id"] for row in rows] == [result["id"] for result in load_bytes("a.parquet", whole)]
