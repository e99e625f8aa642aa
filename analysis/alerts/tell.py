"""Alerts made of what the rules found, each with its evidence."""

import uuid
from datetime import date, datetime, timedelta

from analysis.alerts.book import Book
from analysis.alerts.message import Alert, Evidence, coach_link
from analysis.alerts.watch import Found

_NAMES = uuid.UUID("5f0c1c3e-7a3b-5d0e-9a53-1c6a6c1f0b6e")
"""Namespace of the ids of alerts."""
_EPOCH = date(1970, 1, 1)


def iso_day(number: int) -> str:
    """A day number as ISO 8601."""
    return (_EPOCH + timedelta(days=number)).isoformat()


def alert_id(found: Found) -> str:
    """The same for the same rule, coach, club, destination and day, on every machine and in every run."""
    return str(
        uuid.uuid5(_NAMES, "\n".join((found.rule.name, found.coach, found.club, found.about, iso_day(found.day))))
    )


def make_alert(found: Found, book: Book, public_url: str, now: datetime) -> Alert:
    """The alert of one finding in `book`, told at the moment `now`."""
    rule, day = found.rule, found.day
    club = found.club or book.club_of(found.coach, day)
    row = book.standing(found.coach, club, day) or {}
    stage = str(row.get("stage", ""))
    is_rise, numbers = rule.kind == "risen_by", {name: _number(row.get(name)) for name in ("index", "lower", "upper")}
    return Alert(
        id=alert_id(found), rule=rule.name, kind=rule.kind, day=iso_day(day),
        made=now.isoformat(timespec="seconds"), coach=found.coach, club=club, stage=stage,
        is_confirmed=book.is_confirmed(found.coach, stage, day), **numbers,
        over=rule.over if rule.kind == "index_over" else None,
        change=_change(found, book) if is_rise else None, days=rule.days if is_rise else None,
        destination=found.about, evidence=_evidence(found, stage, book),
        link=coach_link(public_url, found.coach, date.fromisoformat(iso_day(day))),
    )  # fmt: skip


def _number(value: object) -> float | None:
    return None if value is None else round(float(value), 1)


def _change(found: Found, book: Book) -> float:
    seats = book.seats_with_change(found.day, found.rule.days)
    own = seats[(seats["coach"] == found.coach).to_numpy() & (seats["club"] == found.club).to_numpy()]
    return round(float(own[f"change_{found.rule.days}"].iloc[0]), 1)


def _evidence(found: Found, stage: str, book: Book) -> Evidence | None:
    """The sentence behind a finding: of its stage, of its link, or of the weightiest story."""
    if found.rule.kind == "destination":
        rows = book.destinations
        named = rows[(rows["coach"] == found.coach).to_numpy() & (rows["club"] == found.about).to_numpy()
                     & (rows["day"] == found.day).to_numpy()]  # fmt: skip
        return book.quoted(named.iloc[0])
    if found.rule.kind == "stage":
        return book.stage_evidence(found.coach, stage, found.day)
    since = found.day - found.rule.days if found.rule.kind == "risen_by" else None
    return book.index_evidence(found.coach, found.club, found.day, since)
