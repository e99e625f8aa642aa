"""Files that cannot be read, or only in part, and what has to be said of each."""

import json
from pathlib import Path

SAID = "Everton have sacked manager Tom Ashdown after a 3-0 defeat by Fulham, the club announced."
DUTCH = "De trainer van Ajax ligt onder vuur na de nederlaag van zondag, en het bestuur vergadert vanavond over hem."
MEGABYTES = 50


def _line(**fields: str) -> bytes:
    return json.dumps(fields).encode() + b"\n"


FILES = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 200,
    "large.txt": (SAID + "\n").encode() * (MEGABYTES * 2**20 // len(SAID)),
    "broken.txt": SAID.encode() + " Perché è così: è ".encode() + b"\xc3 \xff.",
    "middle.jsonl": _line(title="First", text=SAID) + b"{bad\n" + _line(title="Last", text=SAID),
    "columns.csv": b"id,body\n1,x\n",
    "dates.jsonl": _line(text=SAID, date="0000-01-01") + _line(text=SAID, date="9999-12-31") + _line(text=SAID),
    "scripts.html": b"<html><script>window.hacked=1;alert(1)</script></html>",
    "page.html": f"<title>Page</title><script>alert(1)</script><p>{SAID}</p>".encode(),
    "dutch.txt": DUTCH.encode(),
}
TOLD = {
    "empty.txt": ["empty.txt: empty", "put an article into it"],
    "binary.txt": ["binary.txt: not a text file", "save the article as txt"],
    "large.txt": ["large.txt: more than the 2,000,000 characters", "split it into articles"],
    "broken.txt": ["broken.txt: broken UTF-8", "save it as UTF-8"],
    "middle.jsonl": ["middle.jsonl, row 2: not JSON", "write each article as one object on one line"],
    "columns.csv": ["columns.csv: header: no column title or text", "name the columns"],
    "dates.jsonl": [
        "dates.jsonl, row 1: date '0000-01-01'",
        "dates.jsonl, row 2: date '9999-12-31'",
        "write it as 2024-12-06",
    ],
    "scripts.html": ["scripts.html: no text in the page", "save what you see of it as txt"],
    "page.html": [],
    "dutch.txt": ["dutch.txt: its language (nl) is none of it, es, en, fr, de, pt", "name it in the field lang"],
}
GOOD = {"broken.txt": 1, "middle.jsonl": 2, "dates.jsonl": 3, "page.html": 1, "dutch.txt": 1}
REFUSED = {"empty.txt", "binary.txt", "large.txt", "middle.jsonl", "columns.csv", "scripts.html"}
ONLY_SCORED = {"dutch.txt"}
"""What only reading finds out; keeping and indexing do not ask for the language."""


def write_files(folder: Path) -> Path:
    """Write FILES to `folder`, and return it."""
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return folder
