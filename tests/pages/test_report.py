"""The printable report: what it holds, that it is safe, and that the file is whole in itself."""

from html.parser import HTMLParser

import pytest

from pages import address, sheet
from pages.wording import words
from tests.pages.conftest import ATTACK, BRIEFS, Brief, build_archive, lacking, links, piece, said


def page(app) -> str:
    return piece(app, "pn-sheet")


def test_the_coachs_page_leads_to_his_report(open_page):
    app = open_page("coach", coach="Tom Ashdown", day="2024-12-05")
    assert ("report", "Printable report") in links(app)
    assert "Download this report" in [button.label for button in app.get("download_button")]


def test_the_report_tells_who_why_and_what_it_means(open_page):
    wanted = ["<strong>Mario Brenta</strong>, Milan", "as of Friday 6 December 2024", "data:image/svg+xml"]
    wanted += ["<mark>ultima spiaggia contro l&#x27;Inter</mark>", "no probability of dismissal", "<b>1</b>"]
    assert not lacking(page(open_page("report")), *wanted)


def test_a_report_of_a_coach_in_no_post_and_of_one_unknown_are_honest(open_page):
    assert "Tom Ashdown" in page(open_page("report", coach="Tom Ashdown", day="2024-12-20"))
    assert "No story about Nobody At All" in said(open_page("report", coach="Nobody At All"))
    assert "Nothing has been written" in said(open_page("report", build_archive(())))


def test_what_articles_smuggle_stays_text_on_paper_too(open_page):
    archive = build_archive((*BRIEFS, Brief("2024-12-06", "Mario Brenta", "pressure", 3, ATTACK, quote=ATTACK)))
    shown = page(open_page("report", archive))
    assert "<script" not in shown and "<img src=x" not in shown
    assert "&lt;script&gt;" in shown


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("img", "meta", "br"):
            self.open.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("ui", ["en", "it"])
def test_the_file_is_whole_in_itself(open_page, monkeypatch, ui):
    kept = {}
    monkeypatch.setattr(sheet, "button", lambda case, say: kept.update(file=sheet.document(case, say)))
    open_page("report", ui=ui)
    text = kept["file"].decode()
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert all(address.startswith("data:image/svg+xml") for address in tags.addresses)
    assert f'<html lang="{ui}">' in text and "@page" in text
    assert words(ui)("Reasons given") in text


def test_the_public_address_is_printed_where_there_is_one(open_page, monkeypatch):
    monkeypatch.setenv("PANCHINA_URL", "https://panchina.example/")
    assert "https://panchina.example/coach?" in page(open_page("report"))
    assert address.KEYS[1] + "=Mario+Brenta" in page(open_page("report"))
