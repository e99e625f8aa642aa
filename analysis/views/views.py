"""What the pages show, picked out of the archive's frames: rankings, evidence, stories, events."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.picking import among, as_text, of_articles, texts
from analysis.views.quotes import in_sentences

RECENT_DAYS = 7
"""The stage shown is that of the last seven days (docs/DESIGN.md), so its evidence is looked for there first."""
TOLD_DAYS = 28
"""What was said longer ago is no reason for today's index any more: after four half-lives 6 % of it is left."""
BEHIND_DAYS = 14
"""A point of the index rests on the stories of about two weeks; older ones have decayed to little."""
LEAST_POINTS = 0.1
"""A story worth less than this adds nothing that a screen shows."""
_SEVERITY = {
    "none": 0,
    "renewed": 1,
    "reassured": 1,
    "speculation": 2,
    "pressure": 3,
    "ultimatum": 4,
    "succession": 5,
    "dismissed": 6,
    "resigned": 6,
    "left_mutual": 6,
}
DEPARTURES = ("dismissed", "resigned", "left_mutual")


def until(frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Rows published by the end of `day`; rows without a date drop out."""
    moments, end = frame["published_at"], day + pd.Timedelta(days=1)
    # In order, which costs a glance, the rows are a slice and no copy.
    return frame.iloc[: moments.searchsorted(end)] if moments.is_monotonic_increasing else frame[moments < end]


def between(frame: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Rows published from `first` to `last`, both days included."""
    rows = until(frame, last)
    moments = rows["published_at"]
    is_ordered = moments.is_monotonic_increasing
    return rows.iloc[moments.searchsorted(first) :] if is_ordered else rows[moments >= first]


def hot_seats(now: pd.DataFrame, before: dict[int, pd.DataFrame] | None = None) -> pd.DataFrame:
    """The ranking `now` (INDEX rows of one day) with what moved: change_1, change_7 ... points gained in as many days.

    `before` holds the ranking of that many days ago, unless `now` has the changes already (analysis.index.ranking). A
    spell younger than that has no change (NaN): it began from nothing. Where two stand equal, the graver stage comes
    first.
    """
    table = now
    for days, ranking in (before or {}).items():
        then = ranking[["coach", "club", "index"]].rename(columns={"index": "then"})
        table = table.merge(then, on=["coach", "club"], how="left")
        table = table.assign(**{f"change_{days}": table["index"] - table["then"]}).drop(columns="then")
    return table.iloc[_by_danger(table)].reset_index(drop=True)


def _by_danger(table: pd.DataFrame) -> np.ndarray:
    """Rows by index, severity and name; pandas sorts thousands of texts four times as slowly."""
    severity = [_SEVERITY[stage] for stage in table["stage"].tolist()]
    keys = pa.table({"index": table["index"].to_numpy(), "severity": severity, "coach": texts(table["coach"])})
    order = [("index", "descending"), ("severity", "descending"), ("coach", "ascending")]
    return pc.sort_indices(keys, sort_keys=order).to_numpy()


def movers(table: pd.DataFrame, days: int, least: float = 1.0, most: int = 5) -> pd.DataFrame:
    """Rows of `hot_seats` that moved by at least `least` points in `days` days, the largest moves first."""
    column = f"change_{days}"
    moved = table[table[column].abs() >= least]
    return moved.reindex(moved[column].abs().sort_values(ascending=False, kind="stable").index).head(most)


def evidence_lines(
    claims: pd.DataFrame, evidence: pd.DataFrame, articles: pd.DataFrame, day: pd.Timestamp, spoken: str = ""
) -> pd.DataFrame:
    """One line of evidence for each coach as of `day`: columns coach, text, stage, source, lang, date, url, article_id.

    The gravest claim of the last seven days wins; of equal ones that in the language `spoken` by the reader, then a
    statement of club or coach, then the newer. A departure that club or coach confirm comes before one in any language.
    A coach without news in those days gets his newest claim of the last TOLD_DAYS.
    """
    said = between(claims, day - pd.Timedelta(days=TOLD_DAYS), day)
    said = said[(said["stage"] != "none").to_numpy(dtype=bool)]
    said = said[among(said["article_id"], evidence["article_id"])]
    best = as_text(_gravest(said, day, spoken)[["article_id", "coach", "stage", "source", "lang", "published_at"]])
    quotes = _longest_quote(as_text(of_articles(evidence, best["article_id"])))
    articles = of_articles(articles, best["article_id"])
    lines = best.merge(quotes, on=["article_id", "coach"]).merge(articles[["article_id", "url"]], on="article_id")
    lines = lines.rename(columns={"published_at": "date"})
    return lines[["coach", "text", "stage", "source", "lang", "date", "url", "article_id"]]


def _gravest(said: pd.DataFrame, day: pd.Timestamp, spoken: str) -> pd.DataFrame:
    """The one claim of each coach that says most of `day`, as `evidence_lines` tells."""
    recent = (said["published_at"] > day - pd.Timedelta(days=RECENT_DAYS)).to_numpy()
    severity = np.where(recent, [_SEVERITY[stage] for stage in said["stage"].tolist()], 0)
    official = said["official"].to_numpy(dtype=bool)
    confirmed = recent & official & said["stage"].isin(DEPARTURES).to_numpy(dtype=bool)
    own = recent & (said["lang"] == spoken).to_numpy(dtype=bool)
    later = (said["confidence"].to_numpy(), said["published_at"].dt.tz_convert(None).to_numpy(), official)
    order = said.iloc[np.lexsort((*later, own, confirmed, severity, recent))]
    return order[~order["coach"].duplicated(keep="last").to_numpy()]


def _longest_quote(evidence: pd.DataFrame) -> pd.DataFrame:
    """One quote for each article and coach: from the text before the title, the longest."""
    order = evidence.assign(in_text=evidence["field"] == "text", length=evidence["end"] - evidence["start"])
    order = order.sort_values(["in_text", "length"], ascending=False, kind="stable")
    return order.drop_duplicates(["article_id", "coach"])[["article_id", "coach", "text"]]


def stories_of(coach: str, claims: pd.DataFrame, articles: pd.DataFrame, stories: pd.DataFrame) -> pd.DataFrame:
    """Stories about a coach, newest first: claims columns, story_id, repeats, title and url.

    A story is shown through its first article; `repeats` counts the others that say the same. What it says stands in
    `with_quotes`.
    """
    return titled(firsts_of(coach, claims, stories), articles)


def firsts_of(coach: str, claims: pd.DataFrame, stories: pd.DataFrame) -> pd.DataFrame:
    """`stories_of` without title and url, and with texts coded as they are in `claims`: few of very many are shown."""
    own = claims[(claims["coach"] == coach).to_numpy(dtype=bool)]
    if not own["published_at"].is_monotonic_increasing:
        own = own.sort_values("published_at", kind="stable")
    pairs = zip(stories["article_id"].tolist(), stories["story_id"].tolist(), strict=True)
    known = {article: story for article, story in pairs if isinstance(story, str)}
    story = np.array([known.get(article, article) for article in own["article_id"].tolist()], dtype=object)
    _, at, count = np.unique(pd.factorize(story)[0], return_index=True, return_counts=True)
    told = own.iloc[at].assign(story_id=pd.array(story[at], dtype="string"), repeats=count - 1)
    return told.sort_values("published_at", ascending=False, kind="stable", ignore_index=True)


def titled(stories: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Some of `firsts_of` as `stories_of` has them; `articles` of at least these."""
    titles = of_articles(articles[["article_id", "title", "url"]], stories["article_id"])
    return as_text(stories).merge(titles, on="article_id", how="left").set_axis(stories.index)


def with_quotes(stories: pd.DataFrame, evidence: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """`stories_of` one coach with a column quotes: a list of (sentence, marks), marks being spans of evidence in it.

    `evidence` by schema EVIDENCE, `articles` by schema ARTICLES, both of at least these stories' articles.
    """
    told = as_text(of_articles(evidence, stories["article_id"]))
    quotes = _quotes(told[told["coach"].isin(stories["coach"])], articles)
    return stories.assign(
        quotes=pd.Series([quotes.get(article, []) for article in stories["article_id"]], stories.index, dtype=object)
    )


def _quotes(evidence: pd.DataFrame, articles: pd.DataFrame) -> dict[str, list[tuple[str, list[tuple[int, int]]]]]:
    """Sentences of each article that hold evidence, in the order of the text, with the spans in them."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = {}
    ordered = evidence.sort_values(["article_id", "field", "start"], ascending=[True, False, True])
    for row in in_sentences(ordered, articles).itertuples():
        marks = found.setdefault(row.article_id, {}).setdefault(row.sentence, [])
        marks.append((row.mark_start, row.mark_end))
    return {article: list(sentences.items()) for article, sentences in found.items()}


def behind(stories: pd.DataFrame, weights: pd.DataFrame, day: pd.Timestamp, spoken: str = "") -> pd.DataFrame:
    """Stories that make the index of `day`, the weightiest first: `stories_of` columns and points.

    Of those that weigh the same on the screen, the ones in the language `spoken` by the reader come first.

    `weights` holds story_id and points, as analysis.index.standing.contributions gives them. Backing of the last
    BEHIND_DAYS takes points off earlier stories and has none of its own (NaN); it comes last.
    """
    weighty = weights.loc[weights["points"] >= LEAST_POINTS, ["story_id", "points"]]
    made = stories.merge(weighty.drop_duplicates("story_id"), on="story_id")
    order = pd.DataFrame({"points": made["points"].round(1), "spoken": made["lang"] == spoken})
    made = made.loc[order.sort_values(["points", "spoken"], ascending=False, kind="stable").index]
    recent = between(stories, day - pd.Timedelta(days=BEHIND_DAYS), day)
    backing = recent[recent["direction"] == "reassurance"].assign(points=float("nan"))
    return pd.concat([frame for frame in (made, backing) if len(frame)] or [made], ignore_index=True)


def causes_of(coach: str, causes: pd.DataFrame, stories: pd.DataFrame) -> pd.DataFrame:
    """Reasons given for a coach's doubtful job, once a story: columns date, cause, text, article_id."""
    own = as_text(causes[causes["coach"] == coach])
    own = own.merge(of_articles(stories, own["article_id"]), on="article_id", how="left")
    own["story_id"] = own["story_id"].fillna(own["article_id"])
    once = own.sort_values("published_at", kind="stable").drop_duplicates(["story_id", "cause"])
    return once.rename(columns={"published_at": "date"})[["date", "cause", "text", "article_id"]].reset_index(drop=True)


EVENT_COLUMNS = ("article_id", "published_at", "stage", "direction", "official")
"""What `coach_events` asks of `firsts_of`."""


def eventful(stories: pd.DataFrame) -> np.ndarray:
    """Which of `firsts_of` are events: departures, ultimatums, and statements of club or coach about the job."""
    is_said = stories["official"].to_numpy(dtype=bool) & (stories["direction"] != "neutral").to_numpy(dtype=bool)
    return is_said | stories["stage"].isin(["ultimatum", *DEPARTURES]).to_numpy(dtype=bool)


def coach_events(stories: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    """Events beside a coach's index: columns date, kind (match, statement, ultimatum, departure), label, article_id.

    `stories` as `stories_of` gives them; `matches` holds date and label. Statements are those of club or coach.
    """
    told = stories[eventful(stories)]
    kinds = [_EVENTS.get(stage, "statement") for stage in told["stage"].tolist()]
    said = pd.DataFrame({"date": told["published_at"], "kind": kinds, "label": told["title"],
                         "article_id": told["article_id"]})  # fmt: skip
    if len(matches):
        said = pd.concat([said, matches.assign(kind="match", article_id="")[list(said.columns)]], ignore_index=True)
    return said.sort_values("date", kind="stable")


_EVENTS = {"ultimatum": "ultimatum", **dict.fromkeys(DEPARTURES, "departure")}
