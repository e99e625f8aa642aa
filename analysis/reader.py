"""One article in, one explained reading out: the contract of docs/DESIGN.md."""

import re
from collections import defaultdict
from datetime import date

from analysis.claims.cases import Cases
from analysis.claims.cause_features import CauseFeatures
from analysis.claims.causes import Cause, read_causes
from analysis.claims.claims import Claim, ClaimReader
from analysis.claims.evidence import evidence_span
from analysis.claims.features import Features
from analysis.claims.hinted import hinted_claims
from analysis.claims.hints import Hints, load_hints, told_of_coaches
from analysis.claims.judge import load_verdict_weights
from analysis.claims.plausibility import load_weights
from analysis.claims.sentences import SentenceReader
from analysis.claims.trade_features import TradeFeatures
from analysis.claims.trades import name_coaches
from analysis.claims.verdicts import Verdict
from analysis.gazetteer import load_gazetteer
from analysis.language import identify_language
from analysis.lexicon import UNNAMED_NATIONAL_TEAM, load_lexicon
from analysis.mentions.document import open_document
from analysis.mentions.mentions import MentionFinder
from analysis.mentions.people import Person
from analysis.mentions.roles import RoleBinder
from analysis.relations.edges import Edge
from analysis.relations.relations import NATIONAL_DETAIL, RelationReader
from analysis.text import LANGUAGES, compose

_NAMESAKE = re.compile(r" \([^)]*\)$")
"""The gazetteer tells namesakes apart by a club in brackets, which no article writes."""
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def read(article: dict) -> dict:
    """Read one article, a dict with any of id, date, lang, title and text, and return its reading.

    Keys of the result: id, lang, date, coaches, relations, causes, cause_evidence, evidence (docs/DESIGN.md), and
    `unresolved` (roles without a name), `marks` (spans for mark-up); every coach has a `chain` of all cues weighed.
    A language outside the six gives "unscored": true and no coaches.
    """
    lang = _language(article)
    result = {"id": article.get("id"), "lang": lang, "date": article.get("date")}
    if lang not in LANGUAGES:
        return {**result, "unscored": True, **_empty()}
    return {**result, **_Reading(article, lang).as_dict()}


def asserted(article: dict, hints: dict[str, Hints] | None = None) -> list[tuple[str, str, dict[str, float]]]:
    """What is claimed in an article before it is weighed: coach, stage and features (analysis.claims.features).

    The weights are fitted on these, with `hints` that have not seen the article; a language outside the six gives none.
    """
    lang = _language(article)
    reading = _Reading(article, lang, is_weighed=False, hints=hints) if lang in LANGUAGES else None
    if reading is None or reading.features is None:
        return []
    return [
        (_shown(claim.person), claim.stage, of_claim) for claim, of_claim in reading.features.of_claims(reading.claims)
    ]


def cases(
    article: dict, hints: dict[str, Hints], plausibility: dict[str, float]
) -> list[tuple[str, frozenset[str], dict[str, float]]]:
    """Coaches of whom an article claims something, the stages claimed and the features (analysis.claims.judge).

    The weights are fitted on these, with `hints` and weights of `plausibility` that have not seen the article; a
    single sentence and a language outside the six give none.
    """
    lang = _language(article)
    if lang not in LANGUAGES:
        return []
    found = _Reading(article, lang, is_weighed=False, hints=hints, plausibility=plausibility).cases
    return [(_shown(case.person), case.claimed, case.features) for case in found]


def strangers(article: dict) -> list[tuple[str, dict[str, float]]]:
    """Who an article names without a word for his trade, and his features (analysis.claims.trade_features).

    The weights are fitted on these; a language outside the six gives none.
    """
    lang = _language(article)
    found = _Reading(article, lang).strangers if lang in LANGUAGES else []
    return [(person.name, values) for person, values in found]


def told(article: dict) -> list[tuple[str, str, int, int, frozenset[str]]]:
    """Coach, field, start, end and words of every sentence about a coach (analysis.claims.hints).

    The weights are fitted on these; a language outside the six gives none.
    """
    lang = _language(article)
    found = _Reading(article, lang).told if lang in LANGUAGES else []
    return [(_shown(t.person), t.field, t.sentence.start, t.sentence.end, t.words) for t in found]


def reasons(article: dict) -> list[tuple[str, str, dict[str, float]]]:
    """Phrases of causes before they are weighed: coach, cause and features (analysis.claims.cause_features).

    The weights are fitted on these; a language outside the six gives none.
    """
    lang = _language(article)
    reading = _Reading(article, lang) if lang in LANGUAGES else None
    if reading is None or reading.reasons is None:
        return []
    found = reading.reasons.of_coaches()
    return [(_shown(verdict.person), phrase.cause, values) for verdict, phrase, values in found]


def tied(article: dict) -> list[tuple[str, str | None, set[str], set[str]]]:
    """Coach, club, relations that rules propose and features of each pair that is weighed (analysis.relations.traits).

    The weights are fitted on these; a text without a club and a language outside the six give none.
    """
    lang = _language(article)
    reading = _Reading(article, lang) if lang in LANGUAGES else None
    weighing = reading.relation_weighing if reading else None
    if weighing is None:
        return []
    proposed = defaultdict(set)
    for edge in weighing.proposed:
        proposed[id(edge.person), edge.club].add(edge.relation)
    return [
        (_shown(weighing.persons[pair[0]]), None if pair[1] == UNNAMED_NATIONAL_TEAM else pair[1], proposed[pair], held)
        for pair, held in weighing.features.items()
    ]


def _language(article: dict) -> str:
    return identify_language(f"{article.get('text') or ''} {article.get('title') or ''}".strip(), article.get("lang"))


def _empty() -> dict:
    return {
        "coaches": [],
        "relations": [],
        "causes": [],
        "cause_evidence": [],
        "evidence": [],
        "unresolved": [],
        "marks": [],
    }


def _day(value: object) -> date | None:
    """The day of a date given as text; a month stands for its middle, which is enough to choose a spell."""
    found = _DATE.match(str(value or "").strip())
    if not found:
        return None
    year, month, day = (int(part) if part else 15 for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


class _Reading:
    """The steps of reading one article, in order."""

    def __init__(self, article: dict, lang: str, is_weighed: bool = True, hints: dict[str, Hints] | None = None,
                 plausibility: dict[str, float] | None = None):  # fmt: skip
        """Read `article` in `lang`, one of the six; with `is_weighed` false unlikely claims are kept.

        `hints` by language take the place of those of data/hints.csv, `plausibility` of data/plausibility.csv.
        """
        fields = [(name, article[name]) for name in ("title", "text") if (article.get(name) or "").strip()]
        lexicon, gazetteer, day = load_lexicon(lang), load_gazetteer(), _day(article.get("date"))
        self._originals = dict(fields)
        composed = {name: compose(value) for name, value in fields}
        self._offsets = {name: offsets for name, (_, offsets) in composed.items()}
        self._lexicon, self._gazetteer = lexicon, gazetteer
        documents = [open_document(name, composed[name][0], lexicon) for name, _ in fields]
        self._mentions = MentionFinder(documents, lexicon, gazetteer, day).find()
        RoleBinder(documents, self._mentions, lexicon, gazetteer, day).bind()
        if not self._mentions.may_name_a_coach():
            self.claims, self._edges, self._verdicts, self._causes = [], [], [], []
            self.features, self.reasons, self.relation_weighing = None, None, None
            self.strangers, self.told, self.cases = [], [], []
            return
        reader = SentenceReader(documents, self._mentions, lexicon)
        self.strangers = TradeFeatures(documents, self._mentions, reader, lexicon).of_persons()
        reader.forget(name_coaches(self.strangers))
        self.told = told_of_coaches(documents, reader)
        relations = RelationReader(documents, self._mentions, reader, lexicon, gazetteer, day)
        relations.tie()
        claims = ClaimReader(documents, self._mentions, reader, lexicon, gazetteer, day)
        self.claims = claims.read()
        of_language = (hints or load_hints())[lang]
        heard_in = [(told, of_language.alarm_of(told.words)) for told in self.told]
        self.claims += hinted_claims(heard_in, self.claims, of_language)
        sounds = {(id(told.person), told.field, told.number): alarm for told, alarm in heard_in}
        self.features = Features(documents, self._mentions, reader, lexicon, gazetteer, day, sounds)
        cases = Cases(self.claims, self.features, self._mentions.coaches(), "text" in self._originals,
                      plausibility or load_weights())  # fmt: skip
        cases.hear(self.told, of_language)
        self.cases = cases.cases
        self._verdicts = cases.verdicts(load_verdict_weights()) if is_weighed else cases.by_rule
        self._edges, self._employers = relations.read(self.claims, claims.courtships)
        self.relation_weighing = relations.weighing
        self.reasons = CauseFeatures(documents, self._mentions, reader, lexicon, self.features, self._verdicts)
        self._causes = read_causes(self.reasons)

    def as_dict(self) -> dict:
        """The reading's part of the contract."""
        told = [verdict for verdict in self._verdicts if verdict.person.is_named or verdict.stage != "none"]
        shown = [verdict for verdict in told if verdict.person.name]
        names = {id(verdict.person) for verdict in shown}
        causes = [cause for cause in self._causes if id(cause.person) in names]
        return {
            "coaches": [self._coach(verdict) for verdict in shown],
            "relations": [self._relation(edge) for edge in self._edges if id(edge.person) in names],
            "causes": sorted({cause.cause for cause in causes}),
            "cause_evidence": [self._cause(cause) for cause in causes],
            "evidence": [row for verdict in shown for row in self._evidence(verdict)],
            "unresolved": [self._unresolved(verdict) for verdict in told if not verdict.person.name],
            "marks": self._marks(shown),
        }

    def _coach(self, verdict: Verdict) -> dict:
        person = verdict.person
        chain = [self._link(claim) for claim in self.claims if claim.person is person]
        return {"name": _shown(person), "club": self._employers.get(id(person)), "stage": verdict.stage,
                "risk": verdict.risk, "direction": verdict.direction, "confidence": verdict.confidence,
                "official": verdict.is_official, "known": person.known is not None, "chain": chain}  # fmt: skip

    def _unresolved(self, verdict: Verdict) -> dict:
        """A coach whom neither the text nor a spell names, by the club he is said to coach."""
        return {"club": verdict.person.clubs[0], "stage": verdict.stage, "risk": verdict.risk,
                "direction": verdict.direction, "evidence": self._evidence(verdict)}  # fmt: skip

    def _span(self, field: str, start: int, end: int) -> dict:
        offsets = self._offsets[field]
        if offsets is not None:
            start, end = offsets[start], offsets[end]
        return {"field": field, "start": start, "end": end, "text": self._originals[field][start:end]}

    def _link(self, claim: Claim) -> dict:
        return {**self._span(claim.field, claim.start, claim.end), "cue": claim.cue.pattern.source,
                "stage": claim.cue.stage, "modifiers": sorted(claim.modifiers), "becomes": claim.stage,
                "risk": claim.risk, "why": claim.decided_by,
                "likelihood": claim.likelihood and round(claim.likelihood, 2)}  # fmt: skip

    def _evidence(self, verdict: Verdict) -> list[dict]:
        rows, seen = [], set()
        for claim in verdict.support:
            start, end = evidence_span(claim, self._lexicon)
            if end > start and (claim.field, start, end) not in seen:
                seen.add((claim.field, start, end))
                rows.append(
                    {"coach": _shown(verdict.person), "stage": claim.stage, **self._span(claim.field, start, end)}
                )
        return rows

    def _relation(self, edge: Edge) -> dict:
        unnamed = edge.club == UNNAMED_NATIONAL_TEAM
        row = {"club": None if unnamed else edge.club, "coach": _shown(edge.person), "relation": edge.relation}
        club = self._gazetteer.clubs.get(edge.club)
        if unnamed or (club and club.is_national):
            row |= {"relation": "national_team", "detail": NATIONAL_DETAIL[edge.relation]}
        return {**row, "evidence": self._span(edge.field, edge.start, edge.end)}

    def _cause(self, cause: Cause) -> dict:
        return {"coach": _shown(cause.person), "cause": cause.cause, **self._span(cause.field, cause.start, cause.end)}

    def _marks(self, shown: list[Verdict]) -> list[dict]:
        names = {id(verdict.person) for verdict in shown}
        return [
            {**self._span(claim.field, claim.start, claim.end), "stage": claim.stage, "coach": _shown(claim.person),
             "title": _reason(claim)}
            for claim in self.claims
            if id(claim.person) in names
        ]  # fmt: skip


def _shown(person: Person) -> str:
    return _NAMESAKE.sub("", person.name)


def _reason(claim: Claim) -> str:
    change = f", {claim.decided_by}: {claim.stage}" if claim.decided_by else ""
    return f"{claim.person.name}: {claim.cue.stage}{change}, risk {claim.risk}"
