"""The pages show the store where it has articles, else the season, and say which."""

import pytest
from streamlit.testing.v1 import AppTest

from analysis.store import Store
from analysis.store.publish import publish
from pages.door import PAGES
from tests.pages.conftest import ROOT, build_archive, clear_caches, said
from tests.store.conftest import article, frame


@pytest.fixture
def store(tmp_path, monkeypatch, use_archive):
    """A store of the test's own that the dashboard is pointed at, empty at first."""
    use_archive(build_archive())
    monkeypatch.setenv("PANCHINA_STORE", str(tmp_path / "store"))
    yield Store(tmp_path / "store")
    clear_caches()


def dashboard(page: str = "hot_seats") -> AppTest:
    app = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60).run()
    return app if page == "hot_seats" else app.switch_page(f"pages/{page}.py").run()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_that_it_shows_the_store(store, page):
    store.add(frame(article(1), article(2)))
    app = dashboard(page)
    assert not app.exception
    assert "The articles of your store. 2 articles, the newest of 1 December 2024." in said(app)
    assert "Demonstration" not in said(app)


def test_an_empty_store_shows_the_season(store):
    assert "Demonstration: season 2024-25" in said(dashboard())
    assert "13 articles" in said(dashboard())


def test_what_is_added_is_there_at_the_next_run(store):
    app = dashboard()
    assert "Demonstration" in said(app)
    store.add(frame(article(1)))
    assert "1 article, the newest of 1 December 2024" in said(app.run())
    store.add(frame(article(2), article(50)))
    assert "3 articles, the newest of 3 December 2024" in said(app.run())


def test_files_that_cannot_be_read_are_counted_and_the_rest_is_shown(store):
    store.add(frame(article(1)))
    (store.folder / "articles" / "x.parquet").write_bytes(b"torn")
    assert "1 article, the newest of 1 December 2024. 1 file of the store could not be read." in said(dashboard())


def test_a_store_of_nothing_but_broken_files_shows_the_season(store):
    (store.folder / "articles").mkdir(parents=True)
    (store.folder / "articles" / "x.parquet").write_bytes(b"torn")
    assert "Demonstration" in said(dashboard())


def test_a_store_without_dates_stands(store):
    store.add(frame(article(1, published_at=None, date_precision="none")))
    app = dashboard()
    assert not app.exception
    assert "1 article, none dated" in said(app)


def test_a_published_form_is_shown_as_what_it_is(store, tmp_path, monkeypatch):
    store.add(frame(article(1), article(2)))
    publish(store, tmp_path / "published")
    monkeypatch.setenv("PANCHINA_STORE", str(tmp_path / "published"))
    app = dashboard()
    assert not app.exception
    assert "Published articles: title, link and the sentences that count" in said(app)
    assert "2 articles, the newest of 1 December 2024" in said(app)


def test_while_new_articles_are_read_the_page_says_how_far_it_has_come(store, monkeypatch):
    shown = []
    monkeypatch.setattr("pages.catching_up._show", lambda place, done, count, say: shown.append((done, count)))
    monkeypatch.setattr("analysis.store.readings.BATCH", 2)
    store.add(frame(article(1), article(2), article(50)))
    app = dashboard()
    assert shown == [(0, 3), (2, 3), (3, 3)]
    app.run()
    assert "3 articles" in said(dashboard("coach")) and len(shown) == 3


def test_a_store_that_keeps_no_readings_is_read_once_all_the_same(store, monkeypatch):
    store.add(frame(article(1)))
    monkeypatch.setattr("pages.catching_up.os.access", lambda *_: False)
    monkeypatch.setattr("pages.catching_up._show", lambda *_: pytest.fail("read twice"))
    assert "1 article" in said(dashboard())
