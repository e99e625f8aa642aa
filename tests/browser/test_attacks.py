"""Every attack string and file through every page in a real browser: nothing runs, nothing is made, nobody is asked."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page

from analysis.commands.registry import main
from analysis.store.published import read_published
from tests.browser.conftest import Visitor, serving
from tests.hostile.archive import published, write_articles
from tests.hostile.attacks import FILES, HOST, TEXTS, lines
from tests.hostile.matches import write_matches

PAGES = ("/", "/coach", "/related_clubs", "/compare", "/method", "/report")
HARM = """host => {
    const found = [];
    if (window.hacked) found.push('ran');
    if (document.cookie.includes('injected')) found.push('cookie ' + document.cookie);
    const leads = ['href', 'xlink:href', 'src', 'srcset', 'data', 'action', 'formaction', 'poster', 'ping', 'srcdoc'];
    for (const element of document.querySelectorAll('*')) {
        const name = element.tagName.toLowerCase();
        if (element.matches('.hostile, x-hostile')) found.push('made ' + element.outerHTML.slice(0, 200));
        for (const {name: key, value} of element.attributes) {
            const loads = (leads.includes(key) && name !== 'a') || key === 'style';
            if (/^on/i.test(key)) found.push('handler ' + element.outerHTML.slice(0, 200));
            if (loads && value.includes(host)) found.push('asks ' + element.outerHTML.slice(0, 200));
        }
        if (name === 'a' && element.hasAttribute('href') && !['http:', 'https:', 'blob:'].includes(element.protocol))
            found.push('link ' + element.href.slice(0, 200));
        if (name === 'a' && (element.username || element.password)) found.push('user ' + element.href.slice(0, 200));
    }
    const formatted = 'a, b, strong, i, em, code, del, sup, mark, h1, h2, h4, h5, h6, blockquote, li, td, tspan, span';
    for (const element of document.querySelectorAll('[data-testid="stMain"] :is(' + formatted + ')'))
        if (element.textContent.trim() === 'injected') found.push('formatted ' + element.outerHTML.slice(0, 200));
    if (document.querySelector('.katex, math')) found.push('formula');
    for (const icon of document.querySelectorAll('[data-testid="stIconMaterial"]'))
        if (icon.textContent === 'bug_report') found.push('icon');
    return found;
}"""
"""What on the page an attack has brought to life."""
POINTS = """limit => [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot, number) => {
    const {xaxis: across, yaxis: up} = plot._fullLayout;
    const isBar = points => points[0].trace.hoverinfo === 'skip' || points[0].trace.orientation === 'h';
    const place = point => [number, across._offset + across.c2p(point.x), up._offset + up.c2p(point.y)];
    return plot.calcdata.flatMap(points => isBar(points) ? [] : points.slice(0, limit).map(place));
})"""


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """A store to which the hostile articles and matches were added by the commands."""
    folder = tmp_path_factory.mktemp("hostile")
    place = ["--store", str(folder / "store")]
    assert main(["add", str(write_articles(folder / "articles.jsonl")), *place]) == 0
    main(["results", *map(str, write_matches(folder / "matches")), *place])
    return folder / "store"


@pytest.fixture(scope="module")
def form(tmp_path_factory) -> Path:
    """A published form in which coaches and clubs are hostile too."""
    return published(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def servers(store, form, tmp_path_factory) -> Iterator[dict[str, str]]:
    """Addresses of the dashboards over both archives; at the end their logs hold no traceback and no escape."""
    logs = [tmp_path_factory.mktemp("logs") / name for name in ("store", "form")]
    with (
        serving(logs[0], PANCHINA_STORE=str(store), PANCHINA_LOCAL="1") as first,
        serving(logs[1], PANCHINA_STORE=str(form)) as second,
    ):
        yield {"store": first, "form": second}
    for log in logs:
        told = log.read_text("utf-8", "replace")
        assert "Traceback" not in told, told[-3000:]
        assert "\x1b]" not in told and "\x9b" not in told


@pytest.fixture(scope="module")
def visitors(servers, browser) -> Iterator[dict[str, Visitor]]:
    """A visitor of each dashboard, who takes what he downloads with him."""
    contexts = {name: browser.new_context(viewport={"width": 1440, "height": 900}) for name in servers}
    yield {name: Visitor(context.new_page(), servers[name]) for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


def unharmed(visitor: Visitor) -> None:
    page = visitor.settled()
    assert page.evaluate(HARM, HOST) == []
    assert page.locator('[data-testid="stException"]').count() == 0
    assert visitor.troubles == []
    assert visitor.strangers == set()


def hover(visitor: Visitor, limit: int = 2) -> None:
    """Point at the first points of every trace of every chart, so that their boxes are drawn."""
    page = visitor.page
    for number, left, top in page.evaluate(POINTS, limit)[:12]:
        plot = page.locator(".js-plotly-plot").nth(number)
        plot.hover(position={"x": left, "y": top}, force=True, timeout=3000)


def seen(words: str) -> str:
    """`words` without what a browser does not keep apart."""
    return re.sub(r"[\s\0\ufffd]+", "", words)


@pytest.mark.parametrize("archive", ["store", "form"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_stays_whole(visitors, archive, path):
    page = visitors[archive].open(path)
    assert page.locator("h1").count() == 1
    hover(visitors[archive])
    unharmed(visitors[archive])


def test_every_attack_stands_as_a_title_beside_hostile_coaches(visitors, form):
    archive = read_published(form)
    shown: set[str] = set()
    for name in archive.claims["coach"].unique():
        page = visitors["form"].open(f"/coach?coach={quote(name)}&day=2024-12-06&all=open")
        shown |= {seen(title) for title in page.locator(".pn-story h3").all_text_contents()}
        unharmed(visitors["form"])
    assert [title[:80] for title in archive.articles["title"] if seen(title) not in shown] == []


def test_an_address_smuggles_nothing_in(visitors):
    words = quote(
        "<img class=hostile src=x onerror=window.hacked=1> **injected** [injected](javascript:x) $x$ \u202e\0"
    )
    keys = ("coach", "competition", "lang", "ui", "day", "align", "picture", "relation", "link")
    for path in ("/coach", "/compare", "/related_clubs"):
        visitors["form"].open(f"{path}?{'&'.join(f'{key}={words}' for key in keys)}")
        unharmed(visitors["form"])


def download(page: Page, button: Locator, folder: Path) -> Path:
    """The file that a button hands over, saved to `folder` under another name and the same ending."""
    with page.expect_download() as got:
        button.click()
    name = got.value.suggested_filename
    assert not re.search(r"[/\\\n\0]", name)
    target = folder / f"{len(list(folder.iterdir()))}{Path(name).suffix}"
    got.value.save_as(target)
    return target


def test_what_is_downloaded_starts_no_formula_and_runs_nothing(visitors, form, tmp_path, browser):
    name = read_published(form).claims["coach"].iloc[0]
    page = visitors["form"].open(f"/coach?coach={quote(name)}&day=2024-12-06&all=open")
    page.get_by_text(re.compile("stories in all")).click()
    buttons = page.get_by_role("button", name=re.compile("^Download")).all()
    files = [download(page, button, tmp_path) for button in buttons]
    tables, (report,) = ([file for file in files if file.suffix == kind] for kind in (".csv", ".html"))
    assert tables
    for table in tables:
        rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    reader = Visitor(browser.new_page(), f"file://{tmp_path}")
    reader.page.goto(f"file://{report}")
    assert reader.page.evaluate(HARM, HOST) == []
    assert (reader.troubles, reader.strangers) == ([], set())


def test_a_digest_in_html_is_only_words(form, tmp_path, browser):
    file = tmp_path / "digest.html"
    words = ["digest", "--store", str(form), "--as-of", "2024-12-06", "--period", "week", "--format", "html"]
    assert main([*words, "--output", str(file)]) == 0
    reader = Visitor(browser.new_page(), f"file://{tmp_path}")
    reader.page.goto(f"file://{file}")
    assert "hostile" in reader.page.inner_text("body")
    assert reader.page.evaluate(HARM, HOST) == []
    assert (reader.troubles, reader.strangers) == ([], set())


def test_all_attacks_pasted_at_once_stay_text(visitors):
    visitor = visitors["store"]
    page = visitor.open("/read_article")
    told = "Everton have sacked manager Tom Ashdown after a 3-0 defeat, the club announced."
    words = "\n".join(attack for attack in TEXTS.values() if len(attack) < 2000 and "\0" not in attack)
    page.get_by_label("Title (may be empty)").fill(TEXTS["html: image handler"] + TEXTS["markdown: bold"])
    page.get_by_label("Text of the article").fill(f"{told}\n{words}".encode("utf-8", "replace").decode())
    page.get_by_role("button", name="Read it", exact=True).click()
    page.wait_for_selector(".pn-article mark")
    unharmed(visitor)
    assert TEXTS["html: script"] in page.locator(".pn-article").last.inner_text()


def test_uploaded_files_are_shown_or_named_and_stay_text(visitors):
    visitor = visitors["store"]
    page = visitor.open("/read_article")
    rows = [
        {"title": attack, "text": f"Everton have sacked manager Tom Ashdown {attack}."} for attack in TEXTS.values()
    ]
    files = [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in FILES.items() if data]
    files.append({"name": "all.jsonl", "mimeType": "text/plain", "buffer": lines(rows)})
    page.locator('input[type="file"]').set_input_files(files)
    page.wait_for_selector(".pn-article")
    unharmed(visitor)
    told = " ".join(page.locator('[data-testid="stAlert"]').all_inner_texts())
    for name in (
        "deep.json",
        "noise.txt",
        "lying.parquet",
        "<img src=x onerror=window.hacked=1>.jsonl",
        "**injected**",
    ):
        assert name in told
