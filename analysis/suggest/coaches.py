"""Coaches whom articles name and the gazetteer does not."""

import re
from collections import defaultdict
from collections.abc import Set

import pandas as pd

from analysis.frames import Frames
from analysis.gazetteer import Gazetteer
from analysis.suggest.met import Met
from analysis.suggest.near import near_coaches
from analysis.suggest.review import shortened
from analysis.text import fold, sentences

_NAMESAKE = re.compile(r" \([^)]*\)$")
"""What the gazetteer adds to namesakes and readings leave out."""

OF_COACHES = ("pressure", "ultimatum", "dismissed")
"""Stages that players are seldom read in; they too stay, leave and renew."""
_BEGINNING = r"^(?:[^a-zà-öø-ÿ]|(?:van|von|ten|ter|de|da|di|del|della|dos|el|al|le) .* )"
"""A capital, or a particle and two words or more."""


def coach_rows(articles: pd.DataFrame, frames: Frames, titled: Set[tuple[str, str]], gazetteer: Gazetteer,
               least: int) -> list[dict]:  # fmt: skip
    """Proposed rows of coaches.csv for coaches met in `least` articles or more, most articles first.

    `articles` by schema ARTICLES, `frames` what was read in them, `titled` articles and the folded names of those whom
    they call coach. Articles that neither call him so nor see him in a stage do not count, and somebody whom none calls
    so and who is in no stage of OF_COACHES may be a player and is left out.

    A name that resembles a listed coach gives a second row, of coach_aliases.csv: one of the two is to be accepted.
    Gender is that of the given name, "" where unknown.
    """
    near, rows = near_coaches(gazetteer), []
    claims = frames.claims
    sure = {name for _, name in titled} | set(claims["coach"][claims["stage"].isin(OF_COACHES)].map(fold))
    met = [found for name, found in _met(articles, frames, titled, gazetteer).items()
           if len(found.articles) >= least and (name in sure or name.split()[-1] in sure)]  # fmt: skip
    for found in sorted(met, key=lambda found: (-len(found.articles), found.name)):
        like = near.to(found.name)
        reasons = {**found.reasons(), "near": f"{like[0]} ({like[1]})" if like else ""}
        gender = gazetteer.given_names.get(fold(found.name).split()[0], "")
        gender = "" if gender == "any" else gender
        rows.append({"table": "coaches.csv", "coach": found.name, "gender": gender, **reasons})
        if like:
            kind = "full" if " " in found.name else "surname"
            rows.append({"table": "coach_aliases.csv", "alias": found.name, "coach": like[0], "kind": kind,
                         "use": "sure", **reasons})  # fmt: skip
    return rows


def _met(articles: pd.DataFrame, frames: Frames, titled: Set[tuple[str, str]],
         gazetteer: Gazetteer) -> dict[str, Met]:  # fmt: skip
    listed = {fold(_NAMESAKE.sub("", name)) for name in gazetteer.coaches}
    claims = frames.claims
    # "L'allenatore del Borgo" may have been read as a man called "del Borgo"; clubs.py proposes the club.
    is_name = ~claims["coach"].map(fold).isin(listed) & claims["coach"].str.contains(_BEGINNING)
    claims = claims[is_name]
    stages = zip(claims["article_id"], claims["coach"].map(fold), claims["stage"], strict=True)
    counts = [stage != "none" or (article, name) in titled for article, name, stage in stages]
    claims = claims[pd.Series(counts, claims.index, bool)]
    known = articles.drop_duplicates("article_id").set_index("article_id", drop=False)
    rows = known.loc[claims["article_id"].unique()].to_dict("index")
    proofs = _proofs(frames.evidence[frames.evidence["article_id"].isin(rows)])
    met: dict[str, Met] = defaultdict(Met)
    for claim in claims.itertuples():
        article = rows[claim.article_id]
        sentence = _sentence(article, claim.coach, proofs.get((claim.article_id, claim.coach)))
        met[fold(claim.coach)].add(claim.coach, article, sentence, claim.club)
    return _joined(met)


def _proofs(evidence: pd.DataFrame) -> dict[tuple[str, str], tuple[str, int]]:
    """Of each article and coach the field and place of the first evidence."""
    first = evidence.drop_duplicates(["article_id", "coach"])
    return {(row.article_id, row.coach): (row.field, row.start) for row in first.itertuples()}


def _sentence(article: dict, coach: str, proof: tuple[str, int] | None) -> str:
    """The sentence of the evidence, else the first that holds the surname."""
    field, place = proof or _first_naming(article, coach)
    text = article[field]
    for start, end in sentences(text):
        if start <= place < end:
            return shortened(text[start:end], place - start)
    return ""


def _first_naming(article: dict, coach: str) -> tuple[str, int]:
    surname = fold(coach).split()[-1]
    for field in ("text", "title"):
        place = fold(article[field]).find(surname)
        if place >= 0:
            return field, place
    return "title", 0


def _joined(met: dict[str, Met]) -> dict[str, Met]:
    """`met` with a bare surname under the one full name that ends in it."""
    full = defaultdict(list)
    for name in met:
        if " " in name:
            full[name.split()[-1]].append(name)
    for name in [name for name in met if len(full.get(name, ())) == 1]:
        met[full[name][0]].join(met.pop(name))
    return met
