"""Bad files in a real browser: a message names file, row and mend, and the rest is read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Visitor, serving
from tests.hostile.bad_files import FILES, GOOD, ONLY_SCORED, TOLD, write_files


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A dashboard in local mode, where large files may be given, and its log."""
    log = tmp_path_factory.mktemp("log") / "log.txt"
    local = {"PANCHINA_LOCAL": "1", "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": "64"}
    with serving(log, **local, PANCHINA_STORE=str(log.parent / "none")) as address:
        yield address, log


def test_in_the_browser_each_is_named_and_the_rest_is_read(browser, dashboard, tmp_path):
    address, log = dashboard
    folder = write_files(tmp_path)
    visitor = Visitor(browser.new_page(viewport={"width": 1440, "height": 1500}), address)
    page = visitor.open("/read_article")
    page.locator('input[type="file"]').set_input_files([folder / name for name in FILES])
    page.locator('[data-testid="stAlert"]', has_text="large.txt").wait_for(timeout=120_000)
    page.wait_for_selector(".pn-article")
    visitor.settled()
    told = re.sub(r"\s+", " ", page.locator('[data-testid="stMain"]').inner_text().replace("\u2060", ""))
    for name in FILES.keys() - ONLY_SCORED:
        assert [words for words in TOLD[name] if words not in told] == []
    page.get_by_role("combobox", name="Article", exact=True).fill("De trainer")
    page.get_by_role("option", name=re.compile(rf"^{sum(GOOD.values())}\. De trainer")).click()
    page.wait_for_selector("text=leaves the others unscored")
    assert (visitor.troubles, visitor.strangers) == ([], set())
    assert page.locator('[data-testid="stException"]').count() == 0
    assert "Traceback" not in log.read_text("utf-8", "replace")
    page.close()
