"""The index once more, by plain loops over days and claims: slow, obvious, and only for comparison."""

import calendar
from datetime import date, timedelta

import numpy as np

from analysis.index.bootstrap import PRIOR, draw_counts
from analysis.index.placing import hashes
from analysis.index.stage_window import RANKED
from analysis.schema import DIRECTION

CHANNELS = {"speculation": "r", "pressure": "rp", "ultimatum": "a", "succession": "ae", "dismissed": "ae",
            "resigned": "ae", "left_mutual": "ae"}  # fmt: skip
FOREVER = date(9999, 1, 1)


def oracle_index(claims, story_of, spells, parameters, as_of, worked_out):
    """Rows of the index by (coach, club, day), as dicts on the days `worked_out` and None on the others.

    `claims` are dicts of schema CLAIMS, `spells` the gazetteer's.
    """
    usable = [dict(claim, day=day_of(claim)) for claim in claims if day_of(claim) and claim["coach"]]
    usable = [claim for claim in usable if claim["day"] <= as_of]
    rows = {}
    for coach in {claim["coach"] for claim in usable}:
        own = [dict(claim, story=story_of.get(claim["article_id"], claim["article_id"])) for claim in usable
               if claim["coach"] == coach]  # fmt: skip
        record = [spell for spell in spells if spell.coach == coach and spell.start <= as_of]
        placed = place(own, record, parameters)
        first = min(claim["day"] for claim in usable)
        for club in {claim["club"] for claim in placed} | {spell.club for spell in record}:
            of_club = [claim for claim in placed if claim["club"] == club]
            at_club = [spell for spell in record if spell.club == club]
            known_since = min((spell.start for spell in record), default=FOREVER)
            for start, end in open_runs(of_club, at_club, known_since, parameters, as_of):
                told = [claim for claim in of_club if start <= claim["day"] <= end]
                for day in days(max(start, first), end):
                    known = [c for c in told if c["day"] <= day]
                    rows[coach, club, day] = day_row(known, day, parameters) if day in worked_out else None
    return rows


def days(first, last):
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def day_of(claim):
    day = claim["published_at"].date()
    if claim["date_precision"] == "day":
        return day
    if claim["date_precision"] == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return None


def trusted(spell, parameters):
    return spell.end or spell.checked + timedelta(days=parameters.trusted_days)


def place(claims, record, parameters):
    """Claims with the club whose job they speak of; those about a club where he surely is not are dropped."""
    placed = []
    for claim in claims:
        begun = [spell for spell in record if spell.start <= claim["day"]]
        latest = max(begun, key=lambda spell: (spell.start, spell.club), default=None)
        current = latest if latest and claim["day"] <= trusted(latest, parameters) else None
        club = claim["club"]
        if not club:
            club = current.club if current else last_named(claims, claim["day"], parameters)
        known = (latest.end - timedelta(days=1) if latest.end else latest.checked) if latest else None
        if current and claim["day"] <= known and club != current.club:
            same = [spell for spell in begun if spell.club == club]
            if not same or claim["day"] > trusted(max(same, key=lambda spell: spell.start), parameters):
                continue
        placed.append(dict(claim, club=club))
    return placed


def last_named(claims, day, parameters):
    near = [c for c in claims if c["club"] and c["day"] <= day and (day - c["day"]).days <= parameters.silent_days]
    # Of two clubs named on one day the one first in the alphabet is taken.
    return min(near, key=lambda c: (-c["day"].toordinal(), c["club"]))["club"] if near else ""


def open_runs(claims, record, known_since, parameters, as_of):
    """[(first, last day)] by walking through the days."""
    naming = [c for c in claims if c["club"] or DIRECTION[c["stage"]] in ("risk", "left")]
    firsts = [min(c["day"] for c in naming if c["story"] == story) for story in {c["story"] for c in naming}]
    named = {c["day"] for c in claims if c["club"] or DIRECTION[c["stage"]] in ("risk", "left")}
    backed = {c["day"] for c in claims if DIRECTION[c["stage"]] == "reassurance" and c["official"]}
    lefts = sorted((c for c in claims if DIRECTION[c["stage"]] == "left"), key=lambda c: c["day"])
    starts = {spell.start for spell in record}
    every = named | backed | starts
    runs, begun, closed, by = [], None, None, ""
    for day in days(min(every), as_of) if every else []:
        quiet = parameters.return_days if by in ("left", "record") else 1
        comes_back = by and day in backed
        near = [first for first in firsts if 0 <= (day - first).days <= parameters.silent_days]
        believed = day < known_since or (day in firsts and len(near) > 1)
        is_named = day in named and believed and (closed is None or (day - closed).days >= quiet)
        if begun is None and (day in starts or is_named or comes_back):
            begun, covered = day, day
        if begun is None:
            continue
        if day in named or (day == begun and day in backed):
            covered = max(covered, day + timedelta(days=parameters.silent_days))
        holding = [s for s in record if s.start <= day <= trusted(s, parameters)]
        covered = max([covered, *(trusted(spell, parameters) for spell in holding)])
        ends = ""
        if confirmed([c for c in lefts if begun <= c["day"] <= day], day, parameters):
            ends = "left"
        elif any(spell.end == day for spell in holding):
            ends = "record"
        elif covered <= day:
            ends = "silence"
        if ends:
            runs.append((begun, day))
            begun, closed, by = None, day, ends
    if begun is not None:
        runs.append((begun, as_of))
    return runs


def confirmed(lefts, day, parameters):
    today = [c for c in lefts if c["day"] == day]
    if any(c["official"] for c in today):
        return True
    return any(
        one["source"] and other["source"] and one["source"] != other["source"] and one["story"] != other["story"]
        and (day - other["day"]).days <= parameters.departure_window_days
        for one in today for other in lefts
    )  # fmt: skip


def vote_value(claim, parameters):
    weight = parameters.stage_weight(claim["stage"], claim["risk"], claim["official"])
    weight *= dict(parameters.source_weights).get(claim["source"], 1)
    weight *= min(1, claim["confidence"] / parameters.full_confidence)
    return weight * (parameters.month_weight if claim["date_precision"] == "month" else 1)


def day_row(claims, day, parameters):
    stories = {}
    for claim in claims:
        stories.setdefault(claim["story"], []).append(claim)
    votes = [vote for told in stories.values() if (vote := vote_of(told, parameters))]
    resets = [reset for told in stories.values() if (reset := reset_of(told, parameters))]
    firsts = {story: min(c["day"] for c in told) for story, told in stories.items()}
    said_first = {story: [c["stage"] for c in told if c["day"] == firsts[story]] for story, told in stories.items()}
    calm = [firsts[story] for story, stages in said_first.items() if set(stages) == {"none"}]
    rate = 7 * (1 - 2 ** (-1 / parameters.volume_half_life_days))
    weekly = rate * sum(2 ** (-(day - first).days / parameters.volume_half_life_days) for first in calm)
    drawn = [index_of(votes, resets, weekly, day, parameters, draw) for draw in range(parameters.draws)]
    index = index_of(votes, resets, weekly, day, parameters, None)
    tail = (1 - parameters.interval) / 2
    return {
        "index": index,
        "lower": min(index, np.quantile(drawn, tail)), "upper": max(index, np.quantile(drawn, 1 - tail)),
        "stories": sum((day - first).days < parameters.stage_days for first in firsts.values()),
        "volume": weekly, "stage": stage_of(claims, day, parameters),
    }  # fmt: skip


def vote_of(told, parameters):
    risky = [claim for claim in told if vote_value(claim, parameters) > 0]
    if not risky:
        return None
    first = [claim for claim in risky if claim["day"] == min(c["day"] for c in risky)]
    hashed = {claim["source"]: hashes(np.array([claim["source"]]))[0] for claim in first}
    return min(first, key=lambda c: (-vote_value(c, parameters), hashed[c["source"]], c["number"]))


def reset_of(told, parameters):
    """(day, share taken off) of a story's vote of confidence."""
    backs = [claim for claim in told if DIRECTION[claim["stage"]] == "reassurance"]
    if not backs:
        return None
    day = min(claim["day"] for claim in backs)
    return day, max(share_off(claim, parameters) for claim in backs if claim["day"] == day)


def share_off(claim, parameters):
    if claim["stage"] == "renewed":
        return parameters.renewal
    sure = claim["official"] or claim["confidence"] >= parameters.full_confidence
    return parameters.backing if sure and claim["risk"] < 2 else parameters.guarded_backing


def index_of(votes, resets, weekly, day, parameters, draw):
    """The index from what is left of it: shares of it see only votes since a statement that takes off so much."""
    levels = [0, parameters.guarded_backing, parameters.backing, parameters.renewal, 1]
    total = 0
    for low, high in zip(levels, levels[1:], strict=False):
        since = max((at for at, off in resets if off >= high - 1e-9), default=None)
        seen = [vote for vote in votes if since is None or vote["day"] > since]
        total += (high - low) * level_index(seen, weekly, day, parameters, draw)
    return total


def level_index(votes, weekly, day, parameters, draw):
    prior = 0 if draw is None else parameters.prior_weight * draw_counts(PRIOR, parameters)[0, 1 + draw]
    calm = (1 + weekly / parameters.neutral_stories_a_week) ** -parameters.volume_exponent
    votes_in = {key: [vote for vote in votes if key in CHANNELS[vote["stage"]]] for key in "rpae"}
    r, p, a, e = (channel_sum(votes_in[key], day, parameters, draw) for key in "rpae")
    sums = (calm * (r + prior) + a, calm * p + a, a, e)
    return sum(step * s / (s + parameters.shrinkage) for step, s in zip(parameters.steps, sums, strict=True))


def channel_sum(votes, day, parameters, draw):
    """Over the sources: (1 - share) x strongest + share x sum; with a draw, what each adds, times its count."""
    total = 0
    for source in {vote["source"] for vote in votes}:
        own = [vote for vote in votes if vote["source"] == source]
        left = {v["number"]: vote_value(v, parameters) * 2 ** (-(day - v["day"]).days / parameters.half_life_days)
                for v in own}  # fmt: skip
        if draw is None:
            total += (1 - parameters.same_source_share) * max(left.values())
            total += parameters.same_source_share * sum(left.values())
            continue
        hashed = {v["number"]: hashes(np.array([v["story"]]))[0] for v in own}
        strongest = 0
        for vote in sorted(own, key=lambda v: (v["day"], hashed[v["number"]])):
            value = left[vote["number"]]
            adds = parameters.same_source_share * value
            adds += (1 - parameters.same_source_share) * max(0, value - strongest)
            strongest = max(strongest, value)
            total += adds * draw_counts(hashed[vote["number"]].reshape(1), parameters)[0, 1 + draw]
    return total


def stage_of(claims, day, parameters):
    recent = [c for c in claims if c["stage"] != "none" and c["date_precision"] == "day"
              and (day - c["day"]).days < parameters.stage_days]  # fmt: skip
    stated = max((c["day"] for c in recent if c["official"]), default=None)
    if stated:
        recent = [c for c in recent if c["day"] > stated or (c["day"] == stated and c["official"])]
    return max((c["stage"] for c in recent), key=RANKED.index, default="none")
