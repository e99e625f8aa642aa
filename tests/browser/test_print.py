"""On paper: one sheet a coach, from the dashboard and from the file, dark on white whatever the theme."""

import re

import pytest

DARK = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}
REPORT = "/report?coach=Carlo+Ancelotti&day=2024-12-06"


def sheets(page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True)))


def test_from_the_coach_to_a_report_on_one_sheet(visit):
    page = visit.open("/coach?coach=Carlo+Ancelotti&day=2024-12-06")
    page.get_by_text("Printable report").click()
    page.wait_for_selector(".pn-sheet .pn-headline >> text=Carlo Ancelotti")
    page.wait_for_url(re.compile("/report.*coach=Carlo"))
    visit.settled()
    assert sheets(page) == 1
    assert not visit.troubles


@pytest.mark.parametrize("visit", [DARK], indirect=True)
def test_paper_is_white_and_has_no_menu(visit):
    page = visit.open(REPORT)
    page.wait_for_selector(".pn-sheet .pn-headline")
    page.emulate_media(media="print")
    assert not page.locator('[data-testid="stSidebar"]').is_visible()
    assert not page.get_by_text("Download this report").is_visible()
    colours = "selector => { const s = getComputedStyle(document.querySelector(selector)); return s.color }"
    assert page.evaluate(colours, ".pn-sheet .pn-headline") == "rgb(0, 0, 0)"
    assert page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor") == (
        "rgb(255, 255, 255)"
    )


def test_the_file_opens_by_itself_on_one_sheet(visit, browser, tmp_path):
    page = visit.open(REPORT)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this report").click()
    assert download.value.suggested_filename == "panchina-Carlo Ancelotti-2024-12-06.html"
    path = tmp_path / "report.html"
    download.value.save_as(path)
    other = browser.new_context(java_script_enabled=False).new_page()
    other.goto(path.as_uri())
    assert "Carlo Ancelotti" in other.inner_text("h1")
    assert other.locator(".pn-picture").evaluate("image => image.naturalWidth") > 0
    assert sheets(other) == 1
    other.context.close()
