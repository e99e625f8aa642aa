"""What each outlet has said about jobs, and what came of it: a track record, counted from spells.

Counts always; a share only from LEAST_CLAIMS claims on, for of fewer it would say more about chance than about the
outlet. It tells how often a departure followed, not whether it followed because of what was written, nor how sure the
outlet was: who reports every rumour is early as well.
"""

import numpy as np
import pandas as pd

from analysis.days import Day, day_number
from analysis.index.ledger import Ledger
from analysis.schema import DIRECTION, STAGES

FOLLOWED_DAYS = 60
"""A departure within so many days of a claim counts as having followed it."""
LEAST_CLAIMS = 5
"""Fewer claims than this have no share."""
RISKS = tuple(stage for stage in STAGES if DIRECTION[stage] == "risk")
COLUMNS = ("source", "claims", *RISKS, "judged", "followed", "share", "median_days")


def track_record(ledger: Ledger, as_of: Day) -> pd.DataFrame:
    """One row an outlet that has spoken of danger by `as_of`, the one with most claims first; columns COLUMNS.

    `claims`: stories of the outlet that speak of danger to a coach's job, each story and coach once, and by stage.
    `judged`: those at least `FOLLOWED_DAYS` old, of which it is known what came. `followed`: judged claims after which
    the spell ended by a departure within so many days. `share`: followed of judged, missing under LEAST_CLAIMS judged
    ones. `median_days`: how early, the days from an outlet's first such claim to the departure, over the departures
    it told of; missing where there was none.
    """
    day = day_number(as_of)
    claims = _claims(ledger, day)
    if claims.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    by_source = claims.groupby("source", sort=False)
    counts = pd.crosstab(claims["source"], claims["stage"]).reindex(columns=list(RISKS), fill_value=0)
    known = by_source[["judged", "followed"]].sum()
    table = counts.assign(claims=by_source.size(), judged=known["judged"], followed=known["followed"])
    table["share"] = (table["followed"] / table["judged"]).where(table["judged"] >= LEAST_CLAIMS)
    table["median_days"] = _lead(claims).reindex(table.index)
    table = table.reset_index().sort_values(["claims", "source"], ascending=[False, True], ignore_index=True)
    return table[list(COLUMNS)]


def _claims(ledger: Ledger, day: int) -> pd.DataFrame:
    """Claims of danger up to `day`, a story and coach once an outlet: source, stage, spell, day, ahead, judged, ..."""
    codes = [STAGES.index(stage) for stage in RISKS]
    taken = ledger.taken[ledger.taken["stage"].isin(codes) & (ledger.taken["day"] <= day)]
    told = ledger.described(taken)
    ends = np.where(ledger.spells["ended_by"].isin(["statement", "sources", "record"]), ledger.spells["end"], np.inf)
    end = ends[taken["spell"]]
    end = np.where(end <= day, end, np.inf)  # what happened later is not known yet
    ahead = end - taken["day"].to_numpy()
    rows = told[["source", "stage", "story_id"]].assign(spell=taken["spell"].to_numpy(), day=taken["day"].to_numpy())
    judged = rows["day"] <= day - FOLLOWED_DAYS
    rows = rows.assign(ahead=ahead, judged=judged, followed=judged & (ahead <= FOLLOWED_DAYS))
    named = rows[rows["source"].fillna("") != ""].sort_values(["day", "story_id"], kind="stable")
    return named.drop_duplicates(["source", "story_id", "spell"])


def _lead(claims: pd.DataFrame) -> pd.Series:
    """Median days from each outlet's first claim before a departure to it."""
    before = claims[claims["followed"]]
    return before.groupby(["source", "spell"])["ahead"].max().groupby("source").median()
