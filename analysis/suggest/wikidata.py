"""Names from Wikidata's query service: queries in SPARQL out, forms of names in, whatever comes told by name."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from analysis.collect.errors import BadStatus, CollectError, Unreadable
from analysis.collect.fetch import JSON, Bounds, Client
from analysis.store.addresses import LONGEST
from analysis.suggest.review import one_line
from analysis.text import LANGUAGES

BASE = "https://query.wikidata.org/sparql"
PLACE = "$NAMES"
"""What stands in a query for the names that are asked for."""
BOUNDS = Bounds(step_seconds=65, seconds=75, most_bytes=20_000_000)
"""The service gives a query a minute."""
MOST_NAMES = 40
"""Names asked for at once."""
LONGEST_FORM = 60
_COMMENT = re.compile(r"(?m)(?:^|\s)#.*$")
"""A hash within an address (<...#label>) has no blank before it."""
_HINTS = {
    400: "the query is not SPARQL as it takes it",
    403: "it has shut this reader out; wait a day",
    429: "it asks for fewer requests; try again later",
    500: "the query took it too long; ask for less",
}
_ITEM = re.compile(r"Q\d{1,12}")


class Form(NamedTuple):
    """A form of a name: the name it was asked for by, its item (Q and a number, or ""), language, and what else is
    told of the person or club (gender, nationality, country)."""

    name: str
    form: str
    lang: str
    item: str = ""
    gender: str = ""
    land: str = ""


def queries(query: str, names: Iterable[str], base: str = BASE) -> Iterator[str]:
    """Addresses that ask `query` for `names`, as many at a time as fit; one address where it has no place for them.

    Raises Unreadable where the query is too long for an address.
    """
    text = "\n".join(line.strip() for line in _COMMENT.sub("", query).splitlines() if line.strip())
    if PLACE not in text:
        yield _address(base, text)
        return
    batch: list[str] = []
    for name in names:
        if batch and (len(batch) == MOST_NAMES or not _fits(base, _filled(text, [*batch, name]))):
            yield _address(base, _filled(text, batch))
            batch = []
        batch.append(name)
    if batch:
        yield _address(base, _filled(text, batch))


def _filled(text: str, names: list[str]) -> str:
    return text.replace(PLACE, " ".join(f"{json.dumps(name, ensure_ascii=False)}@en" for name in names))


def _url(base: str, query: str) -> str:
    return f"{base}{'&' if '?' in base else '?'}{urlencode({'query': query, 'format': 'json'})}"


def _fits(base: str, query: str) -> bool:
    return len(_url(base, query)) <= LONGEST


def _address(base: str, query: str) -> str:
    if not _fits(base, query):
        raise Unreadable(f"the query is too long for an address, which holds {LONGEST} characters; shorten it")
    return _url(base, query)


def ask(client: Client, url: str) -> list[Form]:
    """The forms that the service answers. Fails as Client.get does, and with Unreadable where it answers none."""
    try:
        # The service is made for programs; its robots.txt is for those that follow links.
        answer = client.get(url, JSON, robots=False)
    except BadStatus as error:
        raise CollectError(f"{error}: {_HINTS.get(error.status, 'try again later')}") from error
    return read_forms(answer.body)


def read_forms(body: bytes) -> list[Form]:
    """The forms in an answer of SPARQL JSON. Raises Unreadable where it is none, or without ?name and ?form."""
    text = body.decode("utf-8", "replace")
    if "TimeoutException" in text[-20_000:]:
        raise Unreadable("the query took the service too long, and its answer breaks off; ask for less")
    try:
        document = json.loads(text)
        told, bindings = document["head"]["vars"], document["results"]["bindings"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable("the answer is no SPARQL JSON; is this the address of a query service?") from None
    if not {"name", "form"} <= set(told) or not isinstance(bindings, list):
        raise Unreadable(f"the answer has ?{', ?'.join(map(str, told))}; the query must select ?name and ?form")
    return [form for row in bindings if isinstance(row, dict) and (form := _form(row))]


def _form(row: dict) -> Form | None:
    cells = {key: cell for key, cell in row.items() if isinstance(cell, dict)}
    lang = str(cells.get("form", {}).get("xml:lang", "")).partition("-")[0].lower()
    values = {key: one_line(cell.get("value", "")) for key, cell in cells.items()}
    name, form = values.get("name", ""), values.get("form", "")
    if not (0 < len(name) <= LONGEST_FORM and 1 < len(form) <= LONGEST_FORM) or (lang and lang not in LANGUAGES):
        return None
    item = values.get("item", "").rpartition("/")[2]
    gender = values.get("gender", "")
    land = values.get("nationality") or values.get("country", "")
    return Form(name, form, lang, item if _ITEM.fullmatch(item) else "", gender if gender in ("men", "women") else "",
                land[:LONGEST_FORM])  # fmt: skip
