# ruff: noqa: E501
"""Hostile articles, and a published form in which coaches, clubs and all else are hostile: what others may hand over."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.schema import CAUSES, DIRECTION, PRECISIONS, RELATIONS
from analysis.store.published import ARROW, day_bytes, write_day
from tests.hostile.attacks import TEXTS, URLS, lines

PER_COACH = 10
"""Stories that a coach's page shows without turning a page."""
SURNAMES = ("Ashdown", "Brenta", "Corvel", "Dunmore", "Elvino", "Farrow", "Gelder", "Hatton", "Ivero", "Jarrow", "Kestrel",
            "Lorimer", "Marwood", "Nesbo", "Orlov", "Pellan", "Quimby", "Ravel", "Selwyn", "Tarrow", "Umber", "Varley")  # fmt: skip
CLUBS = ("Everton", "Fulham", "Brentford", "Burnley", "Leeds United", "Sunderland", "Aston Villa", "Arsenal", "Chelsea",
         "Liverpool", "Brighton", "Wolverhampton Wanderers", "Crystal Palace", "Newcastle United", "Milan", "Inter",
         "Roma", "Torino", "Parma", "Lecce", "Genoa", "Como")  # fmt: skip
_STAGES = ("pressure", "ultimatum", "speculation", "dismissed")


def coach(number: int) -> str:
    """The invented coach of article `number`."""
    return f"Tom {SURNAMES[number // PER_COACH % len(SURNAMES)]}"


def articles() -> list[dict]:
    """An article for each attack, which is its title and source, and stands before, amid and behind its sentences."""
    addresses = [*URLS.values(), *[""] * len(TEXTS)]
    return [_article(number, attack, addresses[number]) for number, attack in enumerate(TEXTS.values())]


def _article(number: int, attack: str, address: str) -> dict:
    name, club = coach(number), CLUBS[number // PER_COACH % len(CLUBS)]
    again = attack if len(attack) < 1000 else attack[:100]
    told = f"{club} manager {name} is under pressure {again} and could be sacked after a 3-0 defeat"
    text = f"{attack}\n{told}.\nNumber {number}: {club} have sacked manager {name} {again}. {number} {again}"
    return {"id": f"{number} {attack}"[:300], "date": f"2024-12-{1 + number % 6:02d}", "lang": "en", "source": attack,
            "url": address, "title": f"{attack} {name} on the brink, part {number}", "text": text}  # fmt: skip


def write_articles(path: Path) -> Path:
    """The articles as a file of JSON lines."""
    path.write_bytes(lines(articles()))
    return path


def published(folder: Path) -> Path:
    """A published form whose every word is hostile, written to `folder`."""
    attacks = [attack.encode("utf-8", "replace").decode() for attack in TEXTS.values()]
    # Long ones would only hide the others on a page that shows ten lines.
    short = [attack for attack in attacks if len(attack) < 400]
    rows = [_row(number, attack, short) for number, attack in enumerate(attacks)]
    write_day(folder, "2024-12-06", day_bytes(pa.Table.from_pylist(rows, ARROW)))
    return folder


def _row(number: int, attack: str, short: list[str]) -> dict:
    name, club = short[number // PER_COACH], short[-1 - number % len(short)]
    stage = _STAGES[number % 3 if number % PER_COACH else 1]
    text = f"{attack} danger {attack}"
    place = {"published_at": pd.Timestamp("2024-12-01", tz="UTC") + pd.Timedelta(days=number % 6)}
    start = len(attack) + 1
    span = {"field": "text", "start": start, "end": start + len("danger"), "text": "danger"}
    meta = {"date_precision": "day", "lang": attack[:200], "source": attack}
    claim = {**place, **meta, "lang": "en", "coach": name, "club": short[number // PER_COACH + 40], "stage": stage, "risk": 3,
             "direction": DIRECTION[stage], "confidence": 0.9, "official": number % 7 == 0, "overruled": attack[:300]}  # fmt: skip
    relation = {
        **place,
        "coach": name,
        "club": club,
        "relation": RELATIONS[number % len(RELATIONS)],
        "detail": "",
        **span,
    }
    return {
        "article_id": f"{number:04d} {attack}"[:200], **place, **meta, "url": URLS[list(URLS)[number % len(URLS)]][:3000],
        "title": attack, "text": text, "story_id": f"{number}", "claims": [claim],
        "evidence": [{"coach": name, "stage": stage, **span}], "relations": [relation],
        "causes": [{**place, "coach": name, "cause": CAUSES[number % len(CAUSES)], **span}],
    }  # fmt: skip


def broken(folder: Path) -> Path:
    """A published form by somebody who did not keep to its rules: unknown values, spans outside the text, no dates."""
    good = _row(0, "Brenta", list(TEXTS.values()))
    rows = [good]
    for number, (part, key, value) in enumerate(BREACHES, start=1):
        row = json.loads(json.dumps(good, default=str)) | {
            "article_id": f"broken {number}",
            "story_id": f"broken {number}",
        }
        for place in [row] if part == "" else row[part]:
            place[key] = value
        rows.append(_timed(row))
    write_day(folder, "2024-12-06", day_bytes(pa.Table.from_pylist(rows, ARROW)))
    return folder


def _timed(row: dict) -> dict:
    """`row` with its moments, which JSON writes as text, as moments again."""
    parts = [row, *(place for part in ("claims", "relations", "causes") for place in row[part])]
    for place in parts:
        moment = place.get("published_at")
        place["published_at"] = pd.Timestamp(moment) if moment else None
    return row


BREACHES = (
    ("claims", "stage", "hacked"), ("claims", "stage", None), ("claims", "direction", "hacked"), ("claims", "risk", -(2**40)),
    ("claims", "risk", None), ("claims", "confidence", None), ("claims", "confidence", 1e300), ("claims", "coach", None),
    ("claims", "coach", ""), ("claims", "club", None), ("claims", "official", None), ("claims", "published_at", None),
    ("claims", "overruled", None), ("claims", "lang", None), ("claims", "source", None),
    ("evidence", "stage", "hacked"), ("evidence", "start", -5), ("evidence", "end", 2**40), ("evidence", "field", "hacked"),
    ("evidence", "text", None), ("evidence", "coach", None), ("relations", "relation", "hacked"), ("relations", "end", -1),
    ("relations", "relation", None), ("relations", "club", None), ("relations", "club", ""), ("relations", "coach", None),
    ("relations", "detail", "hacked"), ("relations", "published_at", None), ("causes", "cause", "hacked"),
    ("causes", "cause", None), ("causes", "text", None), ("", "title", None), ("", "text", None), ("", "source", None),
    ("", "url", None), ("", "lang", None), ("", "story_id", None), ("", "published_at", None), ("", "article_id", None),
    ("", "date_precision", PRECISIONS[-1]), ("", "date_precision", "hacked"), ("claims", "published_at", "1863-01-01T00:00Z"),
    ("", "published_at", "2099-12-31T00:00Z"),
)  # fmt: skip
