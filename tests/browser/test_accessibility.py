"""axe-core finds no serious violation on any page, in either theme."""

import os
import re

import pytest

PAGES = ("/", "/coach", "/related_clubs", "/compare", "/read_article", "/method", "/report", "/read_article?ui=it")
THEMES = ({"color_scheme": "light"}, {"color_scheme": "dark"})
GRAVE = ("moderate", "serious", "critical")


@pytest.fixture(scope="module")
def axe():
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        message = "axe-playwright-python is not installed"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return Axe()


def _grave(found: list[dict]) -> list[tuple[str, str, str]]:
    return [
        (rule["id"], node["html"][:200], node["failureSummary"])
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    "visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_grave_violation(visit, axe, path):
    page = visit.open(path)
    if path.startswith("/read_article"):
        page.get_by_role("button", name=re.compile("Try an example|Prova un esempio")).click()
        page.wait_for_selector(".pn-article")
    page.wait_for_timeout(500)
    visit.settled()
    assert not _grave(axe.run(page).response["violations"])
