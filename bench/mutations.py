"""Articles and files mutated by chance, for bench.fuzz: everything follows from the random.Random that is given."""

import csv
import io
import json
import random
from collections.abc import Callable
from html import escape

import pyarrow as pa
from pyarrow import parquet

from analysis.load.rows import FIELDS
from tests.hostile.attacks import TEXTS, URLS

Briefs = list[tuple[str, str, str]]
Harm = Callable[[random.Random, bytes], bytes]
LONGEST = 6000
_ATTACKS = [attack for attack in TEXTS.values() if len(attack) <= LONGEST]
_DATES = (
    "2024-12-06", "0000-01-01", "9999-12-31", "2024-13-45", "6 dicembre 2024", "1e999", "-1", "\0", "1733479200",
    "2024-12-06T25:61:61Z", "Fri, 06 Dec 2024 10:00:00 +9999", "٢٠٢٤-١٢-٠٦",
)  # fmt: skip
_BYTES = (
    b"\0", b"\xff", b"\xc3", b'"', b"'", b"\\", b"<", b">", b"&", b"{", b"[", b"]]>", b"<!--", b"\x1b", b"]", b"}",
    b",", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"&#0;", b"\\ud800", b"1e999", b"</",
)  # fmt: skip
_RANGES = (
    (0, 0x9F), (0x300, 0x36F), (0x2000, 0x206F), (0xD800, 0xDFFF), (0xFE00, 0xFFFF), (0x1F300, 0x1FAFF), (0, 0x10FFFF),
)  # fmt: skip


def good_row(number: int, place: int) -> dict:
    """A row that must come through, whatever stands beside it."""
    name = f"good{number}x{place}"
    return {
        "id": name,
        "date": "2024-12-06",
        "lang": "en",
        "source": "Desk",
        "url": f"https://good.example/{name}",
        "title": f"A plain title {name}",
        "text": f"The words of {name} stand here and say nothing of anybody.",
    }


def mutated(chance: random.Random, briefs: Briefs) -> dict:
    """An article of the season with one to four changes in its title or text, and fields that may be hostile."""
    title, text, lang = chance.choice(briefs)
    for _ in range(chance.randint(1, 4)):
        change = chance.choice(_CHANGES)
        if chance.random() < 0.25:
            title = change(chance, title, briefs)[:LONGEST]
        else:
            text = change(chance, text, briefs)[:LONGEST]
    odd = {"id": _attack(chance), "date": chance.choice(_DATES), "lang": _attack(chance), "source": _attack(chance),
           "url": chance.choice(list(URLS.values()))[:LONGEST]}  # fmt: skip
    kept = {name: value for name, value in odd.items() if chance.random() < 0.2}
    return {"id": "", "date": "2024-12-06", "lang": lang, "source": "", "url": "", "title": title, "text": text} | kept


def _attack(chance: random.Random) -> str:
    return chance.choice(_ATTACKS)


def _span(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, chance.randint(start, min(len(text), start + chance.choice((1, 5, 40, 400))))


def _insert(chance: random.Random, text: str, briefs: Briefs) -> str:
    start, _ = _span(chance, text)
    return text[:start] + _attack(chance) + text[start:]


def _replace(chance: random.Random, text: str, briefs: Briefs) -> str:
    start, end = _span(chance, text)
    return text[:start] + _attack(chance) + text[end:]


def _cut(chance: random.Random, text: str, briefs: Briefs) -> str:
    start, end = _span(chance, text)
    return text[:start] + text[end:]


def _repeat(chance: random.Random, text: str, briefs: Briefs) -> str:
    start, end = _span(chance, text)
    return text[:start] + text[start:end] * chance.choice((2, 10, 100)) + text[end:]


def _turn(chance: random.Random, text: str, briefs: Briefs) -> str:
    start, end = _span(chance, text)
    return text[:start] + chance.choice((str.upper, str.lower, str.title, str.swapcase))(text[start:end]) + text[end:]


def _cross(chance: random.Random, text: str, briefs: Briefs) -> str:
    other = chance.choice(briefs)[1]
    return text[: _span(chance, text)[0]] + other[_span(chance, other)[0] :]


def _shuffle(chance: random.Random, text: str, briefs: Briefs) -> str:
    words = text.split(" ")
    start, end = sorted(chance.randint(0, len(words)) for _ in range(2))
    part = words[start:end]
    chance.shuffle(part)
    return " ".join([*words[:start], *part, *words[end:]])


def _strange(chance: random.Random, text: str, briefs: Briefs) -> str:
    start, end = _span(chance, text)
    signs = [chr(chance.randint(*chance.choice(_RANGES))) for _ in range(chance.randint(1, 20))]
    return text[:start] + "".join(signs) + text[end:]


_CHANGES = (_insert, _replace, _cut, _repeat, _turn, _cross, _shuffle, _strange)


def damaged(chance: random.Random, data: bytes) -> bytes:
    """`data` with a few bytes changed, cut, doubled or put in."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice((0, 0, 1, 1, 4, 30)))
        put = chance.choice((b"", data[start:end] * 2, bytes([chance.randint(0, 255)]), *_BYTES))
        data = data[:start] + put + data[end:]
    return data


def _harmed(chance: random.Random, row: dict, line: bytes, harm: Harm | None) -> bytes:
    """The line of a row; that of a good one stays as it is, and none becomes two."""
    is_good = row["id"].startswith("good")
    return line if is_good or harm is None else harm(chance, line).replace(b"\n", b" ")


def _json_lines(chance: random.Random, rows: list[dict], harm: Harm | None) -> bytes:
    return b"\n".join(_harmed(chance, row, json.dumps(row).encode(), harm) for row in rows)


def _json_array(chance: random.Random, rows: list[dict], harm: Harm | None) -> bytes:
    return json.dumps(rows, indent=chance.choice((None, 1))).encode()


def _table(delimiter: str) -> Callable[[random.Random, list[dict], Harm | None], bytes]:
    def write(chance: random.Random, rows: list[dict], harm: Harm | None) -> bytes:
        return b"".join([_cells(dict(zip(FIELDS, FIELDS, strict=True)), delimiter),
                         *(_harmed(chance, row, _cells(row, delimiter)[:-2], harm) + b"\r\n" if harm
                           else _cells(row, delimiter) for row in rows)])  # fmt: skip

    return write


def _cells(row: dict, delimiter: str) -> bytes:
    stream = io.StringIO()
    csv.DictWriter(stream, FIELDS, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerow(row)
    return stream.getvalue().encode("utf-8", "replace")


def _parquet(chance: random.Random, rows: list[dict], harm: Harm | None) -> bytes:
    stream = io.BytesIO()
    clean = [{name: value.encode("utf-8", "replace").decode() for name, value in row.items()} for row in rows]
    parquet.write_table(pa.Table.from_pylist(clean), stream, row_group_size=chance.choice((1, 7, 1000)))
    return stream.getvalue()


FILES = (
    ("a.jsonl", _json_lines),
    ("a.json", _json_array),
    ("a.csv", _table(",")),
    ("b.csv", _table(";")),
    ("a.tsv", _table("\t")),
    ("a.parquet", _parquet),
)
"""Formats of many rows, and how they are written. JSON arrays and Parquet are not damaged: they break as one."""


def _rss(chance: random.Random, rows: list[dict]) -> bytes:
    items = "".join(
        f"<item><guid>{_xml(row['id'])}</guid><title>{_xml(row['title'])}</title><link>{_xml(row['url'])}</link>"
        f"<pubDate>{_xml(row['date'])}</pubDate><description>{_xml(row['text'])}</description></item>"
        for row in rows
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()


def _atom(chance: random.Random, rows: list[dict]) -> bytes:
    entries = "".join(
        f'<entry><id>{_xml(row["id"])}</id><title type="text">{_xml(row["title"])}</title>'
        f'<link href="{_xml(row["url"])}"/><updated>{_xml(row["date"])}</updated>'
        f'<content type="text">{_xml(row["text"])}</content></entry>'
        for row in rows
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title>{entries}</feed>'.encode()


def _xml(value: str) -> str:
    return escape(
        "".join(c for c in value if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe"))
    )


def gdelt_answer(chance: random.Random, rows: list[dict], harm: Harm | None) -> bytes:
    """A list as GDELT sends it, with escapes of its own making; damaged where no good row is."""
    told = (_harmed(chance, row, _gdelt_row(chance, row), harm) for row in rows)
    return b'{"articles": [' + b",\n".join(told) + b"]}"


def _gdelt_row(chance: random.Random, row: dict) -> bytes:
    is_good = row["id"].startswith("good")
    date = "20241206T101500Z" if is_good else chance.choice((row["date"], "20241206T101500Z", "20249999T999999Z", ""))
    told = {"url": row["url"], "url_mobile": "", "title": row["title"], "seendate": date, "domain": row["source"],
            "language": "English" if is_good else chance.choice(("Italian", "Klingon", "", row["lang"]))}  # fmt: skip
    odd = None if is_good else chance.choice((*told, *[None] * 20))
    if odd:
        told[odd] = chance.choice((None, 7, [], {}, True, 1e308))
    line = json.dumps(told, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")
    # GDELT escapes signs that JSON does not.
    return line if is_good or chance.random() < 0.5 else line.replace(b"'", rb"\'").replace(b"-", rb"\-")


def page(chance: random.Random, row: dict) -> bytes:
    """A web page of a row, its text escaped or as it is."""
    markup = chance.choice((escape, str))(row["text"])
    page = f"<html><head><title>{row['title']}</title></head><body><article><p>{markup}</p></article></body></html>"
    return page.encode("utf-8", "replace")


FEEDS = (_rss, _atom)
