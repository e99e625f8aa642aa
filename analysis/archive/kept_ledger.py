"""The index's ledgers of a shelf, worked out when it is laid out and mapped like its frames.

`ledgers/all` holds the ledger of all articles, `ledgers/it` ... those of one language, `ledgers/places` where the rows
of an article stand. A ledger counts only while everything it was made from is the same: the claims, the record of
spells of the coaches in them, the parameters and the code.
"""

import ast
import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.gazetteer import Spell
from analysis.index import ledger as ledgers
from analysis.index import placing, pressure, running, spells, stage_window, votes
from analysis.index.ledger import SHARED_KEYS, Ledger, build_ledger
from analysis.index.parameters import Parameters
from analysis.index.places import Places
from analysis.index.placing import coded
from analysis.index.running import Running
from analysis.index.votes import Votes
from analysis.schema import LANGUAGES

FOLDER = "ledgers"
_ARRAYS = ("backings", "told", "neutral", "said", *SHARED_KEYS)
_PARTS = {"votes": Votes, "running": Running}
_TAKEN = ("spell", "day", "row", "stage")
_CODE = (ledgers, placing, pressure, running, spells, stage_window, votes)


def keep_ledgers(folder: Path, claims: pd.DataFrame, stories: pd.DataFrame, evidence: pd.DataFrame,
                 record: Iterable[Spell], last: date) -> None:  # fmt: skip
    """Work out the ledgers of a shelf's frames up to the day `last` and write them into its `folder`."""
    making = folder / f".{FOLDER}"
    shutil.rmtree(making, ignore_errors=True)
    places = {"stories": Places(stories), "evidence": Places(evidence)}
    for name, each in places.items():
        _save(making / "places", dict(zip(_places_of(name), each.by_key, strict=True)))
    record = list(record)
    for languages in ((), *((lang,) for lang in LANGUAGES)):
        kept = claims["lang"].isin(languages).to_numpy(dtype=bool) if languages else None
        _keep(making / _name(languages), build_ledger(claims, stories, record, None, last, kept), record)
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    making.rename(folder / FOLDER)


def _name(languages: tuple[str, ...]) -> str:
    return languages[0] if languages else "all"


def _keep(folder: Path, made: Ledger, record: list[Spell]) -> None:
    arrays = {name: getattr(made, name) for name in _ARRAYS} | {f"taken_{name}": made.taken[name] for name in _TAKEN}
    arrays |= {f"{part}_{field.name}": getattr(getattr(made, part), field.name)
               for part, kind in _PARTS.items() for field in fields(kind)}  # fmt: skip
    _save(folder, arrays)
    made.spells.to_parquet(folder / "spells.parquet")
    about = {"first": made.first, "last": made.last, "made_from": _made_from(made.claims, record, made.last)}
    (folder / "about.json").write_text(json.dumps(about), "utf-8")


def _save(folder: Path, arrays: dict[str, np.ndarray]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.asarray(array))


def _made_from(claims: pd.DataFrame, record: Iterable[Spell], last: int) -> str:
    """A name for everything that a ledger rests on."""
    ends = claims.iloc[[0, -1]]["article_id"].tolist() if len(claims) else []
    named = set(coded(claims["coach"])[1])
    told = [len(claims), ends, sorted(repr(spell) for spell in record if spell.coach in named), Parameters(), last]
    told += [_code(Path(module.__file__)) for module in _CODE]
    return hashlib.sha256(repr(told).encode()).hexdigest()


@cache
def _code(path: Path) -> str:
    """What a module does, wherever what it imports lies and whatever its comments and line breaks are."""
    tree = ast.parse(path.read_text("utf-8"))
    tree.body = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    return ast.dump(tree)


def is_kept(folder: Path, claims: pd.DataFrame, record: Iterable[Spell]) -> bool:
    """Whether the ledgers of the shelf `folder` still count."""
    about = folder / FOLDER / _name(()) / "about.json"
    if not about.is_file():
        return False
    told = json.loads(about.read_text("utf-8"))
    return told["made_from"] == _made_from(claims, record, told["last"])


def kept_ledger(folder: Path, languages: tuple[str, ...], claims: pd.DataFrame, stories: pd.DataFrame,
                record: Iterable[Spell]) -> Ledger | None:  # fmt: skip
    """The ledger of the shelf `folder` for articles in `languages` (all where empty); None where none fits."""
    place = folder / FOLDER / _name(languages)
    if len(languages) > 1 or not (place / "about.json").is_file():
        return None
    about = json.loads((place / "about.json").read_text("utf-8"))
    if about["made_from"] != _made_from(claims, record, about["last"]):
        return None
    arrays = {path.stem: _mapped(path) for path in place.glob("*.npy")}
    parts = {part: kind(*(arrays[f"{part}_{field.name}"] for field in fields(kind))) for part, kind in _PARTS.items()}
    taken = pd.DataFrame({name: arrays[f"taken_{name}"] for name in _TAKEN}, copy=False)
    table = pd.read_parquet(place / "spells.parquet")
    kept = Ledger(Parameters(), about["first"], about["last"], table, claims, stories, taken, **parts,
                  **{name: arrays[name] for name in _ARRAYS if name not in SHARED_KEYS})  # fmt: skip
    vars(kept).update({name: arrays[name] for name in SHARED_KEYS}, places=kept_places(folder, "stories", stories))
    return kept


def kept_places(folder: Path, name: str, frame: pd.DataFrame) -> Places:
    """Where the rows of an article stand in `frame`, the shelf's stories, articles or evidence."""
    paths = [folder / FOLDER / "places" / f"{part}.npy" for part in _places_of(name)]
    return Places(frame, tuple(map(_mapped, paths)) if all(path.is_file() for path in paths) else None)


def _places_of(name: str) -> tuple[str, str]:
    """Names of the arrays of `Places.by_key`; stories and articles have the same rows."""
    kind = "evidence" if name == "evidence" else "articles"
    return f"{kind}_keys", f"{kind}_rows"


def _mapped(path: Path) -> np.ndarray:
    return np.asarray(np.load(path, mmap_mode="r"))
