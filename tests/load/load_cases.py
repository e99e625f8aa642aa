"""What the tests of loading share."""

import csv
import io

import pandas as pd

from analysis.load import load_bytes
from analysis.load.rows import FIELDS


def read(name: str, content: str | bytes) -> list[dict]:
    return list(load_bytes(name, content.encode() if isinstance(content, str) else content))


def only(name: str, content: str | bytes) -> dict:
    (result,) = read(name, content)
    return result


def parquet(rows: dict) -> bytes:
    target = io.BytesIO()
    pd.DataFrame(rows).to_parquet(target)
    return target.getvalue()


ROW = {"id": "a1", "date": "2024-12-06", "lang": "it", "source": "Desk", "url": "https://example.org/1",
       "title": "Titolo", "text": "Testo, con \"virgolette\"\ne una riga"}  # fmt: skip


def as_csv(rows: list[dict], delimiter: str = ",") -> str:
    target = io.StringIO()
    writer = csv.DictWriter(target, FIELDS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()
