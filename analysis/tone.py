"""TextBlob in its right place: the tone of English text, and Panchina's reading behind TextBlob's own interface.

TextBlob's lexicon is English and knows nothing of coaches: it hears "Real" in Real Madrid as praise and nothing in
"sacked". So its polarity is shown beside a reading and never enters one, and no other language is ever given it. It
works from the package alone; the parts of TextBlob that need NLTK's corpora are not used.
"""

from typing import NamedTuple

from textblob import TextBlob
from textblob.base import DISCRETE, BaseSentimentAnalyzer

_ALARM_ORDER = {"left": 3, "risk": 2, "reassurance": 1, "neutral": 0}


class Tone(NamedTuple):
    """What TextBlob hears in an English text.

    `polarity` is -1 (unpleasant) to 1 (pleasant), `subjectivity` 0 to 1, `words` the assessed words in their order as
    (word, polarity, subjectivity).
    """

    polarity: float
    subjectivity: float
    words: list[tuple[str, float, float]]


class CoachSecurity(NamedTuple):
    """One coach's verdict: name, club ("" if unknown), stage, direction, risk 0-4 and confidence 0-1."""

    coach: str
    club: str
    stage: str
    direction: str
    risk: int
    confidence: float


class JobSecurity(NamedTuple):
    """What a text says of coaches' jobs: the fields of the coach at highest risk, and all coaches in that order.

    With no coach in the text: coach and club "", stage "none", direction "neutral", risk 0, confidence 0.0. In a
    language that Panchina does not read: stage, direction, risk and confidence None, which is not zero.
    """

    coach: str
    club: str
    stage: str | None
    direction: str | None
    risk: int | None
    confidence: float | None
    coaches: tuple[CoachSecurity, ...]


def tone(text: str, lang: str | None) -> Tone | None:
    """Tone of `text` if `lang` is English ("en", "en-GB"), else None."""
    if (lang or "").lower().replace("_", "-").partition("-")[0] != "en":
        return None
    polarity, subjectivity, assessments = TextBlob(text).sentiment_assessments
    words = [(" ".join(chunk), weight, opinion) for chunk, weight, opinion, _ in assessments]
    return Tone(polarity, subjectivity, words)


class JobSecurityAnalyzer(BaseSentimentAnalyzer):
    """Panchina's reading as a TextBlob sentiment analyzer, for all six languages.

    >>> TextBlob("Il Milan ha esonerato Fonseca.", analyzer=JobSecurityAnalyzer()).sentiment.stage  # doctest: +SKIP
    'dismissed'

    `lang` and `date` (2024-12-06 or 2024-12) are hints, as an article's fields are. Ask for `.sentiment`: TextBlob's
    `.polarity` and `.subjectivity` pass over any analyzer and always answer from its English lexicon.
    """

    kind = DISCRETE

    def __init__(self, lang: str | None = None, date: str | None = None) -> None:
        super().__init__()
        self._hints = {"lang": lang, "date": date}

    def analyze(self, text: str, keep_assessments: bool = False) -> JobSecurity:
        """Read `text`; `keep_assessments`, which TextBlob's `.sentiment_assessments` passes, changes nothing."""
        # Imported on first use: plain tone needs no lexicon of ours.
        from analysis.reader import read

        reading = read({"id": "", "title": "", "text": str(text), **self._hints})
        if reading.get("unscored"):
            return JobSecurity("", "", None, None, None, None, ())
        coaches = tuple(sorted(map(_security, reading["coaches"]), key=_alarm, reverse=True))
        hottest = coaches[0] if coaches else CoachSecurity("", "", "none", "neutral", 0, 0.0)
        return JobSecurity(*hottest, coaches)


def _security(coach: dict) -> CoachSecurity:
    return CoachSecurity(coach["name"], coach["club"] or "", coach["stage"], coach["direction"], coach["risk"],
                         coach["confidence"])  # fmt: skip


def _alarm(coach: CoachSecurity) -> tuple[int, int, float]:
    return coach.risk, _ALARM_ORDER[coach.direction], coach.confidence
