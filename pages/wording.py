"""What is said on screen, in English or Italian: messages, names of things, days and numbers."""

import csv
import gettext
import re
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from pages.markup import Html, text

LOCALES = Path(__file__).resolve().parent.parent / "data" / "locale"
DOMAIN = "panchina"
INTERFACES = {"en": "English", "it": "Italiano"}
"""Interface languages under their own names."""
DAY_FORMS = {"full": "EEEE d MMMM y", "long": "d MMMM y", "short": "d MMM", "month": "MMM y"}
_BABEL = {"en": "en_GB", "it": "it_IT"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^=:&\"'/@])")


def mark(message: str) -> str:
    """`message` itself; marks it for the catalogue where it is translated later."""
    return message


STAGES = {
    "none": mark("no signal"),
    "speculation": mark("speculation"),
    "pressure": mark("under pressure"),
    "ultimatum": mark("ultimatum"),
    "succession": mark("succession"),
    "dismissed": mark("dismissed"),
    "resigned": mark("resigned"),
    "left_mutual": mark("left by agreement"),
    "reassured": mark("backed"),
    "renewed": mark("contract renewed"),
}
RELATIONS = {
    "employer": mark("employer"),
    "destination": mark("destination"),
    "destination_denied": mark("destination denied"),
    "opponent": mark("opponent"),
    "rival": mark("rival"),
    "former": mark("former club"),
    "national_team": mark("national team"),
}
CAUSES = {
    "results": mark("results"),
    "defeat": mark("a defeat"),
    "standings": mark("the table"),
    "qualification": mark("elimination"),
    "trust": mark("lost trust"),
    "dressing_room": mark("dressing room"),
    "board": mark("conflict with the board"),
    "fans": mark("fans"),
    "injuries": mark("injuries"),
    "style": mark("style of play"),
    "player_form": mark("a player's form"),
    "transfers": mark("transfers"),
    "conduct": mark("conduct"),
    "contract": mark("contract"),
    "personal": mark("personal reasons"),
    "offer": mark("another offer"),
}
MODIFIERS = {
    "negated": mark("negated"),
    "pseudo": mark("no real negation"),
    "possible": mark("possible"),
    "reported": mark("reported"),
    "denied": mark("denied"),
    "conditional": mark("conditional"),
    "hypothetical": mark("hypothetical"),
    "historical": mark("in the past"),
    "background": mark("background, not news of him"),
    "recent": mark("recent"),
    "future": mark("in the future"),
    "question": mark("a question"),
    "self": mark("the coach speaks"),
    "outsider": mark("an outsider speaks"),
    "official": mark("the club speaks"),
    "temporary": mark("for now"),
    "condition_given": mark("with a condition"),
    "hollow": mark("meant hollowly"),
    "ended": mark("over"),
    "terminator": mark("end of clause"),
}
WOMEN, IN_LANGUAGE = mark("women"), mark("in {language}")
NO_CLUB, NO_SOURCE = mark("no club named"), mark("no source named")
_WOMEN = " (women)"


def plain(value: object) -> str:
    """`value` as text for a place that reads Markdown: no emphasis, link, directive, emoji, formula or HTML.

    Backslashes disarm Markdown's punctuation; a word joiner (no width) keeps addresses and emoji names, which are
    recognised after that, from coming alive.
    """
    line = re.sub(r"\s+", " ", str(value)).strip()
    line = re.sub(r"(?i)(:(?=\S)|www(?=\.)|@(?=\w))", "\\1\u2060", line)
    return _MARKDOWN.sub(r"\\\1", line)


class Words:
    """The messages of one interface language. Call it with an English message and the values it names."""

    def __init__(self, ui: str):
        self.ui = ui if ui in INTERFACES else "en"
        self._catalogue = gettext.translation(DOMAIN, LOCALES, [self.ui], fallback=True)
        self._locale = _BABEL[self.ui]

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language with `values` filled in, as text: not safe where Markdown or HTML is read."""
        return self._catalogue.gettext(message).format(**values)

    def pattern(self, message: str) -> str:
        """The message in this language, its values still to be filled in."""
        return self._catalogue.gettext(message)

    def some(self, one: str, many: str, count: int, **values: object) -> str:
        """The message in the form that `count` asks for."""
        return self._catalogue.ngettext(one, many, count).format(count=self.number(count), **values)

    def markup(self, message: str, **values: object) -> Html:
        """The message as markup: everything is escaped but the values that are markup themselves."""
        return Html(
            text(self._catalogue.gettext(message)).format(**{key: text(value) for key, value in values.items()})
        )

    def stage(self, stage: str) -> str:
        """The name of a stage."""
        return self(STAGES[stage])

    def relation(self, relation: str) -> str:
        """The name of a relation."""
        return self(RELATIONS[relation])

    def cause(self, cause: str) -> str:
        """The name of a cause."""
        return self(CAUSES[cause])

    def modifier(self, modifier: str) -> str:
        """The name of a modifier; one that has none stays as it is."""
        return self(MODIFIERS[modifier]) if modifier in MODIFIERS else modifier

    def language(self, code: str) -> str:
        """The name of a language, with a capital."""
        name = self.tongue(code)
        return name[:1].upper() + name[1:]

    def tongue(self, code: str) -> str:
        """The name of a language as it stands in a sentence."""
        return Locale.parse(self._locale).languages.get(code, code)

    def foreign(self, code: str) -> str:
        """The words "in Spanish" beside what is in another language than the interface; else nothing."""
        return self(IN_LANGUAGE, language=self.tongue(code)) if code not in ("", self.ui) else ""

    def club(self, club: str) -> str:
        """The name of a club or country in this language: "Bayern Monaco" for FC Bayern in Italian; says if none."""
        if not club:
            return self(NO_CLUB)
        base = club.removesuffix(_WOMEN)
        name = club_names(self.ui).get(base) or country_name(base, self.ui)
        return f"{name} ({self(WOMEN)})" if club.endswith(_WOMEN) else name

    def source(self, source: str) -> str:
        """The name of an outlet; says so where an article came without one."""
        return source or self(NO_SOURCE)

    def day(self, day: date, form: str = "long") -> str:
        """A day in words; `form` is a key of DAY_FORMS."""
        return _day(day.toordinal(), DAY_FORMS[form], self._locale)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with this language's separators and so many digits after the comma."""
        return _number(round(value, digits), digits, self._locale)

    def change(self, value: float) -> str:
        """A signed whole number, with a true minus sign."""
        rounded = round(value)
        return "0" if rounded == 0 else f"{'+' if rounded > 0 else '−'}{self.number(abs(rounded))}"


# A chart of five years has thousands of days and numbers, most of them the same ones as the chart before.
@lru_cache(maxsize=8192)
def _day(ordinal: int, pattern: str, locale: str) -> str:
    return format_date(date.fromordinal(ordinal), pattern, locale=locale)


@lru_cache(maxsize=8192)
def _number(value: float, digits: int, locale: str) -> str:
    pattern = "#,##0" + "." * (digits > 0) + "0" * digits
    return format_decimal(value, pattern, locale=locale).replace("-", "−")


@lru_cache(maxsize=len(INTERFACES))
def club_names(ui: str) -> dict[str, str]:
    """Clubs that bear another name in this language, from data/locale/<ui>/clubs.csv."""
    path = LOCALES / ui / "clubs.csv"
    if not path.exists():
        return {}
    with open(path, encoding="utf-8", newline="") as lines:
        return {row["club"]: row["name"] for row in csv.DictReader(lines)}


@lru_cache(maxsize=1024)
def country_name(name: str, ui: str) -> str:
    """The country called `name` in English, in this language; any other name stays."""
    codes = {english: code for code, english in Locale("en").territories.items() if len(code) == 2}
    return Locale(ui).territories[codes[name]] if ui != "en" and name in codes else name


@lru_cache(maxsize=len(INTERFACES))
def words(ui: str) -> Words:
    """The words of an interface language; English where it is unknown."""
    return Words(ui)
