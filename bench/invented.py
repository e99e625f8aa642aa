"""A large archive of invented articles for benchmarks: what their reading would have found, on a shelf.

usage: python -m bench.invented DIR [ARTICLES] [COACHES]   (default: 1000000 articles, 4000 coaches, five years)

Invented people at real clubs, and texts of one sentence; how often a coach is written about falls off as in the press,
from thousands of articles to a few. The same arguments give the same archive.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.archive.shelf import SHELVED, add_ledgers, has_ledgers, write_shelf
from analysis.gazetteer import load_gazetteer
from analysis.schema import CAUSES, DIRECTION, LANGUAGES, STAGES

FIRST, YEARS = pd.Timestamp("2020-01-01", tz="UTC"), 5
PART = 50_000
SOURCES = 400
_SHARES = {"none": 0.6, "speculation": 0.12, "pressure": 0.12, "ultimatum": 0.03, "succession": 0.02, "dismissed": 0.01,
           "resigned": 0.003, "left_mutual": 0.002, "reassured": 0.07, "renewed": 0.025}  # fmt: skip
_RISK = {"none": 0, "speculation": 1, "pressure": 3, "ultimatum": 3, "succession": 3, "dismissed": 4, "resigned": 4,
         "left_mutual": 4, "reassured": 1, "renewed": 0}  # fmt: skip
_GIVEN = ("Ada", "Bruno", "Carla", "Dino", "Elia", "Fabio", "Gino", "Hugo", "Ivo", "Jan", "Karl", "Leo", "Mara", "Nino",
          "Olga", "Pavel", "Rita", "Sven", "Tito", "Ugo")  # fmt: skip
_SYLLABLES = ("bra", "ven", "tor", "mal", "ser", "lun", "kor", "dan", "fel", "gri")


def names(count: int) -> list[str]:
    """Distinct invented names."""
    surnames = [f"{a}{b}{c}".title() for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
    return [f"{_GIVEN[number // len(surnames) % len(_GIVEN)]} {surnames[number % len(surnames)]}"
            for number in range(count)]  # fmt: skip


def articles(count: int, coaches: int) -> Iterator[dict[str, pd.DataFrame]]:
    """Parts of the archive by day: a frame for each of analysis.archive.shelf.SHELVED."""
    chance = np.random.default_rng(20241206)
    people = np.array(names(coaches), dtype=object)
    weight = 1 / np.arange(20, coaches + 20)
    clubs = np.array(sorted(load_gazetteer().clubs), dtype=object)
    minutes = np.sort(chance.integers(0, YEARS * 365 * 1440, count))
    moving = chance.integers(0, YEARS * 365, coaches)
    for start in range(0, count, PART):
        size = min(PART, count - start)
        who = chance.choice(coaches, size, p=weight / weight.sum())
        moved = minutes[start : start + size] // 1440 > moving[who]
        where = clubs[(who + moved * 7) % len(clubs)]
        yield _part(start, minutes[start : start + size], people[who], where, chance)


def _part(start: int, minutes: np.ndarray, coach: np.ndarray, club: np.ndarray, chance) -> dict[str, pd.DataFrame]:
    size = len(minutes)
    number = np.arange(start, start + size)
    stage = chance.choice(list(_SHARES), size, p=list(_SHARES.values())).astype(object)
    when = FIRST + pd.to_timedelta(minutes, unit="min")
    quote = np.array(
        [f"{name} is spoken of as {told} ({n})" for name, told, n in zip(coach, stage, number, strict=True)]
    )
    titles = [f"{name}, {team}: news of the day" for name, team in zip(coach, club, strict=True)]
    ids = np.array([f"n{n:015d}" for n in number])
    source = chance.integers(0, SOURCES, size)
    desk = np.array([f"Desk {n:03d}" for n in range(SOURCES)], dtype=object)[source]
    place = {"article_id": ids, "published_at": when}
    lang = np.array(LANGUAGES, dtype=object)[source % len(LANGUAGES)]
    article = pd.DataFrame({**place, "date_precision": "day", "lang": lang, "source": desk,
                            "url": [f"https://desk{s}.example/n/{n}" for s, n in zip(source, number, strict=True)],
                            "title": titles, "text": [f"{words}. The match is on Sunday." for words in quote],
                            "story_id": ids})  # fmt: skip
    claims = pd.DataFrame({**place, "date_precision": "day", "lang": lang, "source": desk, "coach": coach, "club": club,
                           "stage": stage, "risk": pd.Series(stage).map(_RISK).astype("int64"),
                           "direction": pd.Series(stage).map(DIRECTION), "confidence": 0.8,
                           "official": (chance.random(size) < 0.05) & np.isin(stage, ["reassured", "renewed"]),
                           "overruled": ""})  # fmt: skip
    told = stage != "none"
    span = {"field": "text", "start": 0, "end": [len(words) for words in quote], "text": quote}
    evidence = pd.DataFrame({"article_id": ids, "coach": coach, "stage": stage, **span})[told]
    linked = chance.random(size) < 0.3
    relation = np.array(["employer", "opponent", "destination", "former"], dtype=object)[chance.integers(0, 4, size)]
    relations = pd.DataFrame({**place, "coach": coach, "club": np.where(relation == "employer", club, club[::-1]),
                              "relation": relation, "detail": "", **span})[linked]  # fmt: skip
    cause = np.array(CAUSES, dtype=object)[chance.integers(0, len(CAUSES), size)]
    causes = pd.DataFrame({**place, "coach": coach, "cause": cause, **span})[told & (chance.random(size) < 0.4)]
    return {"claims": claims, "articles": article, "evidence": evidence, "relations": relations, "causes": causes}


def build(folder: Path, count: int = 1_000_000, coaches: int = 4000) -> Path:
    """Write the archive to `folder` as a shelf, unless just this one is there; returns the folder."""
    told = folder / "made.txt"
    made = f"{count} articles, {coaches} coaches, {STAGES} version 3"
    if not told.exists() or told.read_text("utf-8") != made:
        parts = list(articles(count, coaches))
        write_shelf(folder, {name: [part[name] for part in parts] for name in SHELVED})
        del parts
        told.write_text(made, "utf-8")
    if not has_ledgers(folder):
        add_ledgers(folder)
    return folder


def main() -> None:
    """Write the archive that the arguments ask for."""
    numbers = [int(argument) for argument in sys.argv[2:]]
    print(build(Path(sys.argv[1]), *numbers))


if __name__ == "__main__":
    main()
