"""backfill: a walk that may be stopped at any moment and loses and doubles nothing."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pandas as pd
import pytest

from analysis.commands.registry import main
from analysis.store import Store
from tests.collect.gdelt_service import SLOWER, GdeltService, always, listed
from tests.loopback import Reply

MONTH = [listed(moment) for moment in pd.date_range("2024-08-01 06:00", "2024-08-31 18:00", freq="12h")]


@pytest.fixture
def arguments(tmp_path):
    """A function that gives the command line of a backfill against a service."""

    def given(service: GdeltService, *more: str, last: str = "2024-08-31") -> list[str]:
        place = ["--store", str(tmp_path / "store"), "--base", service.base, "--allow-local"]
        return ["backfill", "--query", "Brenta", "--from", "2024-08-01", "--to", last, *place, "--pause", "0",
                "--unread", *more]  # fmt: skip

    return given


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def run(capsys, arguments: list[str]) -> tuple[int, str, str]:
    status = main(arguments)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_all_days_are_kept_by_title(loopback, capsys, arguments, store):
    service = GdeltService(loopback, [*MONTH, listed("2024-07-31 23:45"), listed("2024-09-01 00:00")])
    assert run(capsys, arguments(service, "--lang", "it", "--lang", "es")) == (
        0,
        "62 new, 0 known, 0 windows failed\n",
        "",
    )
    kept = store.articles()
    assert sorted(kept["url"]) == sorted(row["url"] for row in MONTH)
    assert set(kept["text"]) == {""}
    assert set(kept["date_flag"]) == {""}
    assert set(service.queries) == {"Brenta (sourcelang:spanish OR sourcelang:italian)"}


def test_run_again_it_asks_for_nothing(loopback, capsys, arguments):
    service = GdeltService(loopback, MONTH)
    run(capsys, arguments(service))
    service.windows.clear()
    assert run(capsys, arguments(service))[:2] == (0, "0 new, 0 known, 0 windows failed\n")
    assert not service.windows
    assert run(capsys, arguments(service, "--anew"))[1] == "0 new, 62 known, 0 windows failed\n"


def test_a_later_day_goes_on_where_it_was(loopback, capsys, arguments):
    service = GdeltService(loopback, MONTH)
    run(capsys, arguments(service, last="2024-08-10"))
    service.windows.clear()
    assert run(capsys, arguments(service))[1] == "42 new, 0 known, 0 windows failed\n"
    assert service.windows[0][0] == pd.Timestamp("2024-08-11")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("served", [1, 2, 4])
def test_stopped_in_the_midst_it_goes_on_and_loses_nothing(loopback, capsys, arguments, store, how, served):
    """The service holds back the answer behind the `served` first; there the process is stopped."""
    is_reached, may_go_on = threading.Event(), threading.Event()

    def hold(start, end):
        if len(service.windows) == served + 1:
            is_reached.set()
            may_go_on.wait(20)

    service = GdeltService(loopback, MONTH, moods=[hold])
    process = subprocess.Popen([sys.executable, "-m", "analysis", *arguments(service)], stderr=subprocess.DEVNULL)
    try:
        assert is_reached.wait(30)
        process.send_signal(how)
        assert process.wait(20) != 0
    finally:
        process.kill()
        may_go_on.set()
    before = len(store)
    assert before == 14 * served
    service.moods.clear()
    service.windows.clear()
    assert run(capsys, arguments(service))[:2] == (0, f"{62 - before} new, 0 known, 0 windows failed\n")
    assert service.windows[0][0] == pd.Timestamp("2024-08-01") + pd.Timedelta(days=7 * served)
    assert sorted(Store(store.folder).articles()["url"]) == sorted(row["url"] for row in MONTH)


def test_killed_at_any_moment_nothing_is_lost_or_double(loopback, arguments, store):
    service = GdeltService(loopback, MONTH, cap=20, moods=[lambda start, end: time.sleep(0.02)])
    for patience in (1.2, 1.6, 2.0):
        process = subprocess.Popen([sys.executable, "-m", "analysis", *arguments(service)], stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    assert main(arguments(service)) == 0
    urls = store.articles()["url"]
    assert sorted(urls) == sorted(row["url"] for row in MONTH)


def test_a_window_that_failed_is_named_and_asked_for_again(loopback, capsys, arguments):
    def down(start, end):
        return Reply(status=500) if start == pd.Timestamp("2024-08-08") else None

    service = GdeltService(loopback, MONTH, moods=[down])
    status, out, err = run(capsys, arguments(service))
    assert (status, out) == (
        1,
        "48 new, 0 known, 1 windows failed\nmissing: 2024-08-08 00:00 to 2024-08-15 00:00 UTC\n",
    )
    assert "error: 2024-08-08 00:00 to 2024-08-15 00:00 UTC: " in err
    service.moods.clear()
    service.windows.clear()
    assert run(capsys, arguments(service))[:2] == (0, "14 new, 0 known, 0 windows failed\n")
    assert len(service.windows) == 1


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(SLOWER), "GDELT asks to slow down"),
        (
            Reply("Your search contained a keyword that was too short."),
            "GDELT refuses the query: Your search contained",
        ),
        (Reply("Your query was too short or too long."), "5 windows in a row failed"),
    ],
)
def test_a_service_that_does_not_serve_ends_the_walk_with_its_reason(loopback, capsys, arguments, reply, words):
    service = GdeltService(loopback, moods=[always(reply)])
    status, out, err = run(capsys, arguments(service))
    assert status == 1
    assert words in err
    assert "run the same command again to go on" in err


def test_the_smallest_window_at_the_cap_is_a_warning(loopback, capsys, arguments, store):
    crowd = [listed("2024-08-05 10:00", number) for number in range(300)]
    status, out, err = run(capsys, arguments(GdeltService(loopback, crowd)))
    assert (status, out) == (0, "250 new, 0 known, 0 windows failed\n")
    assert "warning: 2024-08-05 10:00 to 2024-08-05 10:15 UTC: 250 articles, the most that is listed" in err


def test_pages_give_the_text(loopback, capsys, arguments, store):
    words = "<p>Mario Brenta rischia l'esonero dopo la sconfitta di ieri.</p>" * 5
    page = loopback.at("/a", Reply(f"<html lang='it'><title>Brenta</title><article>{words}</article></html>"))
    service = GdeltService(loopback, [listed("2024-08-05 10:00", url=page)])
    assert run(capsys, arguments(service, "--pages"))[:2] == (0, "1 new, 0 known, 0 windows failed\n")
    assert "rischia l'esonero" in store.articles()["text"][0]


def test_a_page_that_robots_may_not_have_is_kept_by_its_title(loopback, capsys, arguments, store):
    loopback.at("/robots.txt", Reply("User-agent: *\nDisallow: /a", "text/plain"))
    page = loopback.at("/a", Reply("<title>Brenta</title><p>no robots</p>"))
    status, out, err = run(capsys, arguments(GdeltService(loopback, [listed("2024-08-05 10:00", url=page)]), "--pages"))
    assert (status, out) == (0, "1 new, 0 known, 0 windows failed\n")
    assert "kept by its title" in err
    assert store.articles()["text"][0] == ""
    assert not loopback.asked("/a")


def test_many_small_files_are_merged(loopback, capsys, arguments, store, monkeypatch):
    monkeypatch.setattr("analysis.collect.backfill.MOST_PARTS", 3)
    assert run(capsys, arguments(GdeltService(loopback, MONTH)))[0] == 0
    assert len(store.listing()) == 1
    assert len(store) == len(MONTH)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--from", "6.8.2024"], "'6.8.2024' is no day; write it as 2024-12-06"),
        (["--from", "2010-01-01"], "GDELT searches back to 2017-01-01 only"),
        (["--query", " "], "an empty query finds nothing"),
        (["--lang", "xx"], "invalid choice"),
        (["--pause", "-1"], "no number of seconds"),
    ],
)
def test_wrong_arguments_are_named(loopback, capsys, arguments, more, message):
    with pytest.raises(SystemExit) as stopped:
        main([*arguments(GdeltService(loopback)), *more])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_days_that_do_not_follow_are_refused(loopback, capsys, arguments):
    status, _, err = run(capsys, arguments(GdeltService(loopback), last="2024-07-01"))
    assert (status, "--to must not be before --from" in err) == (2, True)


def test_a_local_service_is_refused_unless_it_is_allowed(loopback, capsys, arguments):
    service = GdeltService(loopback)
    given = [word for word in arguments(service) if word != "--allow-local"]
    status, _, err = run(capsys, given)
    assert status == 1
    assert "is refused" in err
    assert not service.windows


@pytest.mark.parametrize("text", ["[1]", '{"%s": {"done": "never"}}', "{bad"])
def test_broken_progress_is_named(loopback, capsys, arguments, store, text):
    service = GdeltService(loopback)
    run(capsys, arguments(service, last="2024-08-02"))
    path = store.folder / "state" / "backfill.json"
    (key,) = json.loads(path.read_text("utf-8"))
    path.write_text(text.replace("%s", key), "utf-8")
    status, _, err = run(capsys, arguments(service))
    assert status == 2
    assert "Traceback" not in err
    assert "backfill.json" in err
