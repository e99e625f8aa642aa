"""Stores of articles about invented coaches, alerts of invented news, and receivers on this machine."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

from analysis.alerts.message import Alert, Evidence
from analysis.commands.registry import main
from analysis.store import Store
from tests.store.conftest import frame

ATTACK = (
    "<img src=x onerror=alert(1)> [click](javascript:alert(1)) **bold** `code` # head\r\nBcc: evil@example.net\r\n"
    "\x00\x1b[31m\u202e <script>alert(1)</script> ]]> &amp; www.evil.example https://evil.example evil.example @all"
)
RULES = """
[feed]
file = "alerts.atom"
{more}
[[rule]]
name = "in trouble"
stage = ["pressure", "ultimatum"]
[[rule]]
name = "gone"
stage = ["dismissed", "resigned", "left_mutual"]
"""
SECRET = "an invented secret of some length"


def piece(number: int, day: str, text: str, source: str = "Invented Post", title: str = "") -> dict:
    """An invented article about an invented coach of a real club."""
    return {"article_id": f"a{number}", "published_at": pd.Timestamp(day, tz="UTC"), "date_precision": "day",
            "lang": "en", "source": source, "url": f"https://invented.example/{number}", "title": title,
            "text": text}  # fmt: skip


QUIET = "Everton manager Tom Ashdown named his team for Saturday's game against Fulham."
PRESSURE = "Everton manager Tom Ashdown is under pressure after a third defeat in a row."
SACKED = "Everton have sacked manager Tom Ashdown, the club announced on Monday."


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    """A store in which Tom Ashdown of Everton comes under pressure on 5 December 2024."""
    for name in ("PANCHINA_URL", "PANCHINA_WEBHOOK_URL", "PANCHINA_WEBHOOK_SECRET", "PANCHINA_SMTP_USER",
                 "PANCHINA_SMTP_PASSWORD"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    kept = Store(tmp_path / "store")
    kept.add(frame(piece(1, "2024-11-20", QUIET), piece(2, "2024-12-05", PRESSURE)))
    return kept


@pytest.fixture
def tell(store, tmp_path, capsys):
    """Run `alert` on the store as of a day, with more settings in the rules file; exit status and what was printed."""

    def run(day: str = "2024-12-05", more: str = "", *arguments: str, rules: str = RULES) -> tuple[int, str, str]:
        path = tmp_path / "rules.toml"
        path.write_text(rules.replace("{more}", more), "utf-8")
        status = main(["alert", "--store", str(store.folder), "--rules", str(path), "--as-of", day, *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def alert() -> Alert:
    """An alert of invented news."""
    evidence = Evidence("Ashdown has one game to save his job.", "Ashdown on the brink", "Invented Post", "2024-12-04",
                        "en", "https://invented.example/7")  # fmt: skip
    return Alert("7a3b5d0e-9a53-5c6a-8c1f-0b6e5f0c1c3e", "in trouble", "stage", "2024-12-05",
                 "2024-12-05T10:00:00+00:00", "Tom Ashdown", "Everton", "ultimatum", True, 70.0, 52.0, 76.0, None,
                 None, None, "", evidence, "https://p.example/coach?coach=Tom+Ashdown&day=2024-12-05")  # fmt: skip


@pytest.fixture
def hostile(alert) -> Alert:
    """The same alert where every word that comes from articles is an attack."""
    evidence = Evidence(ATTACK, ATTACK, ATTACK, "2024-12-04", '"><b>', "javascript:alert(1)")
    return replace(alert, coach=ATTACK, club=ATTACK, evidence=evidence)


class Receiver:
    """A web server on this machine that keeps what is posted and answers with the `statuses`, the last for ever."""

    def __init__(self):
        self.statuses: list[int] = [200]
        self.headers: dict[str, str] = {}
        self.posts: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.posts.append(({key.lower(): value for key, value in self.headers.items()}, body))
                statuses = receiver.statuses
                self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
                for key, value in {"Content-Length": "0", **receiver.headers}.items():
                    self.send_header(key, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook/secret-part"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def told(self) -> list[dict]:
        """The posted bodies."""
        return [json.loads(body) for _, body in self.posts]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver(monkeypatch):
    monkeypatch.setenv("PANCHINA_WEBHOOK_SECRET", SECRET)
    served = Receiver()
    yield served
    served.close()


def feed_path(store: Store) -> Path:
    return store.folder / "alerts.atom"
