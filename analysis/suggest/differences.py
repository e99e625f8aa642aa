"""What Wikidata's names have and the gazetteer has not, as rows to review."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from analysis.gazetteer import Gazetteer
from analysis.suggest.wikidata import Form
from analysis.text import LANGUAGES, fold

_LATIN = re.compile(r"[a-z]")
_BRACKETS = re.compile(r" \([^)]*\)$")


class Listed(NamedTuple):
    """Of coaches or clubs: the column they stand in, their canonical names, and what each folded form means, by
    language."""

    column: str
    names: frozenset[str]
    meanings: dict[str, dict[str, set[str]]]

    def means(self, form: str) -> set[str]:
        """All that `form` means in any language."""
        return set().union(*(meanings.get(fold(form), set()) for meanings in self.meanings.values()))


@lru_cache(maxsize=2)
def listed(gazetteer: Gazetteer, kind: str) -> Listed:
    """What the gazetteer lists of `kind`: coaches or clubs."""
    is_coaches = kind == "coaches"
    aliases = gazetteer.coach_aliases if is_coaches else gazetteer.club_aliases
    meanings = {lang: {form: {name for alias in group for name in alias.names} for form, group in aliases(lang).items()}
                for lang in LANGUAGES}  # fmt: skip
    names = frozenset(gazetteer.coaches if is_coaches else gazetteer.clubs)
    return Listed("coach" if is_coaches else "club", names, meanings)


def asked_names(gazetteer: Gazetteer, kind: str, chosen: list[str]) -> dict[str, str]:
    """Names to ask for, and the canonical names they stand for: all of `kind`, or the `chosen`.

    Clubs are asked for by all forms that are theirs alone, for English labels differ from what papers write; national
    teams are not asked for.
    """
    found = listed(gazetteer, kind)
    wanted = set(chosen) & found.names if chosen else found.names
    if kind == "coaches":
        return {_BRACKETS.sub("", name): name for name in sorted(wanted)}
    asked = {}
    for group in gazetteer.club_aliases("en").values():
        for alias in group:
            name = alias.names[0]
            is_own = len(alias.names) == 1 and alias.is_sure and alias.kind == "name"
            if is_own and name in wanted and not gazetteer.clubs[name].is_national:
                asked[_BRACKETS.sub("", alias.form)] = name
    return asked


def difference_rows(forms: list[Form], found: Listed, asked: dict[str, str]) -> list[dict]:
    """Proposed rows for the forms that `found` does not know; names that it does not list at all are rows of their own.

    `near` names whom a form means already, or that several items bear the name.
    """
    rows, grouped = [], _grouped(forms, asked)
    items: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        items[asked.get(form.name, form.name)].add(form.item)
    for name, of_name in sorted(grouped.items()):
        if name not in found.names:
            rows.append(_new(name, next(iter(of_name.values()))[0], found))
        for group in of_name.values():
            if langs := _new_languages(name, group, found):
                rows.append(_alias(name, group[0], langs, found, sorted(items[name] - {""})))
    return rows


def _grouped(forms: list[Form], asked: dict[str, str]) -> dict[str, dict[str, list[Form]]]:
    """Forms by canonical name and by their folded spelling."""
    grouped: dict[str, dict[str, list[Form]]] = defaultdict(dict)
    for form in forms:
        if _LATIN.search(fold(form.form)):
            grouped[asked.get(form.name, form.name)].setdefault(fold(form.form), []).append(form)
    return grouped


def _new_languages(name: str, group: list[Form], found: Listed) -> list[str]:
    """The languages in which the form of `group` does not mean `name` yet."""
    if fold(group[0].form) == fold(_BRACKETS.sub("", name)):
        return []
    langs = {lang for form in group for lang in ([form.lang] if form.lang else LANGUAGES)}
    folded = fold(group[0].form)
    return [lang for lang in LANGUAGES if lang in langs and name not in found.meanings[lang].get(folded, ())]


def _alias(name: str, form: Form, langs: list[str], found: Listed, items: list[str]) -> dict:
    others = sorted(found.means(form.form) - {name})
    doubts = [f"means {' and '.join(others)} already"] if others else []
    doubts += [f"{len(items)} items bear the name: {', '.join(items[:5])}"] if len(items) > 1 else []
    is_sure = " " in form.form and not doubts
    cells = {"alias": form.form, found.column: name, "kind": _kind(form.form, name, found.column),
             "lang": "" if len(langs) == len(LANGUAGES) else " ".join(langs), "use": "sure" if is_sure else "context",
             "note": f"Wikidata {form.item}".strip()}  # fmt: skip
    return {"table": f"{found.column}_aliases.csv", **cells, "near": "; ".join(doubts)}


def _kind(form: str, name: str, column: str) -> str:
    if column == "club":
        return "short" if form.isupper() and len(form) <= 5 else "name"
    if form.replace(".", "").replace(" ", "").isupper() and len(form) <= 6:
        return "initials"
    if " " in form:
        return "full"
    return "surname" if fold(form) == fold(name).split()[-1] else "mononym"


def _new(name: str, form: Form, found: Listed) -> dict:
    cells = {"table": "coaches.csv", "nationality": form.land, "origin": f"Wikidata {form.item}".strip()}
    if found.column == "club":
        cells = {"table": "clubs.csv", "country": form.land, "kind": "club"}
    others = sorted(found.means(name))
    return {**cells, found.column: name, "gender": form.gender,
            "near": f"means {' and '.join(others)} already" if others else ""}  # fmt: skip
