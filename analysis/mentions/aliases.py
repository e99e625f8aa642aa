"""Which coach or club a name in the gazetteer's lists means in an article."""

import re
from datetime import date

from analysis.gazetteer import Alias, Gazetteer
from analysis.lexicon import Lexicon
from analysis.mentions.document import Document, Hit
from analysis.text import fold

_WORD = re.compile(r"\w+")


class Aliases:
    """Resolves the aliases that one article holds."""

    def __init__(self, documents: list[Document], chosen: dict[str, list[Hit]], lexicon: Lexicon,
                 gazetteer: Gazetteer, day: date | None):  # fmt: skip
        """`chosen` are the hits that count, by field, without overlaps."""
        self._documents, self._chosen = documents, chosen
        self._lexicon, self._gazetteer, self._day = lexicon, gazetteer, day
        self._sure_clubs: set[str] = set()
        self._full_names: set[str] = set()
        self._note_certain()

    def coach(self, document: Document, hit: Hit) -> str | None:
        """The coach a hit names, if it names one."""
        for alias in hit.coaches:
            coach = self._resolve_coach(alias)
            if coach and not self._belongs_to_other(document, hit, coach) and not self._opens_other(document, hit):
                return coach
        return None

    def club(self, document: Document, hit: Hit) -> tuple[str, bool] | None:
        """The club a hit names, if it names one, and whether by its city."""
        for alias in hit.clubs:
            club = self._resolve_club(alias, document, hit)
            if club:
                return club, alias.kind == "city"
        return None

    def _note_certain(self) -> None:
        for document in self._documents:
            for hit in self._chosen[document.field]:
                for alias in hit.clubs:
                    if alias.is_sure and len(alias.names) == 1:
                        self._sure_clubs.add(alias.names[0])
                for alias in hit.coaches:
                    if alias.is_sure and len(alias.names) == 1 and " " in alias.form:
                        self._full_names.add(alias.names[0])

    def _resolve_coach(self, alias: Alias) -> str | None:
        if alias.is_sure and len(alias.names) == 1:
            return alias.names[0]
        named = [name for name in alias.names if name in self._full_names]
        if len(named) == 1:
            return named[0]
        near = [name for name in alias.names if self._is_near(name)]
        if len(near) == 1:
            return near[0]
        if alias.preferred and (alias.is_sure or alias.preferred in near):
            return alias.preferred
        return None

    def _is_near(self, coach: str) -> bool:
        """Whether a club he led, at the article's date if there is one, is named in the article."""
        if self._day is not None:
            club = self._gazetteer.club_of(coach, self._day)
            return club in self._sure_clubs if club else False
        return any(spell.club in self._sure_clubs for spell in self._gazetteer.spells_of(coach))

    def _belongs_to_other(self, document: Document, hit: Hit, coach: str) -> bool:
        """Whether another given name stands before a bare surname: Davide Ancelotti is not Carlo."""
        if " " in document.plain[hit.start : hit.end].strip():
            return False
        start, word = document.word_before(hit.start)
        if start < 0 or not document.text[start].isupper() or word in self._lexicon.function_words:
            return False
        if word in fold(coach).split() or word not in self._gazetteer.given_names:
            return False
        return document.text[start + len(word) : hit.start].strip(" ") == ""

    def _opens_other(self, document: Document, hit: Hit) -> bool:
        """Whether a bare given name begins another's full name: Michel Seydoux is not Míchel."""
        form = document.plain[hit.start : hit.end].strip()
        if form not in self._gazetteer.given_names or document.text[hit.end : hit.end + 1] != " ":
            return False
        end, word = document.word_after(hit.end)
        return (
            end > 0
            and document.text[end - len(word)].isupper()
            and word not in self._lexicon.function_words
            and not any(other.start == hit.end + 1 for other in self._chosen[document.field])
        )

    def is_surname(self, document: Document, hit: Hit) -> bool:
        """Whether a word that is no name by itself is a surname here: Domenico Toscano, Alfonso Greco."""
        if not document.text[hit.start].isupper():
            return False
        start, word = document.word_before(hit.start)
        return (
            start >= 0
            and document.text[start].isupper()
            and word in self._gazetteer.given_names
            and word not in self._lexicon.function_words
            and document.text[start + len(word) : hit.start] == " "
        )

    def _resolve_club(self, alias: Alias, document: Document, hit: Hit) -> str | None:
        if not alias.is_sure and not self._has_club_context(alias, document, hit):
            return None
        club = alias.names[0] if len(alias.names) == 1 else self._disambiguate(alias)
        return self._women_side(club, document, hit) if club else None

    def _has_club_context(self, alias: Alias, document: Document, hit: Hit) -> bool:
        if any(name in self._sure_clubs for name in alias.names):
            return True
        start, before = document.word_before(hit.start)
        words = self._lexicon.words
        if before in words["club_article"]:  # cities take none: "al Burgos" is the club
            return True
        if alias.kind == "city":
            return False
        if before in words["the"] or before in words["of"] or before in words["by"] or before in words["at"]:
            return True
        return start < 0 and not self._sure_clubs and alias.kind != "demonym"

    def _disambiguate(self, alias: Alias) -> str | None:
        sure = [name for name in alias.names if name in self._sure_clubs]
        if len(sure) == 1:
            return sure[0]
        countries = {self._gazetteer.clubs[club].country for club in self._sure_clubs if club in self._gazetteer.clubs}
        known = [name for name in alias.names if name in self._gazetteer.clubs]
        local = [name for name in known if self._gazetteer.clubs[name].country in countries]
        return local[0] if len(local) == 1 else alias.preferred or None

    def _women_side(self, club: str, document: Document, hit: Hit) -> str:
        women = f"{club} (women)"
        markers = self._lexicon.words["women"]
        if club.endswith("(women)") or not markers:
            return club
        nearby = {document.word_before(hit.start)[1], document.word_after(hit.end)[1]}
        if nearby & markers or self._is_about_women():
            return women
        return club

    def _is_about_women(self) -> bool:
        if not hasattr(self, "_women"):
            markers = self._lexicon.words["women"]
            opening = {word for document in self._documents for word in _WORD.findall(document.plain[:400])}
            self._women = not opening.isdisjoint(markers)
        return self._women
