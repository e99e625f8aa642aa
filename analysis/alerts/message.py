"""An alert, and the words it is told in."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from analysis.alerts.neutral import address, html_link, in_html, one_line
from analysis.alerts.words import Words


@dataclass(frozen=True)
class Evidence:
    """The very sentence, and where and when it stood. `day` is ISO 8601; `url` is http(s) or empty."""

    text: str
    title: str
    source: str
    day: str
    lang: str
    url: str


@dataclass(frozen=True)
class Alert:
    """What a rule found: plain values, so that it can be kept and sent as JSON.

    `id` is the same whenever the same is found. `kind` is a kind of analysis.alerts.rules. `day` (ISO 8601) is when it
    came about; `made` the moment it was first told. `index`, `lower`, `upper` (0 to 100) and `stage` are those of
    `day`, None and "" where the coach has no post then. `change` is what the index gained in `days` days (kind
    "risen_by"), `over` the threshold, `destination` the club named; `is_confirmed` is false for a departure that is
    only reported. `link` leads to the dashboard, "" where its address is not known.
    """

    id: str
    rule: str
    kind: str
    day: str
    made: str
    coach: str
    club: str
    stage: str
    is_confirmed: bool
    index: float | None
    lower: float | None
    upper: float | None
    over: float | None
    change: float | None
    days: int | None
    destination: str
    evidence: Evidence | None
    link: str


def from_json(values: dict) -> Alert:
    """The alert that dataclasses.asdict made `values` of. Raises TypeError where they are something else."""
    evidence = values["evidence"]
    return Alert(**{**values, "evidence": None if evidence is None else Evidence(**evidence)})


def coach_link(public_url: str, coach: str, day: date) -> str:
    """The coach's page on `day`, always written out, so that the link shows the same tomorrow; "" without one."""
    return f"{public_url}/coach?{urlencode({'coach': coach, 'day': day.isoformat()})}" if public_url else ""


def headline(alert: Alert, say: Words) -> str:
    """One line that says who and what, as text."""
    who = f"{one_line(alert.coach)} ({say.club(one_line(alert.club))})" if alert.club else one_line(alert.coach)
    return f"{who}: {_what(alert, say)}"


def _what(alert: Alert, say: Words) -> str:
    if alert.kind == "index_over":
        return say("index {index}, over {over}", index=say.number(alert.index), over=say.number(alert.over))
    if alert.kind == "risen_by":
        return say("index up {change} in {days} days, to {index}", change=say.number(alert.change), days=alert.days,
                   index=say.number(alert.index))  # fmt: skip
    if alert.kind == "destination":
        return say("named for {club}", club=say.club(one_line(alert.destination)))
    return stage_name(alert.stage, alert.is_confirmed, say)


def stage_name(stage: str, is_confirmed: bool, say: Words) -> str:
    """The name of a stage, a departure that is only reported said to be so."""
    return say.stage(stage) if is_confirmed else say("{stage}, unconfirmed", stage=say.stage(stage))


def standing(alert: Alert, say: Words) -> str:
    """Index with its interval and stage, as text; "" for a coach without a post."""
    if alert.index is None:
        return ""
    return say("Index {index} ({lower} to {upper}), {stage}, on {day}", index=say.number(alert.index),
               lower=say.number(alert.lower), upper=say.number(alert.upper),
               stage=stage_name(alert.stage, alert.is_confirmed, say), day=say.day(alert.day))  # fmt: skip


def source_line(evidence: Evidence, say: Words) -> str:
    """Source and day of a sentence, as text."""
    return ", ".join(filter(None, [one_line(evidence.source), say.day(evidence.day)]))


def text_body(alert: Alert, say: Words) -> str:
    """The alert as lines of plain text."""
    lines = [headline(alert, say), standing(alert, say), ""]
    if alert.evidence:
        lines += [f"“{one_line(alert.evidence.text)}”", f"— {source_line(alert.evidence, say)}"]
        lines += [address(alert.evidence.url), ""]
    link = [say("In Panchina: {link}", link=alert.link)] if alert.link else []
    return "\n".join([*lines, *link, say("Rule: {rule}", rule=one_line(alert.rule))]) + "\n"


def html_body(alert: Alert, say: Words) -> str:
    """The alert as a fragment of HTML in which every word from outside is text."""
    parts = [f"<p><strong>{in_html(headline(alert, say))}</strong></p>"]
    if told := standing(alert, say):
        parts.append(f"<p>{in_html(told)}</p>")
    if alert.evidence:
        source = html_link(source_line(alert.evidence, say), alert.evidence.url)
        lang = f' lang="{in_html(alert.evidence.lang)}"' if alert.evidence.lang else ""
        parts.append(f"<blockquote{lang}>{in_html(alert.evidence.text)}</blockquote><p>{source}</p>")
    if alert.link:
        opens = say("Open in Panchina")
        parts.append(f"<p>{html_link(opens, alert.link)}</p>")
    rule = say("Rule: {rule}", rule=alert.rule)
    return "\n".join([*parts, f"<p><small>{in_html(rule)}</small></p>"]) + "\n"
