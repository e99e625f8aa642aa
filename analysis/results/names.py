"""Names of clubs and competitions in results files, brought to those of the gazetteer."""

import re
from collections import defaultdict
from collections.abc import Callable

import pandas as pd

from analysis.gazetteer import Gazetteer
from analysis.schema import LANGUAGES
from analysis.text import fold

NameOf = Callable[[str, str], str]
"""Canonical club name of a name in a file, given the country of the competition ("" where that is unknown)."""

_KINDS = ("name", "short", "city")
_COUNTRY = re.compile(r"\s*\([A-Z]{3}\)$")
_AFFIX = (r"a?fc|[a-z]?cf|ac|as|sc|sv|ss[ck]?|us|ud|cd|rcd?|ca|bc|bv|kv|fk|jk|sk|sl|tsg|vfl|vfb|rb|if|ff|aek|"
          r"calcio|club|clube|de futbol|futebol clube|football|balompie|deportivo|1\.|\d{2}|1\d{3}")  # fmt: skip
_START, _END = re.compile(rf"^(?:{_AFFIX})\s+"), re.compile(rf"\s+(?:{_AFFIX})$")
COMPETITIONS = {
    "E0": ("Premier League", "England"), "E1": ("Championship", "England"), "E2": ("League One", "England"),
    "E3": ("League Two", "England"), "EC": ("National League", "England"),
    "SC0": ("Scottish Premiership", "Scotland"),
    "D1": ("Bundesliga", "Germany"), "D2": ("2. Bundesliga", "Germany"), "I1": ("Serie A", "Italy"),
    "I2": ("Serie B", "Italy"), "SP1": ("La Liga", "Spain"), "SP2": ("Segunda División", "Spain"),
    "F1": ("Ligue 1", "France"), "F2": ("Ligue 2", "France"), "N1": ("Eredivisie", "Netherlands"),
    "B1": ("Belgian Pro League", "Belgium"), "P1": ("Primeira Liga", "Portugal"), "T1": ("Süper Lig", "Turkey"),
    "G1": ("Super League Greece", "Greece"),
    "brazil serie a": ("Brasileirão", "Brazil"), "mexico liga mx": ("Liga MX", "Mexico"),
    "argentina primera division": ("Liga Profesional", "Argentina"),
    "argentina liga profesional": ("Liga Profesional", "Argentina"),
    "english premier league": ("Premier League", "England"), "english championship": ("Championship", "England"),
    "english fa cup": ("FA Cup", "England"), "english league cup": ("League Cup", "England"),
    "efl cup": ("League Cup", "England"), "deutsche bundesliga": ("Bundesliga", "Germany"),
    "deutsche 2. bundesliga": ("2. Bundesliga", "Germany"), "dfb pokal": ("DFB-Pokal", "Germany"),
    "german cup": ("DFB-Pokal", "Germany"), "italian serie a": ("Serie A", "Italy"),
    "italian serie b": ("Serie B", "Italy"), "spanish primera division": ("La Liga", "Spain"),
    "primera division de espana": ("La Liga", "Spain"), "primera division": ("La Liga", "Spain"),
    "spanish segunda division": ("Segunda División", "Spain"), "segunda division": ("Segunda División", "Spain"),
    "french ligue 1": ("Ligue 1", "France"), "french ligue 2": ("Ligue 2", "France"),
    "portugal primeira liga": ("Primeira Liga", "Portugal"), "primeira liga": ("Primeira Liga", "Portugal"),
    "dutch eredivisie": ("Eredivisie", "Netherlands"), "eredivisie": ("Eredivisie", "Netherlands"),
    "brasileiro serie a": ("Brasileirão", "Brazil"), "brazil serie a championship": ("Brasileirão", "Brazil"),
    "turkish super lig": ("Süper Lig", "Turkey"), "belgian first division a": ("Belgian Pro League", "Belgium"),
    "uefa champions league": ("Champions League", ""), "uefa europa league": ("Europa League", ""),
    "uefa conference league": ("Conference League", ""),
}  # fmt: skip
"""Codes and folded titles of competitions as football-data and openfootball write them: name and country."""
SHORT_NAMES = {
    "ad. demirspor": "Adana Demirspor", "ath bilbao": "Athletic Club", "ath madrid": "Atlético Madrid",
    "buyuksehyr": "Başakşehir", "ein frankfurt": "Eintracht Frankfurt", "estudiantes l.p.": "Estudiantes",
    "fc internazionale milano": "Inter", "flamengo rj": "Flamengo", "for sittard": "Fortuna Sittard",
    "guadalajara chivas": "Guadalajara", "nijmegen": "NEC Nijmegen", "quevilly rouen": "Quevilly-Rouen",
    "sp braga": "Braga", "sp gijon": "Sporting de Gijón", "sp lisbon": "Sporting",
    "st truiden": "Sint-Truiden", "st. gilloise": "Union Saint-Gilloise", "unam pumas": "Pumas UNAM",
    "vallecano": "Rayo Vallecano",
}  # fmt: skip
"""Folded names that only results files use, not newspapers, so that the gazetteer need not know them."""
_SEASON = re.compile(r"\s*(?:19|20)\d\d(?:\s*[/-]\s*\d{2,4})?\s*$")


def competition_of(title: str) -> tuple[str, str]:
    """Name and country of a competition by its code or its title with or without a season."""
    bare = _SEASON.sub("", title).strip()
    return COMPETITIONS.get(bare) or COMPETITIONS.get(fold(bare)) or (bare, "")


def gazetteer_names(gazetteer: Gazetteer) -> NameOf:
    """Names by the gazetteer: the canonical name itself, else an alias, else either without "FC" and its like.

    Where an alias means several clubs, the one of the country is taken, then a first choice of the gazetteer. An
    unknown name stays as it is, without the country in brackets.
    """
    clubs = _clubs_by_alias(gazetteer)
    canonical = {fold(club): club for club in gazetteer.clubs}

    def name_of(raw: str, country: str) -> str:
        bare = _COUNTRY.sub("", raw.strip())
        if fold(bare) in SHORT_NAMES:
            return SHORT_NAMES[fold(bare)]
        for form in _forms(fold(bare)):
            if form in canonical and _fits(gazetteer, canonical[form], country):
                return canonical[form]
            found = [club for club in clubs.get(form, ()) if _fits(gazetteer, club, country)]
            if found:
                return found[0]
        return bare

    return name_of


def _forms(folded: str) -> list[str]:
    """The name, then without a prefix, without a suffix, without both, again without more of them."""
    forms, queue = [], [folded]
    while queue:
        form = queue.pop(0)
        if form and form not in forms:
            forms.append(form)
            queue += [_START.sub("", form), _END.sub("", form)]
    return forms


def _fits(gazetteer: Gazetteer, club: str, country: str) -> bool:
    """Clubs abroad play in a league too (Monaco, Swansea), so that a neighbour is no reason against."""
    return not country or gazetteer.clubs[club].country in (country, *_GUESTS.get(country, ()))


_GUESTS = {"England": ("Wales",), "France": ("Monaco",), "Spain": ("Andorra",), "Italy": ("San Marino",)}


def _clubs_by_alias(gazetteer: Gazetteer) -> dict[str, list[str]]:
    clubs: dict[str, list[str]] = defaultdict(list)
    for lang in LANGUAGES:
        for folded, aliases in gazetteer.club_aliases(lang).items():
            for alias in aliases:
                if alias.kind in _KINDS:
                    chosen = [alias.preferred] if alias.preferred else []
                    clubs[folded] += [club for club in (*chosen, *alias.names) if club not in clubs[folded]]
    return clubs


def named(results: pd.DataFrame, name_of: NameOf) -> pd.DataFrame:
    """`results` (schema RESULTS) with canonical club names."""
    countries = dict(COMPETITIONS.values())
    country = results["competition"].map(countries).fillna("")
    sides = {
        side: pd.array([name_of(raw, land) for raw, land in zip(results[side], country, strict=True)], dtype="string")
        for side in ("home", "away")
    }
    return results.assign(**sides)
