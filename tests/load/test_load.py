"""Articles come in from every kind of file, each as it was written."""

import csv
import io
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from load_cases import ROW, as_csv, only, parquet, read

from analysis.load import load, load_bytes, to_frame
from analysis.load.files import SUFFIXES
from analysis.load.rows import FIELDS
from analysis.schema import ARTICLES, check

SHARED = Path(__file__).resolve().parents[3] / "shared"
NOISE = random.Random(7).randbytes(5000)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps(ROW)),
        ("a.ndjson", "\ufeff" + json.dumps(ROW) + "\r\n"),
        ("a.json", json.dumps([ROW], indent=2)),
        ("a.json", json.dumps(ROW, indent=2)),
        ("a.json", json.dumps(ROW)),
        ("a.json", json.dumps([ROW], ensure_ascii=False).encode("utf-16")),
        ("no suffix", json.dumps(ROW)),
        ("a.csv", as_csv([ROW])),
        ("a.csv", as_csv([ROW], ";").encode("utf-8-sig")),
        ("a.csv", as_csv([ROW]).encode("utf-16")),
        ("a.csv", as_csv([ROW]).replace("title", " Title ")),
        ("a.tsv", as_csv([ROW], "\t")),
        ("a.parquet", parquet({key: [value] for key, value in ROW.items()})),
    ],
)
def test_every_kind_of_table_gives_the_same_article(name, content):
    article = only(name, content)
    assert article["published_at"] == datetime(2024, 12, 6, tzinfo=UTC)
    assert article["date_precision"] == "day"
    assert {field: article[field].replace("\r\n", "\n") for field in FIELDS} == ROW
    assert "warnings" not in article


def test_a_text_file_is_its_whole_text_and_its_date_line_counts():
    content = " date 2024-12 Momento difficile per Ancelotti.\r\n\r\nPerché?"
    article = only("a.txt", content)
    assert (article["id"], article["text"], article["title"]) == ("a.txt", content, "")
    assert (article["date"], article["date_precision"]) == ("2024-12", "month")
    assert article["published_at"] == datetime(2024, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "date"),
    [(" date 2024 x", "2024"), ("date 2024-12-06 x", "2024-12-06"), ("Date: 2024-12-06\nx", "2024-12-06"),
     ("update 2024-12-06 x", None), ("x\n date 2024-12-06", None), (" date 2024-1206 x", None)],
)  # fmt: skip
def test_a_date_line_stands_at_the_very_beginning(start, date):
    assert only("a.txt", start)["date"] == date


def test_the_seed_article_is_read_with_offsets_from_the_start_of_the_file():
    seed = SHARED / "seed" / "000_e690b060311180e9.txt"
    if not seed.exists():
        pytest.skip("shared/seed is not beside the project")
    (article,) = load([seed])
    gold = json.loads(seed.with_name("seed_gold.json").read_text(encoding="utf-8"))
    assert (article["date"], article["date_precision"]) == ("2024-12", "month")
    assert all(article["text"][span["start"] : span["end"]] == span["text"] for span in gold["evidence"])


def test_markdown_has_its_first_heading_for_a_title():
    article = only("a.md", "# Pioli resta\n\nIl Milan conferma.")
    assert (article["title"], article["text"]) == ("Pioli resta", "# Pioli resta\n\nIl Milan conferma.")
    assert only("a.md", "Il Milan\n\n# conferma")["title"] == ""


def test_a_page_gives_text_without_scripts():
    page = "<html lang=fr><title>Titre</title><script>var x = 'limogé'</script><p>Le club &amp; l'entraîneur</p>"
    article = only("a.html", page)
    assert (article["id"], article["lang"]) == ("a.html", "fr")
    assert (article["title"], article["text"]) == ("Titre", "Le club & l'entraîneur")


@pytest.mark.parametrize(
    ("hint", "lang"),
    [("it", "it"), ("it-IT", "it"), ("PT_br", "pt"), ("Italian", "it"), ("deu", "de"), ("nl", "nl"), ("", None),
     (None, None), ("klingon", None), (float("nan"), None)],
)  # fmt: skip
def test_a_language_hint_is_a_two_letter_code_or_nothing(hint, lang):
    assert only("a.jsonl", json.dumps({"text": "x", "lang": hint}))["lang"] == lang


@pytest.mark.parametrize(
    ("given_id", "found"), [(7, "7"), (7.0, "7"), ("x", "x"), (None, "a.jsonl:1"), (" ", "a.jsonl:1")]
)
def test_an_id_is_kept_and_a_missing_one_is_file_and_row(given_id, found):
    assert only("a.jsonl", json.dumps({"text": "x", "id": given_id}))["id"] == found


def test_a_repeated_id_keeps_its_article_and_is_named():
    first, second = read("a.jsonl", '{"id": "x", "text": "one"}\n{"id": "x", "text": "two"}')
    assert "warnings" not in first
    assert (second["id"], second["text"]) == ("x", "two")
    assert "'x' came before" in second["warnings"][0]


def test_moments_off_the_calendar_leave_a_parquet_row_readable():
    import pyarrow as pa
    from pyarrow import parquet as pq

    target = io.BytesIO()
    moments = pa.array([2**62, 1733479200_000_000], pa.int64()).cast(pa.timestamp("us", "UTC"))
    pq.write_table(pa.table({"text": ["far", "near"], "date": moments}), target)
    far, near = read("a.parquet", target.getvalue())
    assert (far["text"], far["date"]) == ("far", None)
    assert "date holds a value that cannot be read" in far["warnings"][0]
    assert near["date"].startswith("2024-12-06")


def test_folders_are_read_in_the_order_of_their_names(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/1.txt", "c.TXT", "a.txt", "notes.docx", ".x.txt", ".hidden/y.txt"):
        (tmp_path / name).write_text(f"text of {name}", encoding="utf-8")
    assert [article["id"] for article in load([tmp_path])] == ["a.txt", "c.TXT", "1.txt"]


def test_standard_input_is_json_lines():
    results = list(load(["-"], io.BytesIO(b'{"title": "one"}\n{bad\n{"id": "c", "title": "three"}')))
    assert [result["id"] for result in results] == ["stdin:1", "stdin:2", "c"]
    assert results[1]["error"].startswith("stdin, row 2: not JSON")


def test_articles_are_given_before_the_file_ends():
    class Feed(io.RawIOBase):
        """A pipe whose writer waits until the first article has been read."""

        parts = iter([b'{"title": "one"}\n'])

        def readable(self) -> bool:
            return True

        def readinto(self, target) -> int:
            part = next(self.parts)  # a second call would be a wait for ever
            target[: len(part)] = part
            return len(part)

    assert next(load(["-"], Feed()))["title"] == "one"


@given(st.binary(max_size=300), st.sampled_from([*SUFFIXES, ".xyz"]))
@example(b"PAR1PAR1", ".parquet")
@example(b"\xff\xfe[\0", ".json")
def test_any_bytes_under_any_name_give_articles_or_problems(data, suffix):
    results = list(load_bytes(f"file{suffix}", data))
    assert results
    for result in results:
        if "error" in result:
            assert set(result) == {"id", "error"}
            assert result["error"].startswith("file")
        else:
            assert result["title"].strip() or result["text"].strip()
        json.dumps(result, default=str, ensure_ascii=False).encode("utf-8")


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_comes_through_json_unmoved(text):
    article = only("a.jsonl", json.dumps({"text": text}))
    assert len(article["text"]) == len(text)
    assert all(
        kept == given or "\ud800" <= given <= "\udfff" for kept, given in zip(article["text"], text, strict=True)
    )


PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t")


@given(st.lists(st.text(PRINTABLE, min_size=1).filter(str.strip), min_size=1))
def test_any_text_comes_through_csv_unmoved(texts):
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerows([["text"], *([text] for text in texts)])
    assert [article["text"] for article in read("a.csv", target.getvalue())] == texts


@given(st.lists(st.one_of(st.just({"title": "good"}), st.text(), st.lists(st.integers()))), st.binary(max_size=40))
def test_no_good_line_is_lost_among_bad_ones(rows, noise):
    lines = [json.dumps(row).encode() for row in rows]
    content = b'{"title": "good"}\n' * 30 + b"\n".join([noise.replace(b"\n", b""), *lines])
    good = sum(result.get("title") == "good" for result in load_bytes("a.jsonl", content))
    assert good == 30 + sum(row == {"title": "good"} for row in rows)


def test_a_frame_of_articles_fits_its_schema():
    month, time = {"date": "2024-12"}, {"date": "2024-12-06T01:00:00+02:00"}
    rows = [ROW, {"id": "m", "text": "x", **month}, {"id": "n", "text": "none"}, {"id": "n", "text": "again"}, 5,
            {"id": "t", "text": "x", **time}]  # fmt: skip
    frame = check(to_frame(read("a.jsonl", "\n".join(map(json.dumps, rows)))), ARTICLES)
    assert frame.dtypes.astype(str).to_dict() == ARTICLES.empty().dtypes.astype(str).to_dict()
    assert list(frame["article_id"]) == ["a1", "m", "n", "n#2", "t"]
    assert list(frame["date_precision"]) == ["day", "month", "none", "none", "day"]
    assert list(frame["lang"]) == ["it", "", "", "", ""]
    assert frame["published_at"][0] == pd.Timestamp("2024-12-06", tz="UTC")
    assert frame["published_at"][1] == pd.Timestamp("2024-12-01", tz="UTC")
    assert frame["published_at"][4] == pd.Timestamp("2024-12-05 23:00", tz="UTC")
    assert frame["published_at"].isna().tolist() == [False, False, True, True, False]


def test_no_articles_give_an_empty_frame():
    assert list(to_frame([]).columns) == list(ARTICLES.columns)
    assert to_frame([{"id": "x", "error": "x: bad"}]).empty
