"""Public by default: no address is fetched, nothing shared is changed, and what is given to read is bounded."""

import socket
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.collect import errors
from pages import intake, local
from tests.pages.conftest import ATTACK, ROOT, said

SACKED = "Everton have sacked manager Tom Ashdown after a 3-0 defeat by Fulham, the club announced on Monday."
PAGES = ("hot_seats", "coach", "related_clubs", "compare", "read_article", "method", "report")
FETCHED = {"article_id": "https://invented.example/7", "published_at": pd.Timestamp("2024-12-05", tz="UTC"),
           "date_precision": "day", "date_flag": "", "lang": "en", "source": "invented.example",
           "url": "https://invented.example/7", "title": "", "text": SACKED, "origin": "invented.example",
           "fetched": pd.Timestamp("2024-12-06", tz="UTC")}  # fmt: skip


@pytest.fixture
def at_home(monkeypatch):
    monkeypatch.setenv(local.VARIABLE, "1")
    monkeypatch.setattr(local, "_address", lambda: "localhost")


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    monkeypatch.delenv(local.VARIABLE, raising=False)


def upload(app, name: str, data: bytes):
    app.file_uploader[0].set_value([(name, data, "application/octet-stream")])
    return app.run()


@pytest.mark.parametrize("value", [None, "", "0", "true", "yes", " 1"])
def test_without_the_one_value_that_says_so_there_is_no_box_for_an_address(open_page, monkeypatch, value):
    if value is not None:
        monkeypatch.setenv(local.VARIABLE, value)
    app = open_page("read_article")
    assert not app.exception
    assert [box.key for box in app.text_input] == ["title", "date"]
    assert "Fetch and read it" not in [button.label for button in app.button]


@pytest.mark.parametrize("address", ["", "0.0.0.0", "::", "192.168.1.7", "203.0.113.9", "desk.example", "unix:/run/a"])
def test_at_home_on_a_server_that_others_can_reach_there_is_no_box_and_a_word_why(open_page, monkeypatch, address):
    monkeypatch.setenv(local.VARIABLE, "1")
    monkeypatch.setattr(local, "_address", lambda: address)
    app = open_page("read_article")
    assert not app.exception
    assert "Fetch and read it" not in [button.label for button in app.button]
    assert "listens beyond its own machine" in app.warning[0].value
    assert local.bounds() == local.PUBLIC


@pytest.mark.parametrize("address", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1", "[::1]"])
def test_this_machine_is_known_however_it_is_written(address):
    assert local.is_loopback(address)


def test_where_the_server_listens_is_what_streamlit_was_told(monkeypatch):
    monkeypatch.setattr("streamlit.get_option", lambda name: {"server.address": "198.51.100.4"}[name])
    assert local._address() == "198.51.100.4"


def test_strangers_are_told_nothing_of_a_mode_that_nobody_asked_for(open_page):
    assert not open_page("read_article").warning


def test_a_box_left_over_in_a_session_fetches_nothing_in_public(open_page, monkeypatch):
    monkeypatch.setattr("analysis.collect.pages.read_page", lambda url: pytest.fail("fetched"))
    app = open_page("read_article")
    app.session_state["url"] = "https://invented.example/7"
    app.session_state["fetched"] = [{"id": "x", "text": SACKED, "title": ""}]
    assert "Tom Ashdown" not in said(app.run())


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_public_dashboard_reaches_out(open_page, monkeypatch, page):
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **_: asked.append(given) or [])
    monkeypatch.setattr(socket.socket, "connect", lambda *given: asked.append(given))
    app = open_page(page, coach="http://127.0.0.1:9/", url="http://169.254.169.254/latest")
    assert not app.exception and asked == []


def shared_files() -> dict[Path, int]:
    folders = [ROOT / name for name in ("data", "analysis", "pages", ".streamlit", "store") if (ROOT / name).exists()]
    files = (path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts)
    return {path: path.stat().st_mtime_ns for path in files if path.is_file()}


def test_what_a_visitor_gives_to_read_changes_no_file_and_no_other_session(open_page):
    before = shared_files()
    app = open_page("read_article")
    app.text_area(key="text").set_value(f"{SACKED} Unmistakable.").run()
    upload(app, "news.txt", b"Milan have sacked manager Mario Brenta. Unmistakable.")
    assert shared_files() == before
    assert "Unmistakable" not in said(open_page("read_article"))


@pytest.mark.usefixtures("at_home")
def test_at_home_the_page_at_an_address_is_fetched_and_read_once(open_page, monkeypatch):
    fetched = []
    monkeypatch.setattr("analysis.collect.pages.read_page", lambda url: fetched.append(url) or FETCHED)
    app = open_page("read_article")
    app.text_input(key="url").set_value("https://invented.example/7")
    next(button for button in app.button if button.label == "Fetch and read it").click().run()
    assert "<strong>Tom Ashdown</strong>, Everton" in said(app)
    app.run()
    assert "Tom Ashdown" in said(app) and fetched == ["https://invented.example/7"]


def fetch(open_page, url: str, **query: str):
    app = open_page("read_article", **query)
    app.text_input(key="url").set_value(url)
    return (
        next(button for button in app.button if button.label in ("Fetch and read it", "Scarica e leggi")).click().run()
    )


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8501/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
     "http://2130706433/", "http://0x7f.1/", "http://10.0.0.1/", "file:///etc/passwd", "ftp://a.example/",
     "javascript:alert(1)", "https://user:word@a.example/"],
)  # fmt: skip
def test_at_home_what_is_not_public_is_refused_in_plain_words(open_page, url):
    app = fetch(open_page, url)
    assert not app.exception
    assert "only http and https pages on the public internet" in app.error[0].value


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errors.Unreachable("no such host"), "Nobody answers"),
        (errors.TooSlow("20 s"), "took too long"),
        (errors.TooLarge("big"), "larger than any article"),
        (errors.TooManyRedirects("loop"), "round in circles"),
        (errors.WrongType("image/png"), "something of another kind"),
        (errors.Unreadable("no text"), "Paste its text"),
        (errors.BadStatus("answers 403", 403), "does not hand out"),
        (errors.CollectError("something else"), "cannot be fetched"),
    ],
)
def test_at_home_every_failure_is_told_in_plain_words(open_page, monkeypatch, error, told):
    def fail(url: str):
        raise error

    monkeypatch.setattr("analysis.collect.pages.read_page", fail)
    app = fetch(open_page, "https://invented.example/")
    assert not app.exception
    assert told in app.error[0].value.replace("\\", "") and str(error)[:3] in app.error[0].value


@pytest.mark.usefixtures("at_home")
def test_at_home_a_failure_is_told_in_italian_too(open_page):
    assert "non si scarica mai" in fetch(open_page, "http://127.0.0.1/", ui="it").error[0].value


@pytest.mark.usefixtures("at_home")
def test_at_home_what_a_fetched_page_smuggles_stays_text(open_page, monkeypatch):
    sly = {**FETCHED, "title": ATTACK, "text": f"{ATTACK} {SACKED}", "source": ATTACK}
    monkeypatch.setattr("analysis.collect.pages.read_page", lambda url: sly)
    page = said(fetch(open_page, "https://invented.example/"))
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page


@pytest.mark.usefixtures("at_home")
def test_at_home_a_doubted_date_is_left_out(open_page, monkeypatch):
    monkeypatch.setattr("analysis.collect.pages.read_page", lambda url: {**FETCHED, "date_flag": "in the future"})
    app = fetch(open_page, "https://invented.example/")
    assert not app.exception and "Tom Ashdown" in said(app)


def test_a_stranger_gives_files_of_bounded_size_and_kind(open_page):
    box = open_page("read_article").file_uploader[0].proto
    assert box.max_upload_size_mb == local.PUBLIC.megabytes == 10
    assert ".parquet" not in box.type and ".jsonl" in box.type


@pytest.mark.usefixtures("at_home")
def test_the_owner_gives_more_and_of_any_kind(open_page):
    box = open_page("read_article").file_uploader[0].proto
    assert ".parquet" in box.type and box.max_upload_size_mb == local.LOCAL.megabytes


def test_many_files_are_bounded_together_and_the_bound_is_said(open_page, monkeypatch):
    monkeypatch.setattr(local, "PUBLIC", replace(local.PUBLIC, megabytes=1))
    good = SACKED.encode()
    app = open_page("read_article")
    files = [("a.txt", good), ("big.txt", b"Milan beat Roma. " * 70_000), ("b.txt", good)]
    app.file_uploader[0].set_value([(name, data, "text/plain") for name, data in files]).run()
    assert not app.exception and "Tom Ashdown" in said(app)
    assert "Only 1 MB of files" in app.warning[0].value and not app.dataframe


def test_rows_are_bounded_and_the_bound_is_said(open_page):
    rows = b'{"text": "Everton have sacked manager Tom Ashdown."}\n' * (local.PUBLIC.articles + 5)
    app = upload(open_page("read_article"), "many.jsonl", rows)
    assert len(app.dataframe[0].value) == local.PUBLIC.articles
    assert f"first {local.PUBLIC.articles} articles" in app.warning[0].value


def test_time_is_bounded_and_what_was_read_is_shown(open_page, monkeypatch):
    moments = iter([0.0, 0.1, 0.2, *[99.0] * 50])
    page = open_page("read_article")
    monkeypatch.setattr(intake, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    app = upload(page, "many.jsonl", b'{"text": "Everton have sacked manager Tom Ashdown."}\n' * 9)
    assert len(app.dataframe[0].value) == 2
    assert "of 9 articles the first 2" in app.warning[0].value


def test_an_article_too_long_to_be_read_in_time_is_named_and_the_others_read(open_page):
    long = b'{"id": "long", "text": "' + b"Tom Ashdown is under pressure. " * 5000 + b'"}\n'
    app = upload(
        open_page("read_article"), "two.jsonl", long + b'{"text": "Everton have sacked manager Tom Ashdown."}\n'
    )
    assert "longer than the 100,000 characters" in " ".join(warning.value for warning in app.warning).replace("\\", "")
    assert "Tom Ashdown" in said(app)


def test_a_click_does_not_read_everything_again(open_page, monkeypatch):
    app = upload(open_page("read_article"), "two.jsonl", b'{"text": "Everton have sacked manager Tom Ashdown."}\n' * 2)
    monkeypatch.setattr(intake, "_read", lambda article: pytest.fail("read again"))
    app.selectbox(key="article").set_value(1).run()
    assert not app.exception and "Tom Ashdown" in said(app)
