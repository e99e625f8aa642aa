"""backfill --pages goes back to articles that were kept by their title, a bounded number, and not for ever."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from analysis.collect import titles
from analysis.commands.registry import main
from analysis.store import Store, compact
from tests.collect.gdelt_service import GdeltService, listed
from tests.loopback import Loopback, Reply


def words(number: int) -> str:
    return f"<p>Mario Brenta rischia l'esonero dopo la sconfitta numero {number}.</p>" * 5


class Site:
    """A service that lists `count` articles whose pages are on the loopback server."""

    def __init__(self, loopback: Loopback, folder, count: int = 60):
        self.loopback, self.folder = loopback, folder
        for number in range(count):
            page = f"<html lang='it'><title>T {number}</title><article>{words(number)}</article></html>"
            loopback.at(f"/{number}", Reply(page))
        self.urls = [loopback.url(f"/{number}") for number in range(count)]
        self.service = GdeltService(loopback, [
            listed(f"2024-08-{1 + number % 20:02} 10:{number // 20:02}", number, url=url)
            for number, url in enumerate(self.urls)
        ])  # fmt: skip

    def arguments(self, *more: str) -> list[str]:
        place = ["--store", str(self.folder), "--base", self.service.base, "--allow-local", "--pause", "0", "--unread"]
        return ["backfill", "--query", "Brenta", "--from", "2024-08-01", "--to", "2024-08-31", *place, *more]

    def texts(self) -> dict[str, str]:
        kept = Store(self.folder).articles()
        assert kept["url"].is_unique
        return dict(zip(kept["url"], kept["text"], strict=True))

    def pages_asked(self) -> int:
        return sum(len(self.loopback.asked(f"/{number}")) for number in range(len(self.urls)))


@pytest.fixture
def site(loopback, tmp_path):
    made = Site(loopback, tmp_path / "store")
    assert main(made.arguments()) == 0
    assert set(made.texts().values()) == {""}
    return made


def test_titles_kept_before_get_the_text_of_their_pages_once(site, capsys):
    before = Store(site.folder).articles().set_index("url")
    assert main(site.arguments("--pages")) == 0
    assert capsys.readouterr().out.endswith("60 kept titles have their text, 0 new, 0 known, 0 windows failed\n")
    assert all("rischia l'esonero" in text for text in site.texts().values())
    after = Store(site.folder).articles().set_index("url").loc[before.index]
    assert after["article_id"].equals(before["article_id"]) and after["title"].equals(before["title"])
    assert after["published_at"].equals(before["published_at"])
    assert main(site.arguments("--pages")) == 0
    assert site.pages_asked() == 60


def test_what_was_filled_stays_so_when_merged_and_is_read_anew(site):
    main(site.arguments("--pages"))
    compact(site.folder)
    assert all(site.texts().values())
    assert set(Store(site.folder).frames().claims["coach"]) == {"Mario Brenta"}


def test_no_more_pages_than_bound_are_asked_in_a_run_and_the_rest_waits(site, capsys, monkeypatch):
    monkeypatch.setattr(titles, "MOST_PAGES", 40)
    assert main(site.arguments("--pages")) == 0
    assert "20 pages of titles kept before wait for the next run" in capsys.readouterr().err
    assert sum(map(bool, site.texts().values())) == site.pages_asked() == 40
    main(site.arguments("--pages"))
    assert all(site.texts().values())


@pytest.mark.parametrize("reply", [Reply("gone", status=404), Reply("<title>Only a title</title>")])
def test_a_page_that_gives_no_text_is_named_asked_for_in_two_runs_and_left_with_its_title(site, capsys, reply):
    site.loopback.at("/7", reply)
    for told, asked in ((True, 1), (True, 2), (False, 2)):
        assert main(site.arguments("--pages")) == 0
        assert ("its title stays" in capsys.readouterr().err) is told
        assert len(site.loopback.asked("/7")) == asked
    texts = site.texts()
    assert texts[site.urls[7]] == "" and sum(map(bool, texts.values())) == 59


def test_other_days_and_other_sources_are_left_alone(site):
    arguments = site.arguments("--pages")
    arguments[arguments.index("--to") + 1] = "2024-08-05"
    assert main(arguments) == 0
    assert sum(map(bool, site.texts().values())) == 15


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_in_the_midst_it_keeps_what_it_had_and_goes_on(site, how):
    is_reached, may_go_on = threading.Event(), threading.Event()

    def hold(asked):
        is_reached.set()
        may_go_on.wait(20)
        return Reply(f"<article>{words(0)}</article>")

    ordered = [url.removeprefix(site.loopback.url("")) for url in Store(site.folder).articles()["url"]]
    site.loopback.at(ordered[titles.CHUNK + 3], hold)
    process = subprocess.Popen([sys.executable, "-m", "analysis", *site.arguments("--pages")],
                               stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=os.environ)  # fmt: skip
    try:
        assert is_reached.wait(60)
        process.send_signal(how)
        may_go_on.set()
        assert process.wait(30) != 0
    finally:
        process.kill()
        may_go_on.set()
    had = {url.removeprefix(site.loopback.url("")) for url, text in site.texts().items() if text}
    assert set(ordered[: titles.CHUNK]) <= had
    assert main(site.arguments("--pages")) == 0
    assert all(site.texts().values())
    assert all(
        len(site.loopback.asked(url.removeprefix(site.loopback.url("")))) == 1 for url in ordered[: titles.CHUNK]
    )
