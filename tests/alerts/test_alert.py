"""The command: what is new is told once by every channel, whatever happens in between."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from analysis.alerts import alert as command
from analysis.alerts.outbox import SHOWN, Kept, Outbox
from analysis.commands.registry import main
from tests.alerts.conftest import ATTACK, PRESSURE, RULES, SACKED, SECRET, feed_path, piece
from tests.store.conftest import frame

ROOT = Path(__file__).resolve().parents[2]
HOOK = '[webhook]\nurl = "{url}"\n'


def entries(store) -> list:
    return feedparser.parse(feed_path(store).read_bytes()).entries


def test_what_is_new_is_told_once(tell, store):
    status, out, err = tell()
    assert (status, err) == (0, "") and "1 new alerts as of 2024-12-05" in out
    assert [entry.title for entry in entries(store)] == ["Tom Ashdown (Everton): under pressure"]
    assert "Everton manager Tom Ashdown is under pressure after a third defeat in a row." in entries(store)[0].summary
    first = feed_path(store).read_bytes()
    for day in ("2024-12-05", "2024-12-06", "2024-12-07"):
        assert "0 new alerts" in tell(day)[1]
    assert feed_path(store).read_bytes() == first


def test_news_after_that_is_told_beside_it(tell, store):
    tell()
    store.add(frame(piece(3, "2024-12-06", SACKED)))
    assert "1 new alerts" in tell("2024-12-07")[1]
    assert [entry.title for entry in entries(store)] == [
        "Tom Ashdown (Everton): dismissed", "Tom Ashdown (Everton): under pressure"]  # fmt: skip


def test_the_link_leads_to_the_coach_on_that_day(tell, store, monkeypatch):
    monkeypatch.setenv("PANCHINA_URL", "https://panchina.example/app/")
    tell()
    assert entries(store)[0].link == "https://panchina.example/app/coach?coach=Tom+Ashdown&day=2024-12-05"


@pytest.mark.parametrize(
    "url", ["other.invented", "javascript:alert(1)", "https://u:p@h.example", "https://h.example/?a=1"]
)
def test_a_public_address_that_is_none_is_said(tell, monkeypatch, url):
    monkeypatch.setenv("PANCHINA_URL", url)
    status, _, err = tell()
    assert status == 2 and "PANCHINA_URL" in err and url not in err


def test_a_dry_run_prints_sends_nothing_and_keeps_nothing(tell, store, receiver):
    status, out, _ = tell("2024-12-05", HOOK.format(url=receiver.url), "--dry-run")
    assert status == 0 and "Tom Ashdown (Everton): under pressure" in out and PRESSURE in out
    assert receiver.posts == []
    assert not list(store.folder.rglob("*.json")) and not feed_path(store).exists()
    assert "1 new alerts as of" in tell()[1]


def test_the_bundled_season_can_be_looked_at_but_not_told(tmp_path, capsys):
    assert main(["alert", "--store", str(tmp_path), "--dry-run"]) == 0
    assert "2024-12-0" in capsys.readouterr().out
    assert main(["alert", "--store", str(tmp_path)]) == 0
    assert "no articles" in capsys.readouterr().out and not list(tmp_path.iterdir())


def test_a_webhook_that_is_down_is_told_by_the_next_run(tell, receiver, monkeypatch):
    monkeypatch.setattr("analysis.alerts.webhook.FIRST_WAIT", 0.001)
    monkeypatch.setattr("analysis.alerts.webhook.LONGEST_WAIT", 0.001)
    receiver.statuses = [500]
    status, out, err = tell("2024-12-05", HOOK.format(url=receiver.url))
    assert status == 1 and "webhook: 0 of 1 sent" in out and "the next run tries again" in err
    assert "secret-part" not in out + err and SECRET not in out + err
    receiver.statuses = [200]
    receiver.posts.clear()
    assert tell("2024-12-05", HOOK.format(url=receiver.url))[0] == 0
    assert tell("2024-12-06", HOOK.format(url=receiver.url))[0] == 0
    assert len(receiver.posts) == 1


def test_one_alert_that_is_refused_keeps_no_other_from_being_sent(tell, store, receiver):
    store.add(
        frame(piece(3, "2024-12-05", "Milan have sacked manager Mario Brenta, the club announced.", "Other Post"))
    )
    receiver.statuses = [400, 200]
    status, out, _ = tell("2024-12-05", HOOK.format(url=receiver.url))
    assert status == 1 and "webhook: 1 of 2 sent" in out
    assert len({body["id"] for body in receiver.told()}) == 2


def test_a_rule_can_tell_one_channel_alone(tell, store, receiver):
    rules = RULES.replace('name = "in trouble"', 'name = "in trouble"\ndeliver = ["webhook"]')
    assert tell("2024-12-05", HOOK.format(url=receiver.url), rules=rules)[0] == 0
    assert len(receiver.posts) == 1 and entries(store) == []


def test_a_channel_taken_out_of_the_file_is_owed_nothing(tell, store, receiver):
    receiver.statuses = [400]
    assert tell("2024-12-05", HOOK.format(url=receiver.url))[0] == 1
    assert tell("2024-12-05")[0] == 0
    assert Kept(store.folder).read().owed == {}


def test_a_webhook_without_a_secret_is_refused_before_anything_is_kept(tell, store, receiver, monkeypatch):
    monkeypatch.delenv("PANCHINA_WEBHOOK_SECRET")
    status, _, err = tell("2024-12-05", HOOK.format(url=receiver.url))
    assert status == 2 and "PANCHINA_WEBHOOK_SECRET" in err
    assert not feed_path(store).exists() and not (store.folder / "state" / "alerts.json").exists()


def test_a_day_before_the_last_run_is_refused_unless_it_is_a_dry_run(tell):
    tell("2024-12-06")
    status, _, err = tell("2024-12-05")
    assert status == 2 and "2024-12-06" in err and "--dry-run" in err
    assert "1 new alerts would be told" in tell("2024-12-05", "", "--dry-run")[1]


def test_a_broken_document_of_state_is_named_and_nothing_is_told_twice(tell, store):
    tell()
    path = store.folder / "state" / "alerts.json"
    for broken in ("{", "[]", '{"form": 99}', '{"form": 1, "alerts": {"x": {}}}'):
        path.write_text(broken)
        status, _, err = tell()
        assert status == 2 and "alerts.json" in err and "mend it" in err
        assert path.read_text() == broken


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0 and not Path("/dev/full").exists(), reason="no full disk here")
def test_a_disk_that_is_full_is_said(tell, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "alerts.json")

    monkeypatch.setattr("analysis.store.state.write_whole", full)
    status, _, err = tell()
    assert status == 2 and "No space left" in err


def test_two_at_once_do_not_both_send(tell, store):
    with Kept(store.folder).alone():
        status, _, err = tell()
    assert status == 1 and "another process" in err


def test_what_articles_smuggle_does_no_harm_in_feed_terminal_or_hook(tell, store, receiver):
    store.add(frame(piece(9, "2024-12-05", f"Milan have sacked manager Mario Brenta {ATTACK}.", ATTACK, ATTACK)))
    status, out, err = tell("2024-12-05", HOOK.format(url=receiver.url))
    assert status == 0 and "\x1b" not in out + err
    words = feed_path(store).read_text("utf-8")
    assert "<script" not in words and "<img" not in words and len(receiver.posts) == 2


def test_only_so_many_alerts_are_kept(alert):
    from dataclasses import replace

    outbox = Outbox()
    many = [replace(alert, id=str(number)) for number in range(SHOWN + 50)]
    assert len(outbox.add(many, lambda rule: ("feed",))) == SHOWN + 50
    for one in many:
        outbox.strike(one.id, "feed")
    assert [one.id for one in outbox.newest()] == [str(number) for number in range(50, SHOWN + 50)]
    assert len(outbox.alerts) == SHOWN
    assert outbox.add(many, lambda rule: ("feed",)) == []


def _killed_after_sending(folder: str, rules: str, environment: dict) -> None:
    """Run `alert` and die by kill -9 once the receiver has the alert and before that is written down."""
    os.environ.update(environment)
    written = []
    write = Kept.write

    def write_or_die(self, outbox):
        written.append(1)
        if len(written) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        write(self, outbox)

    Kept.write = write_or_die
    main(["alert", "--store", folder, "--rules", rules, "--as-of", "2024-12-05"])


def test_a_kill_between_sending_and_writing_it_down_sends_again_under_the_same_key(store, receiver, tmp_path, capsys):
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES.replace("{more}", HOOK.format(url=receiver.url)), "utf-8")
    store.read_new()
    arguments = (str(store.folder), str(rules), {"PANCHINA_WEBHOOK_SECRET": SECRET})
    process = multiprocessing.get_context("spawn").Process(target=_killed_after_sending, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL and len(receiver.posts) == 1
    for _ in range(2):
        assert main(["alert", "--store", str(store.folder), "--rules", str(rules), "--as-of", "2024-12-05"]) == 0
    assert len(receiver.posts) == 2
    assert len({headers["idempotency-key"] for headers, _ in receiver.posts}) == 1
    assert len(entries(store)) == 1


def test_no_secret_reaches_what_is_kept_or_printed(store, receiver, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES.replace("{more}", "[webhook]\n"), "utf-8")
    environment = {**os.environ, "PANCHINA_WEBHOOK_SECRET": SECRET, "PANCHINA_WEBHOOK_URL": receiver.url}
    arguments = ["alert", "--store", str(store.folder), "--rules", str(rules), "--as-of", "2024-12-05"]
    done = subprocess.run(
        [sys.executable, "-m", "analysis", *arguments], cwd=ROOT, env=environment, capture_output=True
    )
    assert done.returncode == 0 and len(receiver.posts) == 1
    kept = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    for secret in (SECRET.encode(), b"secret-part"):
        assert secret not in kept + done.stdout + done.stderr


def test_today_is_the_clock_of_the_command_and_nothing_else(store, tmp_path, capsys):
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES.replace("{more}", ""), "utf-8")
    assert main(["alert", "--store", str(store.folder), "--rules", str(rules)]) == 0
    today = datetime.now(UTC).date().isoformat()
    assert f"0 new alerts as of {today[:8]}" in capsys.readouterr().out
    assert json.loads((store.folder / "state" / "alerts.json").read_text())["last"] == command.day(today)
