"""sources.toml read into sources; whatever is wrong in it is named by file, table and key, all at once."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from analysis.collect.kinds import COMMON, KINDS, REQUIRED, Key, Source, keys_of
from analysis.store import canonical_url

DEFAULT = Path(__file__).resolve().parents[2] / "data" / "sources.toml"
_TYPES = {str: "a text in quotes", int: "a whole number", bool: "true or false", list: "a list of texts",
          float: "a number"}  # fmt: skip


class SourcesError(ValueError):
    """A sources.toml that cannot be used; the message has one line for each thing to mend."""


def read_sources(path: Path) -> list[Source]:
    """The enabled sources in the file `path`, in its order. Raises SourcesError, and OSError where there is none."""
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path}: no TOML: {error}") from None
    problems: list[str] = []
    sources = [source for source in _sources(document, problems) if source is not None]
    if not document and not problems:
        problems.append("no tables; begin with [[feed]], name = ..., url = ...")
    if problems:
        raise SourcesError("\n".join(f"{path}: {problem}" for problem in problems))
    return sources


def _sources(document: dict, problems: list[str]) -> Iterator[Source | None]:
    taken: dict[str, str] = {}
    for kind, tables in document.items():
        if kind not in KINDS:
            problems.append(
                f"[[{kind}]]: no such kind of source; there are {', '.join(f'[[{name}]]' for name in KINDS)}"
            )
        elif not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            problems.append(f"[{kind}]: write [[{kind}]], in double brackets, over each source")
        else:
            for number, table in enumerate(tables, start=1):
                place = f"[[{kind}]] {number} ({str(table.get('name', 'without name'))[:60]})"
                yield _source(kind, table, place, taken, problems)


def _source(kind: str, table: dict, place: str, taken: dict[str, str], problems: list[str]) -> Source | None:
    keys = keys_of(kind)
    found = [f"key {key!r} is not known; known are {', '.join(keys)}" for key in table if key not in keys]
    found += [problem for name, key in keys.items() if (problem := _problem(name, key, table))]
    if not found:
        found += _of_all(kind, table, place, taken)
    problems += [f"{place}: {problem}" for problem in found]
    if found or not table.get("enabled", True):
        return None
    options = {name: table.get(name, key.default) for name, key in keys.items() if name not in COMMON}
    common = {name: table[name] for name in ("lang", "days", "robots") if name in table}
    return Source(kind, table["name"].strip(), options=options, **common)


def _of_all(kind: str, table: dict, place: str, taken: dict[str, str]) -> list[str]:
    """What may be wrong with the keys that all kinds have."""
    found = []
    if (name := f"{kind}: {table['name'].strip()}") in taken:
        found.append(f"key 'name': {taken[name]} has this name already; give each its own")
    taken[name] = place
    if not re.fullmatch(r"(?:[a-z]{2,3})?", table.get("lang", "")):
        found.append(f"key 'lang': {table['lang']!r} is no language; write a code as it, es, en, fr, de or pt")
    if not 1 <= table.get("days", 1) <= 36500:
        found.append(f"key 'days': {table['days']} is not between 1 and 36500")
    return found


def _problem(name: str, key: Key, table: dict) -> str:
    """What is wrong with the value of the key `name`, "" if nothing."""
    if name not in table:
        return f"key {name!r} is missing" if key.default is REQUIRED else ""
    value = table[name]
    is_right = isinstance(value, key.type) and (key.type is bool or not isinstance(value, bool))
    if key.type is float and isinstance(value, int) and not isinstance(value, bool):
        is_right = True
    texts = value if isinstance(value, list) else [value]
    if not is_right or (key.type is list and not all(isinstance(text, str) for text in texts)):
        return f"key {name!r}: {str(value)[:60]!r} is not {_TYPES[key.type]}"
    if key.default is REQUIRED and not (value if key.type is list else str(value).strip()):
        return f"key {name!r} is empty"
    wrong = [text for text in texts if key.is_url and text and not canonical_url(text)]
    return f"key {name!r}: {wrong[0][:80]!r} is no web address; it begins with http:// or https://" if wrong else ""
