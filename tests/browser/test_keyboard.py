"""The dashboard by the keyboard alone, in a real browser on the bundled season."""

import re

import pytest

FOCUSED = """() => {
    const element = document.activeElement;
    const isPressed = ['A', 'BUTTON'].includes(element.tagName);
    return isPressed ? (element.getAttribute('aria-label') || element.innerText).trim() : '';
}"""
"""The name of the link or button that has the focus."""


def tab_to(page, wanted: str) -> None:
    """Press Tab until what has the focus bears `wanted` in its name."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted in page.evaluate(FOCUSED):
            return
    pytest.fail(f"no way to {wanted!r} with the Tab key")


def test_with_the_keyboard_alone_from_the_hottest_seat_to_his_chart_and_back(visit):
    page = visit.open("/?day=2024-12-06")
    hottest = page.locator(".pn-headline strong").first.inner_text()
    tab_to(page, f"1 {hottest}")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1 >> text=Coach")
    visit.settled()
    tab_to(page, "Download the chart as PNG")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".png")
    tab_to(page, "Show the stories of these days")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("from="))
    assert visit.settled().locator(".st-key-told .pn-story").count() > 0
    assert not visit.troubles


@pytest.mark.parametrize(
    ("ui", "before", "after"), [("en", "31 Dec 2024", "1 Jan 2025"), ("it", "31 dic 2024", "1 gen 2025")]
)
def test_the_slider_tells_its_day_in_words_of_the_language_and_follows_the_arrow_keys(visit, ui, before, after):
    page = visit.open(f"/?day=2024-12-31&ui={ui}")
    page.wait_for_selector(f'.st-key-slide_day input[aria-valuetext="{before}"]', state="attached")
    assert before in page.locator(".st-key-slide_day").inner_text()
    page.locator(".st-key-slide_day input").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("day=2025-01-01"))
    page.wait_for_selector(f'.st-key-slide_day input[aria-valuetext="{after}"]', state="attached")
    assert after in visit.settled().locator(".st-key-slide_day").inner_text()
    assert not visit.troubles


RING = """() => {
    const element = document.activeElement;
    const isLink = element.tagName === 'A' && element.dataset.testid !== 'stSkipToContent';
    return isLink ? getComputedStyle(element).outlineStyle + ' ' + element.innerText : '';
}"""
"""How the link that has the focus is ringed, and its name; the way to the content shows itself by having it."""


STYLED = """() => [...document.styleSheets].some(sheet =>
    [...sheet.cssRules].some(rule => rule.cssText.startsWith('.pn-quiet')))"""
"""True once the browser has the dashboard's own styles."""


@pytest.mark.parametrize("path", ["/?day=2024-12-06", "/compare", "/coach"])
def test_whatever_link_has_the_keyboards_focus_shows_it(visit, path):
    page = visit.open(path)
    page.wait_for_function(STYLED)
    shown = []
    for _ in range(40):
        page.keyboard.press("Tab")
        shown.append(page.evaluate(RING))
    links = [link for link in shown if link]
    assert len(links) > 8 and [link for link in links if not link.startswith("solid")] == []


def test_with_the_keyboard_alone_an_article_is_read_and_a_link_opened(visit):
    page = visit.open("/read_article?ui=it")
    page.wait_for_selector("a >> text=Vai al contenuto", state="attached")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Vai al contenuto"
    tab_to(page, "Prova un esempio")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pn-article mark")
    page = visit.open("/related_clubs?coach=Erik+ten+Hag&day=2024-10-29")
    page.get_by_role("combobox", name="Link").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(re.compile("link=Erik"))
    page.wait_for_selector("h2 >> text=The sentences behind a link")
    assert not visit.troubles
