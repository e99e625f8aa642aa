"""How fast near-duplicates are found: articles of 60 to 350 words, a quarter of them copies edited by another desk.

usage: python -m bench.stories [ARTICLES]   (default: 100,000 articles, 1,000 a day in six languages)
"""

import random
import sys
import time
from collections import deque

import pandas as pd

from analysis.schema import ARTICLES, LANGUAGES
from analysis.stories import group_stories
from bench import store

PER_DAY, SEED, WORDS = 1000, 1, 20_000
_CONSONANTS, _VOWELS = "bcdfglmnprstv", "aeiou"


def copies(count: int) -> pd.DataFrame:
    """Articles of schema ARTICLES about nobody, in words as unevenly used as those of a language."""
    chance = random.Random(SEED)
    known = [_word(chance) for _ in range(WORDS)]
    weights = [1 / (rank + 10) for rank in range(WORDS)]
    recent: deque[list[str]] = deque(maxlen=800)
    rows = []
    for number in range(count):
        if recent and chance.random() < 0.25:
            words = _edited(chance.choice(recent), known, chance)
        else:
            words = chance.choices(known, weights, k=chance.randint(60, 350))
        recent.append(words)
        when = pd.Timestamp("2024-01-01", tz="UTC") + pd.Timedelta(days=number / PER_DAY)
        told = {"lang": chance.choice(LANGUAGES), "title": " ".join(words[:8]), "text": " ".join(words)}
        rows.append({"article_id": f"a{number}", "published_at": when, "date_precision": "day", **told})
    return ARTICLES.frame(rows)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 4)))


def _edited(words: list[str], known: list[str], chance: random.Random) -> list[str]:
    told = list(words)
    for _ in range(chance.randint(0, 60)):
        told[chance.randrange(len(told))] = chance.choice(known)
    cut = chance.randint(0, 30)
    return told[cut:] if len(told) > cut + 30 else told


def main() -> None:
    """Print how long the processor works, for edited copies and for texts of few words that all look alike."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for name, articles in (("edited copies", copies(count)), ("eleven words alone", store.invented(0, count))):
        start = time.process_time()
        stories = group_stories(articles)["story_id"].nunique()
        print(f"{name:22s} {count} articles, {stories} stories {time.process_time() - start:8.2f} s of a processor")


if __name__ == "__main__":
    main()
