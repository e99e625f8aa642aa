"""What is published shows the same claims with the same words, and no one's full text."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.archive import listing, load_season, load_store
from analysis.commands.registry import main
from analysis.store import Store
from analysis.store.excerpt import GAP, LONG, Excerpt, Span
from analysis.store.publish import publish
from tests.store.conftest import article, frame

REST = " ".join(f"Sentence number {number} of the report speaks of the weather and the pitch." for number in range(40))
SECRET = "The rest of the report, which nobody is given."


def long_article(number: int, **values: object) -> dict:
    said = "Invented Town manager Mario Brenta is under pressure after another defeat."
    return article(number, **{"text": f"{REST} {said} {SECRET} Report {number}. {REST}", **values})


@pytest.fixture(scope="module")
def season(tmp_path_factory) -> Store:
    store = Store(tmp_path_factory.mktemp("season"))
    store.add(load_season().articles)
    return store


def test_the_published_form_says_what_the_store_says(season, tmp_path):
    publish(season, tmp_path / "out")
    kept, shared = season.archive(), load_store(tmp_path / "out")
    assert shared.is_published
    assert not shared.is_demonstration
    by = ["article_id", "coach"]
    left, right = (archive.claims.sort_values(by, ignore_index=True) for archive in (kept, shared))
    pd.testing.assert_frame_equal(left, right)
    said = kept.evidence.merge(shared.evidence, on=["article_id", "coach", "stage", "field", "text"])
    assert len(said) >= 0.95 * len(kept.evidence)
    assert len(shared.stories) == len(shared.articles)


def test_every_piece_of_evidence_stands_in_the_shared_text(season, tmp_path):
    publish(season, tmp_path / "out")
    shared = load_store(tmp_path / "out")
    fields = shared.articles.set_index("article_id")
    for spans in (shared.evidence, shared.relations, shared.causes):
        assert len(spans)
        for row in spans.itertuples():
            assert fields.loc[row.article_id, row.field][row.start : row.end] == row.text


def test_no_file_holds_a_full_text(store, tmp_path):
    store.add(frame(*(long_article(number) for number in range(5))))
    publish(store, tmp_path / "out")
    shared = load_store(tmp_path / "out").articles
    assert len(shared) == 5
    for text in shared["text"]:
        assert "under pressure" in text
        assert SECRET not in text
        assert "weather" not in text
        assert text.startswith(GAP)
        assert text.endswith(GAP)
    whole = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert b"given-" not in whole


def test_there_is_one_file_a_day_and_only_changed_ones_are_written(store, tmp_path):
    store.add(frame(article(1), article(30), article(60, published_at=pd.NaT, date_precision="none")))
    assert publish(store, tmp_path / "out").written == 3
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["2024-12-01.parquet", "2024-12-02.parquet", "undated.parquet"]
    before = listing(tmp_path / "out")
    assert publish(store, tmp_path / "out").written == 0
    assert listing(tmp_path / "out") == before
    store.add(frame(article(2)))
    assert publish(store, tmp_path / "out").written == 1
    assert listing(tmp_path / "out") != before


def test_what_was_published_from_a_store_that_is_gone_stays(tmp_path):
    for number in (1, 30):
        store = Store(tmp_path / f"runner{number}")
        store.add(frame(article(number)))
        publish(store, tmp_path / "out")
    assert len(load_store(tmp_path / "out").articles) == 2


def test_the_oldest_days_go_where_there_is_too_much(store, tmp_path):
    store.add(frame(*(article(24 * number) for number in range(10))))
    whole = publish(store, tmp_path / "out")
    cut = publish(store, tmp_path / "out", most_bytes=whole.size // 2)
    assert (cut.days, cut.left_out) == (4, 6)
    assert cut.size <= whole.size // 2
    assert load_store(tmp_path / "out").articles["published_at"].min() == pd.Timestamp("2024-12-07", tz="UTC")


def test_publishing_on_the_command_line(capsys, store, tmp_path):
    store.add(frame(article(1)))
    assert main(["publish", "--store", str(store.folder), "--output", str(tmp_path / "out")]) == 0
    assert "1 articles of 1 days, 1 files written" in capsys.readouterr().out


def test_a_store_is_never_published_into(capsys, store):
    store.add(frame(article(1)))
    assert main(["publish", "--store", str(store.folder), "--output", str(store.folder)]) == 2
    assert "publish into another folder" in capsys.readouterr().err


TEXT = st.text("ab .!\n", max_size=900)


@given(TEXT, st.lists(st.tuples(st.integers(0, 900), st.integers(1, 20)), max_size=12))
def test_an_excerpt_places_its_spans_and_stays_below_half_of_a_long_text(text, places):
    spans = [Span(start, min(start + length, len(text))) for start, length in places if start < len(text)]
    excerpt = Excerpt(text, spans)
    for span in spans:
        place = excerpt.place(span)
        assert place is None or excerpt.text[place.start : place.end] == text[span.start : span.end]
    taken = [line for line in excerpt.text.split("\n") if line != GAP]
    if len(text) > LONG:
        assert sum(map(len, taken)) <= len(text) // 2 + 1
