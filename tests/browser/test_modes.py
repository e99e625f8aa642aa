"""Open to all, the dashboard has no box for an address; at home it has one, and fetches nothing that is not public."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.conftest import Visitor, serving

BOX = "Address of an article"


class Inner:
    """A web server on this machine that counts who asks it."""

    def __init__(self):
        self.asked: list[str] = []
        inner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                inner.asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def inner() -> Iterator[Inner]:
    running = Inner()
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_strangers_are_offered_no_address_box(visit):
    page = visit.open("/read_article?url=http://127.0.0.1:1/")
    page.wait_for_selector("text=Text of the article")
    assert page.get_by_label(BOX).count() == 0
    assert visit.troubles == [] and visit.strangers == set()


def test_at_home_an_address_of_this_machine_is_refused_in_words_and_never_asked(browser, inner, tmp_path):
    port = inner.server.server_port
    with serving(tmp_path / "log.txt", PANCHINA_LOCAL="1") as address:
        visitor = Visitor(browser.new_context().new_page(), address)
        page = visitor.open("/read_article")
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::ffff:127.0.0.1]:{port}", f"2130706433:{port}"):
            page.get_by_label(BOX).fill(f"http://{host}/secret-page")
            page.get_by_role("button", name="Fetch and read it").click()
            page.wait_for_selector("[data-testid=stAlert] >> text=only http and https pages on the public internet")
            visitor.settled()
        assert inner.asked == [] and visitor.troubles == []
    assert "secret-page" not in (tmp_path / "log.txt").read_text()
