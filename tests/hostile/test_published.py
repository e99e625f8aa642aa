"""A published form may come from anybody: what breaks its rules is left out and told, and no page fails on it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.schema import CAUSE_EVIDENCE, CLAIMS, EVIDENCE, RELATION_EDGES, check
from analysis.store.published import read_published
from tests.hostile.archive import BREACHES, broken, published
from tests.hostile.attacks import TEXTS
from tests.pages.conftest import clear_caches, said

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("hot_seats", "coach", "related_clubs", "compare", "read_article", "method", "report")


@pytest.fixture
def open_page(tmp_path, monkeypatch):
    """Open a page of the app on a published form that `make` wrote."""

    def open_it(page: str, make) -> AppTest:
        monkeypatch.setenv("PANCHINA_STORE", str(make(tmp_path)))
        app = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
        if page != "hot_seats":
            app.run()
            app.switch_page(f"pages/{page}.py")
        return app.run()

    clear_caches()
    yield open_it
    clear_caches()


def test_rows_that_break_the_form_are_left_out_and_told(tmp_path):
    archive = read_published(broken(tmp_path))
    schemas = {"claims": CLAIMS, "evidence": EVIDENCE, "relations": RELATION_EDGES, "causes": CAUSE_EVIDENCE}
    for name, schema in schemas.items():
        frame = check(getattr(archive, name), schema)
        assert 0 < len(frame) <= len(BREACHES)
        assert set(frame["article_id"]) <= set(archive.articles["article_id"])
    assert "rows that break the published form were left out" in archive.problems[-1]


def test_hostile_words_break_no_form(tmp_path):
    archive = read_published(published(tmp_path))
    assert len(archive.articles) == len(archive.claims) == len(archive.evidence) == len(TEXTS)
    assert archive.problems == ()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("make", [broken, published])
def test_no_page_fails(open_page, page, make):
    app = open_page(page, make)
    assert not app.exception
    assert "could not be read" in said(app) or make is published
