"""What alerts and digests say, in English or Italian."""

import csv
import gettext
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from analysis.gazetteer import DATA

LOCALES = DATA / "locale"
DOMAIN = "alerts"
_BABEL = {"en": "en_GB", "it": "it_IT"}


def mark(message: str) -> str:
    """`message` itself; marks it for the catalogue where it is translated later."""
    return message


STAGES = {
    "none": mark("no signal"), "speculation": mark("speculation"), "pressure": mark("under pressure"),
    "ultimatum": mark("ultimatum"), "succession": mark("succession"), "dismissed": mark("dismissed"),
    "resigned": mark("resigned"), "left_mutual": mark("left by agreement"), "reassured": mark("backed"),
    "renewed": mark("contract renewed"),
}  # fmt: skip


class Words:
    """The messages of one language. Call it with an English message and the values it names; the result is text."""

    def __init__(self, language: str):
        self.language = language
        self._catalogue = gettext.translation(DOMAIN, LOCALES, [language], fallback=True)
        self._locale = _BABEL[language]

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language with `values` filled in."""
        return self._catalogue.gettext(message).format(**values)

    def stage(self, stage: str) -> str:
        """The name of a stage."""
        return self(STAGES[stage])

    def club(self, club: str) -> str:
        """The name that a club has in this language."""
        return _clubs(self.language).get(club, club)

    def day(self, day: str) -> str:
        """An ISO 8601 day in words; "" where there is none."""
        return format_date(date.fromisoformat(day), "d MMMM y", locale=self._locale) if day else ""

    def number(self, value: float) -> str:
        """A whole number in this language's writing."""
        return format_decimal(round(value), locale=self._locale)


@lru_cache(maxsize=2)
def _clubs(language: str) -> dict[str, str]:
    path = LOCALES / language / "clubs.csv"
    if not path.exists():
        return {}
    with open(path, encoding="utf-8", newline="") as lines:
        return {row["club"]: row["name"] for row in csv.DictReader(lines)}
