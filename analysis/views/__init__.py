"""What the pages show, picked out of the archive's frames."""

from analysis.views.views import (
    DEPARTURES,
    RECENT_DAYS,
    TOLD_DAYS,
    behind,
    between,
    causes_of,
    coach_events,
    evidence_lines,
    hot_seats,
    movers,
    stories_of,
    until,
    with_quotes,
)

__all__ = [
    "DEPARTURES",
    "RECENT_DAYS",
    "TOLD_DAYS",
    "behind",
    "between",
    "causes_of",
    "coach_events",
    "evidence_lines",
    "hot_seats",
    "movers",
    "stories_of",
    "until",
    "with_quotes",
]
