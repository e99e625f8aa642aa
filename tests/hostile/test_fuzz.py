"""Texts and damage by chance: no crash, no lost good row, every word where it was. `python -m bench.fuzz` does more."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.collect.errors import Unreadable
from analysis.collect.feed_text import read_feed
from analysis.commands.score import answer
from analysis.load import load_bytes, to_frame
from analysis.output import csv_rows, formula_safe, json_line
from analysis.store import Store
from analysis.store.addresses import safe_url
from bench.fuzz import ROUND, Fuzz
from bench.guided import SUFFIXES, try_bytes
from pages.markup import web_address
from tests.hostile.attacks import TEXTS

WORDS = st.one_of(st.text(max_size=80), st.sampled_from([attack for attack in TEXTS.values() if len(attack) < 3000]))
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
FEED = "<rss version='2.0'><channel><item><title>One {} broken & word</title><link>https://a.example/1</link></item></channel></rss>"


@FEW
@given(WORDS, WORDS, WORDS)
def test_an_article_of_any_words_is_read_and_its_evidence_stands_where_it_says(before, amid, behind):
    text = f"{before} Everton have sacked manager Tom Ashdown {amid} after a 3-0 defeat. {behind}"
    (article,) = load_bytes("a.jsonl", json.dumps({"title": amid, "text": text, "lang": "en"}).encode())
    assert len(article["text"]) == len(text)
    reading = answer(article)
    assert "error" not in reading
    for row in [*reading["evidence"], *reading["cause_evidence"], *(edge["evidence"] for edge in reading["relations"])]:
        assert article[row["field"]][row["start"] : row["end"]] == row["text"]


@FEW
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6))
def test_what_is_kept_comes_back_as_it_was(tmp_path_factory, rows):
    lines = [json.dumps({"title": f"{number} {title}", "text": text, "source": source, "date": "2024-12-06"})
             for number, (title, text, source) in enumerate(rows)]  # fmt: skip
    given_ones = to_frame(load_bytes("a.jsonl", "\n".join(lines).encode()))
    store = Store(tmp_path_factory.mktemp("fuzz"))
    assert store.add(given_ones) == (len(rows), 0, 0)
    kept = Store(store.folder).articles()
    assert sorted(kept["title"]) == sorted(given_ones["title"])
    assert sorted(kept["text"]) == sorted(given_ones["text"])


@pytest.mark.parametrize("seed", range(3))
def test_rounds_of_mutations_cost_nothing(tmp_path, seed):
    fuzz = Fuzz(seed + 1000, tmp_path)
    for number in range(5):
        fuzz.round(number)
    assert fuzz.faults == []
    assert fuzz.counts["mutations"] == 5 * ROUND
    assert fuzz.counts["good rows lost"] == 0


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(range(len(SUFFIXES))), st.binary(max_size=300))
@example(SUFFIXES.index("feed"), FEED.format("&#99999999;").encode())
@example(SUFFIXES.index("results"), b'{"matches": [{"date": "2024-12-06", "team1": "\\ud800", "team2": "a"}]}')
def test_no_bytes_of_any_format_raise(form, data):
    try_bytes(bytes([form]) + data)


@pytest.mark.parametrize(
    "character", ["&#99999999;", "&#xFFFFFFFF;", "&#1114112;", "&#xD800;", "&#" + "9" * 8000 + ";"]
)
def test_a_number_of_no_character_costs_no_entry(character):
    (entry,) = read_feed(FEED.format(character).encode(), "", "https://a.example/").entries
    assert entry.title.startswith("One") and entry.title.endswith("word")


@pytest.mark.parametrize("body", [b"", b"<", b"&#99999999;", b"{}", bytes(range(256))])
def test_what_is_no_feed_is_said_in_words(body):
    with pytest.raises(Unreadable, match=r"a\.example"):
        read_feed(body, "", "https://a.example/feed")


@given(
    st.one_of(
        WORDS, st.text(max_size=40).map("https://".__add__), st.text(max_size=40).map("http://a.example/".__add__)
    )
)
def test_an_address_to_link_to_is_of_the_web_without_a_user(url):
    safe = safe_url(url)
    assert safe == web_address(url)
    if safe:
        assert safe.startswith(("http://", "https://"))
        assert safe.isprintable() and " " not in safe
        assert "@" not in safe.split("/")[2] and "\\" not in safe.split("/")[2]
        assert safe_url(safe) == safe


@given(st.dictionaries(WORDS, WORDS, max_size=4))
def test_json_is_one_line_for_everybody_and_says_the_same(row):
    clean = {
        key.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode() for key, value in row.items()
    }
    line = json_line(clean)
    assert line.splitlines() == [line[:-1]]
    assert json.loads(line) == clean
    assert not [sign for sign in line[:-1] if sign < " " or "\x7f" <= sign < "\xa0"]


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_row_of_csv_stays_one_row_in_a_spreadsheet(cells):
    stream = io.StringIO(newline="")
    write = csv_rows(stream)
    for cell in cells:
        write({"id": cell, "error": cell})
    # A spreadsheet takes a return for the end of a row too, unless it stands in quotes.
    rows = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert [row[0] for row in rows[1:]] == [formula_safe(cell) for cell in cells]
