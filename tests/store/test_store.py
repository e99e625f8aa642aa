"""What goes into a store comes out of it, once."""

import pandas as pd
import pytest

from analysis.archive import load_store
from analysis.frames import read_frames
from analysis.schema import ARTICLES, SchemaError, check
from analysis.store import AddResult, Store, store_folder
from tests.store.conftest import article, frame

TORN = pd.Series(["half a \ud800 character", "whole"], dtype=object)
HOSTILE = "<script>alert(1)</script>\x00../../etc/passwd\r\n=cmd|' /C calc'!A0 \u202e \U0001f600"


def test_what_was_added_comes_out(store):
    given = frame(article(1), article(2, published_at=pd.NaT, date_precision="none", url="", text=""))
    assert store.add(given) == AddResult(new=2, known=0)
    kept = check(Store(store.folder).articles(), ARTICLES)
    assert kept["given_id"].tolist() == ["given-1", "given-2"]
    columns = [column for column in ARTICLES.columns if column != "article_id"]
    pd.testing.assert_frame_equal(kept[columns], given[columns])


def test_further_columns_are_kept(store):
    fetched = pd.Timestamp("2024-12-02 08:30", tz="UTC")
    store.add(frame(article(1, date_flag="in the future", origin="feed a", fetched=fetched)))
    row = store.articles().iloc[0]
    assert (row["date_flag"], row["origin"], row["fetched"]) == ("in the future", "feed a", fetched)


FLAGS = {"flagged by the collector": {"date_flag": "before its feed"},
         "in the future": {"published_at": pd.Timestamp("2090-01-01", tz="UTC")},
         "later than it was met": {"fetched": pd.Timestamp("2024-11-01", tz="UTC")}}  # fmt: skip


@pytest.mark.parametrize("name", FLAGS)
def test_a_doubtful_date_is_kept_and_not_trusted(store, name):
    store.add(frame(article(1, **FLAGS[name])))
    kept, archive = store.articles().iloc[0], store.archive()
    assert pd.notna(kept["published_at"])
    assert kept["date_flag"] != ""
    assert archive.articles["published_at"].isna().all()
    assert archive.articles["date_precision"].tolist() == ["none"]
    assert len(archive.claims)
    assert archive.claims["published_at"].isna().all()


def test_an_empty_store_has_no_articles_and_makes_no_folder(store):
    assert len(store) == 0
    assert store.articles().empty
    assert store.frames().claims.empty
    assert not store.folder.exists()


def test_adding_again_adds_nothing(store):
    store.add(frame(article(1), article(2)))
    assert store.add(frame(article(1), article(2), article(3))) == AddResult(new=1, known=2)
    assert len(store) == 3


DOUBLES = {
    "address": article(1, title="Another headline", text="Updated words"),
    "address spelt in another way": article(1, url="http://www.invented.example/1/?utm_source=x#a", text="Updated"),
    "words": article(1, url="https://invented.example/elsewhere", source="Invented Times"),
    "words without address": article(1, url=""),
    "words in capitals and spaces": article(1, url="", title=f"  {article(1)['title'].upper()}\n"),
}


@pytest.mark.parametrize("name", DOUBLES)
def test_the_same_article_counts_once_within_a_call_between_calls_and_between_writers(tmp_path, name):
    first, double = article(1), DOUBLES[name]
    within, between, writers = (Store(tmp_path / name) for name in ("within", "between", "writers"))
    assert within.add(frame(first, double)) == AddResult(1, 1)
    assert [between.add(frame(row)) for row in (first, double)] == [AddResult(1, 0), AddResult(0, 1)]
    blind = Store(tmp_path / "other")
    writers.add(frame(first))
    blind.add(frame(double))
    part = blind.listing()[0]
    (blind.folder / "articles" / part).rename(writers.folder / "articles" / part)
    for store in (within, between, writers):
        assert len(store) == len(store.articles()) == 1
        assert store.articles()["title"].tolist() == [first["title"]]


def test_headlines_that_come_again_on_another_day_are_other_articles(store):
    again = article(1, url="https://invented.example/next", published_at=pd.Timestamp("2024-12-08", tz="UTC"))
    assert store.add(frame(article(1), again)).new == 2


def test_an_update_of_another_articles_double_is_kept(store):
    """B repeats A's words; what B's address says later is news."""
    a, b = (
        article(1),
        article(2, title=article(1)["title"], text=article(1)["text"], published_at=article(1)["published_at"]),
    )
    store.add(frame(a, b))
    assert store.add(frame(article(2))) == AddResult(1, 0)


def test_the_order_of_the_parts_does_not_choose_the_winner(tmp_path):
    early, late = pd.Timestamp("2024-12-02", tz="UTC"), pd.Timestamp("2024-12-03", tz="UTC")
    titles = []
    for order in (1, -1):
        stores = [Store(tmp_path / f"{order}{name}") for name in "ab"]
        pair = [article(1, fetched=late, title="Late"), article(1, fetched=early, title="Early")][::order]
        for single, row in zip(stores, pair, strict=True):
            single.add(frame(row))
        part = stores[1].listing()[0]
        (stores[1].folder / "articles" / part).rename(stores[0].folder / "articles" / part)
        titles += stores[0].articles()["title"].tolist()
    assert titles == ["Early", "Early"]


def test_addresses_are_known_however_they_are_spelt(store):
    store.add(frame(article(1), article(2, url="")))
    assert store.knows("http://www.invented.example/1?utm_source=x")
    assert not store.knows("https://invented.example/2")
    assert not store.knows("")
    assert store.known_urls() == {"https://invented.example/1"}


def test_rows_without_words_are_refused_and_the_others_kept(store):
    rows = frame(article(1, title="", text=" "), article(2), article(3, text="x" * 2_000_001))
    assert store.add(rows) == AddResult(new=1, known=0, refused=2)


def test_a_frame_of_another_shape_is_refused(store):
    with pytest.raises(SchemaError, match="missing columns"):
        store.add(pd.DataFrame({"title": ["x"]}))


def test_hostile_text_is_kept_as_text_and_makes_no_path_or_link(store):
    row = dict.fromkeys(("article_id", "source", "lang", "url", "title", "text", "origin", "date_flag"), HOSTILE)
    store.add(frame(article(1, **row)))
    kept = store.articles().iloc[0]
    assert kept["title"] == kept["text"] == HOSTILE
    assert kept["url"] == kept["lang"] == ""
    assert not set("\x00\r\n") & set(kept["source"] + kept["given_id"] + kept["origin"])
    assert kept["article_id"].isalnum()
    assert {path.name for path in store.folder.iterdir()} == {"articles"}


def test_lone_surrogates_do_not_stop_the_others(store):
    assert store.add(frame(article(1), article(2)).astype({"title": object}).assign(title=TORN)).new == 2


def test_ids_given_twice_stay_two_articles(store):
    store.add(frame(article(1, article_id="a"), article(2, article_id="a")))
    assert store.articles()["article_id"].nunique() == 2


def test_frames_are_those_of_the_reader(store):
    store.add(frame(article(1), article(2)))
    fresh = read_frames(store.articles())
    for kept in (store.frames(), Store(store.folder).frames(), load_store(store.folder).frames):
        for name in ("claims", "evidence", "relations", "causes"):
            pd.testing.assert_frame_equal(getattr(kept, name), getattr(fresh, name))
    assert len(fresh.claims) == 2


def test_the_folder_is_that_given_else_that_of_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("PANCHINA_STORE", str(tmp_path / "named"))
    assert store_folder() == tmp_path / "named"
    assert store_folder(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv("PANCHINA_STORE")
    assert store_folder().name == "store"


def test_a_title_kept_gets_its_text_and_nothing_else_is_replaced(tmp_path):
    store = Store(tmp_path)
    store.add(frame(article(1, text=""), article(2)))
    kept = store.articles()
    given = kept.assign(text="Words found later.")
    assert Store(tmp_path).fill(given[given["url"] == article(1)["url"]]) == 1
    after = Store(tmp_path).articles()
    assert dict(zip(after["url"], after["text"], strict=True)) == {
        article(1)["url"]: "Words found later.",
        article(2)["url"]: article(2)["text"],
    }
    assert after["article_id"].tolist() == kept["article_id"].tolist()


def test_a_text_for_an_article_that_another_has_filled_or_nobody_knows_is_not_kept(tmp_path):
    store = Store(tmp_path)
    store.add(frame(article(1, text="")))
    given = store.articles().assign(text="Words found later.")
    assert store.fill(given) == 1
    assert Store(tmp_path).fill(given.assign(text="Other words.")) == 0
    assert Store(tmp_path).fill(given.assign(url="https://invented.example/9")) == 0
    assert Store(tmp_path).articles()["text"].tolist() == ["Words found later."]
