"""A newsroom's ways through the dashboard, in a real browser on the bundled season."""

import re

import pytest

PAGES = {
    "/": "Hot seats",
    "/coach": "Coach",
    "/related_clubs": "Related clubs",
    "/compare": "Compare",
    "/read_article": "Read an article",
    "/method": "Method",
}
CHARTED = ("/", "/coach", "/related_clubs", "/compare")
ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script> **bold** [x](javascript:alert(3))"
SPOT = """([name, position]) => {
    const plot = document.querySelector('.js-plotly-plot');
    const points = plot.calcdata.find(points => points[0].trace.name === name && points[0].trace.mode !== 'lines');
    const {xaxis, yaxis} = plot._fullLayout;
    const box = plot.getBoundingClientRect();
    const point = points[position];
    return [box.x + xaxis._offset + xaxis.c2p(point.x), box.y + yaxis._offset + yaxis.c2p(point.y)];
}"""
"""Where on the screen a point of a chart's trace is drawn."""
DAYS = "() => document.querySelector('.js-plotly-plot').data.find(trace => trace.name === 'index').customdata"
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_the_first_page_ever_opened_stands_inside_the_dashboard_even_by_a_deep_link(visit):
    page = visit.open("/related_clubs?coach=Paulo+Fonseca&day=2024-12-20")
    page.wait_for_selector('[data-testid="stSidebarNav"] >> text=Hot seats')
    assert page.locator('[data-testid="stSidebarNavLink"]').count() == len(PAGES)
    assert "coach=Paulo+Fonseca" in page.url


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_drawn_without_errors_and_without_asking_strangers(visit, path):
    page = visit.open(path)
    if path in CHARTED:
        page.wait_for_selector(".js-plotly-plot .main-svg")
    assert page.locator("h1").all_inner_texts() == [PAGES[path]]
    assert page.locator('[data-testid="stException"]').count() == 0
    assert "Demonstration" in page.inner_text('[data-testid="stMain"]')
    assert not visit.troubles
    assert not visit.strangers


def test_a_deep_link_restores_page_coach_day_and_language(visit):
    page = visit.open("/coach?coach=Paulo+Fonseca&day=2024-12-29&ui=it")
    assert page.inner_text("h1") == "Allenatore"
    page.wait_for_selector(".pn-headline >> text=Paulo Fonseca")
    assert "29" in page.inner_text('[data-testid="stSidebar"]')


def test_from_the_hottest_seat_to_its_sentences(visit):
    page = visit.open("/")
    hottest = page.locator(".pn-headline strong").first.inner_text()
    page.locator('[data-testid="stPageLink"] a', has_text=hottest).first.click()
    page.wait_for_selector("h1 >> text=Coach")
    assert visit.settled().locator(".pn-headline strong").inner_text() == hottest
    assert page.locator(".pn-story mark").count() > 0
    assert not visit.troubles


def test_a_click_on_a_point_shows_the_stories_behind_it(visit):
    page = visit.open("/coach?coach=Carlo+Ancelotti&day=2024-12-20")
    page.wait_for_selector("h2 >> text=Stories behind 20 December 2024")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    days = page.evaluate(DAYS)
    page.mouse.click(*page.evaluate(SPOT, ["index", days.index("2024-12-08")]))
    page.wait_for_selector("h2 >> text=Stories behind 8 December 2024")


def test_a_drag_over_days_shows_exactly_what_was_published_in_them(visit):
    page = visit.open("/coach?coach=Carlo+Ancelotti&day=2024-12-20")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    days = page.evaluate(DAYS)
    ends = [page.evaluate(SPOT, ["index", days.index(day)]) for day in ("2024-11-28", "2024-12-06")]
    (left, top), (right, _) = ends
    page.mouse.move(left - 2, top - 60)
    page.mouse.down()
    page.mouse.move(right + 2, top - 30, steps=8)
    page.mouse.up()
    page.wait_for_selector("h2 >> text=Stories from 28 Nov to 6 December 2024")
    page.wait_for_url(re.compile("from=2024-11-28.*to=2024-12-06"))
    visit.settled()
    told = page.locator(".st-key-told .pn-story").all_inner_texts()
    assert told
    wanted = re.compile("(2[89]|30) November 2024|[1-6] December 2024")
    assert all(wanted.search(story) for story in told)
    page.get_by_role("button", name="Back to 20 December 2024").click()
    page.wait_for_selector("h2 >> text=Stories behind 20 December 2024")
    assert "from=" not in page.url
    assert not visit.troubles


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/", "race"),
        ("/coach", "index"),
        ("/coach", "causes"),
        ("/related_clubs", "clubs"),
        ("/compare", "compare"),
        ("/method", "tuned"),
    ],
)
def test_a_chart_is_taken_away_as_png_svg_and_csv_in_one_click_each(visit, path, key):
    page = visit.open(f"{path}?day=2024-12-06")
    page.wait_for_selector(f".st-key-chart_{key} .main-svg")
    begin = {"PNG": b"\x89PNG", "SVG": b"<svg", "CSV": b"\xef\xbb\xbf"}
    for form, start in begin.items():
        with page.expect_download() as download:
            page.locator(f".st-key-take_{key} button", has_text=form).click()
        assert download.value.suggested_filename.startswith(f"panchina-{key}")
        assert download.value.suggested_filename.endswith(f".{form.lower()}")
        assert download.value.path().read_bytes().startswith(start)
    assert not visit.troubles
    assert not visit.strangers


def test_the_address_of_a_moved_day_shows_the_same_to_another_visitor(visit, browser):
    page = visit.open("/")
    page.locator(".st-key-step_7 button").first.click()
    page.wait_for_url(re.compile("day=2024-12-13"))
    headline = visit.settled().locator(".pn-headline").inner_text()
    other = browser.new_context().new_page()
    other.goto(page.url)
    other.wait_for_selector(".pn-headline")
    assert other.locator(".pn-headline").inner_text() == headline
    other.context.close()


def test_back_returns_to_the_day_before(visit):
    page = visit.open("/?day=2024-12-06")
    page.locator(".st-key-step_1 button").first.click()
    page.wait_for_url(re.compile("day=2024-12-07"))
    page.go_back()
    page.wait_for_selector(".st-key-slide_day >> text=Friday 6 December 2024")


def test_the_day_is_kept_from_page_to_page(visit):
    page = visit.open("/?day=2024-12-20")
    page.locator('[data-testid="stSidebarNavLink"] >> text=Compare').click()
    page.wait_for_selector("h1 >> text=Compare")
    page.wait_for_url(re.compile("/compare.*day=2024-12-20"))


def test_switching_the_language_switches_every_word(visit):
    page = visit.open("/")
    page.locator('[data-testid="stSidebar"] >> text=Italiano').click()
    page.wait_for_selector("h1 >> text=Panchine bollenti")
    page.wait_for_url(re.compile("ui=it"))
    assert page.locator('[data-testid="stSidebarNav"] >> text=Metodo').count() == 1


def test_in_italian_streamlits_own_widgets_speak_it_too_and_only_then(visit):
    page = visit.open("/read_article?ui=it")
    page.wait_for_selector('[data-testid="stFileUploader"] button >> text=Carica')
    page.locator('input[type="file"]').set_input_files(
        [
            {"name": "Upload", "mimeType": "x/y", "buffer": b"x"},
            {"name": "a.jsonl", "mimeType": "application/json", "buffer": b"[1]"},
        ]
    )
    page.wait_for_selector('[data-testid="stAlert"] >> text=a.jsonl, riga 1: un elenco, non un oggetto')
    page.locator("summary").first.click()
    page.wait_for_selector("text=I file x/y non si possono leggere.")
    page.wait_for_selector('[data-testid="stFileChipName"] >> text=Upload')
    assert page.evaluate("document.documentElement.lang") == "it"
    page.locator('[data-testid="stSidebar"] >> text=English').click()
    page.wait_for_selector("h1 >> text=Read an article")
    page.wait_for_selector('[data-testid="stFileUploader"] button[aria-label="Remove a.jsonl"]', state="attached")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert not visit.troubles


def test_a_related_clubs_sentence_is_one_click_from_its_line(visit):
    page = visit.open("/related_clubs?coach=Erik+ten+Hag&day=2024-10-29")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    assert page.locator(".pn-story mark").count() > 1
    page.mouse.click(*page.evaluate(SPOT, ["opponent", 0]))
    page.wait_for_selector("h2 >> text=The sentences behind a link")
    page.wait_for_url(re.compile("link=Erik"))


def test_a_pasted_article_is_marked_and_what_it_smuggles_stays_text(visit):
    page = visit.open("/read_article")
    page.get_by_label("Text of the article").fill(
        f"{ATTACK} Everton have sacked manager Tom Ashdown after a 3-0 defeat, the club announced on Monday."
    )
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector(".pn-article mark")
    assert "<script>alert(2)</script> **bold**" in page.locator(".pn-article").last.inner_text()
    assert page.locator(".pn-article img, .pn-article script, .pn-article a").count() == 0
    assert "Tom Ashdown" in page.locator(".pn-story").first.inner_text()
    assert not visit.troubles
    assert not visit.strangers


def test_uploaded_files_are_read_and_bad_ones_named(visit):
    page = visit.open("/read_article")
    good = '{"title": "", "text": "Il Milan ha esonerato il tecnico Mario Brenta dopo la sconfitta."}\nnot json\n'
    page.locator('input[type="file"]').set_input_files(
        [
            {"name": "news.jsonl", "mimeType": "application/json", "buffer": good.encode()},
            {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        ]
    )
    page.wait_for_selector(".pn-article mark")
    warnings = page.locator('[data-testid="stAlert"]').all_inner_texts()
    assert any("news.jsonl" in text and "row 2" in text for text in warnings)
    assert any("empty.txt" in text for text in warnings)


@pytest.mark.parametrize("visit", [TELEPHONE], indirect=True)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_off_a_telephones_screen(visit, path):
    page = visit.open(path)
    page.wait_for_timeout(500)
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("path", "name", "key", "shown"),
    [
        ("/?day=2024-12-06", "coaches as a table", "table=open", '[data-testid="stDataFrame"]'),
        ("/coach?coach=Carlo+Ancelotti&day=2024-12-20", "stories in all", "all=open", ".st-key-all_told .pn-story"),
        (
            "/method?day=2024-12-06",
            "All parameters",
            "parameters=open",
            '[data-testid="stNumberInput"] >> visible=true',
        ),
    ],
)
def test_what_is_opened_is_opened_for_whoever_gets_the_address(visit, browser, path, name, key, shown):
    page = visit.open(path)
    page.locator("summary", has_text=name).click()
    page.wait_for_url(re.compile(key))
    page.wait_for_selector(shown)
    other = browser.new_context().new_page()
    other.goto(page.url)
    other.wait_for_selector(shown)
    other.context.close()


def test_a_page_turned_in_a_list_is_in_the_address(visit, browser):
    page = visit.open("/coach?coach=Carlo+Ancelotti&day=2025-06-10&all=open")
    page.get_by_role("button", name="Page 2", exact=True).click()
    page.wait_for_url(re.compile("all_page=2"))
    told = visit.settled().locator(".st-key-all_told .pn-story").all_inner_texts()
    other = browser.new_context().new_page()
    other.goto(page.url)
    other.wait_for_selector(".st-key-all_told .pn-story")
    assert other.locator(".st-key-all_told .pn-story").all_inner_texts() == told
    other.context.close()
