"""Clubs that articles name and the gazetteer does not: capitalised names where a coach's club stands."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache

import pandas as pd

from analysis.gazetteer import Gazetteer
from analysis.language import identify_language
from analysis.lexicon import Lexicon, load_lexicon
from analysis.lexicon.patterns import ROLE
from analysis.mentions.document import Document, open_document
from analysis.mentions.mentions import Mention, MentionFinder
from analysis.mentions.names import NameSpan, capitalised_runs
from analysis.suggest.met import Met
from analysis.suggest.near import near_clubs
from analysis.suggest.review import shortened
from analysis.suggest.titles import titled
from analysis.text import LANGUAGES, compose, fold

MOST_WORDS = 4
_BETWEEN = 24
"""Characters that may stand between a role and its club: "allenatore della nuova ..." is no tie any more."""
_LOWER_WORD = re.compile(r"(?<!\w)[^\W\d_A-ZÀ-ÖØ-Þ]\w+")
_LINKS = ("of", "at", "the", "club_article")
_CLUB_WORDS = frozenset(
    ("ac", "afc", "as", "asd", "cd", "cf", "cfc", "fc", "fk", "fsv", "kf", "nk", "rc", "rcd", "sc", "sd", "ss",
     "ssc", "ssd", "spvgg", "sv", "tsg", "tsv", "ud", "us", "usd", "vfb", "vfl", "albion", "athletic",
     "athletico", "atletico", "calcio", "city", "club", "clube", "deportivo", "esporte", "racing", "rovers",
     "sporting", "town", "united", "wanderers")
)  # fmt: skip
"""Words (folded) that names of clubs begin or end with in any of the six languages."""
_FIRST_WORDS = _CLUB_WORDS | {
    "borussia",
    "dinamo",
    "dynamo",
    "lokomotiv",
    "olympique",
    "real",
    "spartak",
    "stade",
    "virtus",
}
"""Those and others that names of clubs begin with only: "Tempo Real" is none."""


class NameFinder:
    """Notes names that stand where a coach's club or a coach would, article by article."""

    def __init__(self, gazetteer: Gazetteer):
        self._gazetteer = gazetteer
        self._met: dict[str, Met] = defaultdict(Met)
        self._lower: Counter[str] = Counter()
        self._listed = _listed(gazetteer)
        self.titled: set[tuple[str, str]] = set()
        """Articles and folded names of persons whom they call coach."""

    def note(self, article: dict) -> None:
        """Look through one article, a row of schema ARTICLES; one in another language than the six has none."""
        lang = identify_language(f"{article['text']} {article['title']}".strip(), article["lang"])
        if lang not in LANGUAGES:
            return
        lexicon = load_lexicon(lang)
        fields = [(name, compose(article[name])[0]) for name in ("title", "text") if article[name].strip()]
        documents = [open_document(name, text, lexicon) for name, text in fields]
        mentions = MentionFinder(documents, lexicon, self._gazetteer, None).find()
        for document in documents:
            names = titled(mentions.by_field[document.field], document)
            self.titled |= {(article["article_id"], name) for name in names}
            self._lower.update(map(fold, _LOWER_WORD.findall(document.text)))
            for piece in _candidates(document, mentions.by_field[document.field], lexicon):
                self._take(piece, document, article)

    def _take(self, piece: NameSpan, document: Document, article: dict) -> None:
        folded = " ".join(word for word, _, _ in piece.words)
        if folded in self._listed or folded.split()[0] in self._gazetteer.given_names:
            return
        start, end = document.sentences[document.sentence_at(piece.start)]
        sentence = shortened(document.text[start:end], piece.start - start)
        self._met[folded].add(document.text[piece.start : piece.end], article, sentence)

    def found(self, least: int) -> list[Met]:
        """Names met in `least` articles or more that are no ordinary words, most articles first."""
        often = [met for name, met in self._met.items() if len(met.articles) >= least and not self._is_ordinary(name)]
        return sorted(often, key=lambda met: (-len(met.articles), met.name))

    def _is_ordinary(self, name: str) -> bool:
        """Whether each word of `name` is written small more often than the name was met: "Manager of the Month"."""
        times = sum(self._met[name].forms.values())
        return all(self._lower[word] >= times for word in name.split())


def look_through(articles: pd.DataFrame, gazetteer: Gazetteer,
                 progress: Callable[[int, int], None] | None = None) -> NameFinder:  # fmt: skip
    """What stands in `articles` (schema ARTICLES); `progress` is told how many of how many are done."""
    finder = NameFinder(gazetteer)
    for number, article in enumerate(articles.to_dict("records"), 1):
        finder.note(article)
        if progress and (number % 500 == 0 or number == len(articles)):
            progress(number, len(articles))
    return finder


def club_rows(finder: NameFinder, gazetteer: Gazetteer, least: int) -> list[dict]:
    """Proposed rows of clubs.csv for clubs that `finder` met in `least` articles or more, most articles first.

    Country and gender are left for the reviewer. A name that resembles a listed club gives a second row, of
    club_aliases.csv: one of the two is to be accepted.
    """
    near, rows = near_clubs(gazetteer), []
    for met in finder.found(least):
        like = near.to(met.name)
        reasons = {**met.reasons(), "near": f"{like[0]} ({like[1]})" if like else ""}
        rows.append({"table": "clubs.csv", "club": met.name, "kind": "club", **reasons})
        if like:
            rows.append({"table": "club_aliases.csv", "alias": met.name, "club": like[0], "kind": "name",
                         "use": "sure", **reasons})  # fmt: skip
    return rows


def _candidates(document: Document, mentions: list[Mention], lexicon: Lexicon) -> Iterator[NameSpan]:
    """Names without a mention that hold a club's word, or that a role stands beside: "tecnico del Borgo"."""
    roles = [mention for mention in mentions if mention.character == ROLE]
    taken = [mention for mention in mentions if not _is_misread(mention, document)]
    for run in capitalised_runs(document, lexicon):
        for piece in _free_pieces(run, taken, document):
            if len(piece.words) <= MOST_WORDS and (
                _has_club_word(piece, document, lexicon)
                or any(_is_club_of(role, piece, document, lexicon) for role in roles)
            ):
                yield piece


def _is_misread(mention: Mention, document: Document) -> bool:
    """Whether "del Borgo" was taken for somebody's name, as at the beginning of a sentence."""
    is_unlisted = mention.person is not None and mention.person.known is None
    return is_unlisted and mention.character != ROLE and document.text[mention.start].islower()


def _has_club_word(piece: NameSpan, document: Document, lexicon: Lexicon) -> bool:
    """Whether it is one name that begins or ends with a club's word: "Borgo Calcio", "FC Borgo"."""
    words = [word for word, _, _ in piece.words]
    if _FIRST_WORDS.issuperset(words) or not lexicon.words["and"].isdisjoint(words):
        return False
    first, last = piece.words[0], piece.words[-1]
    begins = first[0] in _FIRST_WORDS and _is_spelt(first, document)
    return begins or (last[0] in _CLUB_WORDS and _is_spelt(last, document))


def _is_spelt(word: tuple[str, int, int], document: Document) -> bool:
    """Whether short forms stand in capitals, as those of clubs do: "AS" is one and "Às" is not."""
    return len(word[0]) > 3 or document.text[word[1] : word[2]].isupper()


def _free_pieces(run: NameSpan, mentions: list[Mention], document: Document) -> Iterator[NameSpan]:
    """The stretches of `run` that no mention covers, from a capital on, with a club's word that runs leave out."""
    words: list[tuple[str, int, int]] = []
    for word in [*run.words, None]:
        if word and not any(mention.start < word[2] and mention.end > word[1] for mention in mentions):
            words += [word] if words or document.text[word[1]].isupper() else []
        elif words:
            while document.text[words[-1][1]].islower():
                words.pop()
            words = _with_club_word(words, document)
            yield NameSpan(words[0][1], words[-1][2], words)
            words = []


def _with_club_word(words: list[tuple[str, int, int]], document: Document) -> list[tuple[str, int, int]]:
    """`words` and a capitalised club's word just behind them: "Calcio" of "Borgo Calcio"."""
    end, word = document.word_after(words[-1][2])
    start = end - len(word)
    is_next = end > 0 and start == words[-1][2] + 1 and document.text[start].isupper()
    return [*words, (word, start, end)] if is_next and word in _CLUB_WORDS else words


def _is_club_of(role: Mention, piece: NameSpan, document: Document, lexicon: Lexicon) -> bool:
    """Whether only link words stand between a role and a name behind it, or nothing between a name and its role."""
    if 0 < role.start - piece.end <= 3:
        return document.plain[piece.end : role.start].strip() in ("", "s")
    if not 0 < piece.start - role.end <= _BETWEEN:
        return False
    between = document.plain[role.end : piece.start].split()
    return bool(between) and set(between) <= _link_words(lexicon)


@lru_cache(maxsize=len(LANGUAGES))
def _link_words_of(lang: str) -> frozenset[str]:
    words = load_lexicon(lang).words
    return frozenset(word for name in _LINKS for phrase in words[name] for word in phrase.split())


def _link_words(lexicon: Lexicon) -> frozenset[str]:
    return _link_words_of(lexicon.lang)


@lru_cache(maxsize=1)
def _listed(gazetteer: Gazetteer) -> set[str]:
    """Folded names that are something already: clubs, coaches, competitions, countries."""
    listed = {fold(row["competition"]) for row in gazetteer.competitions}
    listed |= {fold(club.country) for club in gazetteer.clubs.values()}
    for lang in LANGUAGES:
        listed |= set(gazetteer.club_aliases(lang)) | set(gazetteer.coach_aliases(lang))
    return {name.replace("'", " ").replace("-", " ") for name in listed}
