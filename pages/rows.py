"""A row of the ranking and the parts it is made of, as markup."""

from textwrap import shorten
from urllib.parse import quote as in_address

import pandas as pd

from analysis.charts.palette import QUIET, STAGE_LOOK
from pages.markup import Html, join, link, tag
from pages.wording import Words

SPARK_DAYS = 60
QUOTE = 150
"""Characters of evidence in a row; all of it stands on the coach's page."""
_WIDTH, _HEIGHT = 120, 30


def badge(stage: str, say: Words, is_unconfirmed: bool = False) -> Html:
    """The stage in words with its colour and shape; a departure that nobody has confirmed is only reported."""
    look = STAGE_LOOK[stage]
    name = say("{stage}, unconfirmed", stage=say.stage(stage)) if is_unconfirmed else say.stage(stage)
    glyph = tag("span", look.glyph, class_="pn-glyph", aria_hidden="true")
    return tag("span", glyph, name, class_="pn-badge", style=f"--look:{look.colour}")


def score(row: pd.Series, say: Words) -> Html:
    """The index as a number and as a point on 0 to 100 with its 80 % interval."""
    look = STAGE_LOOK[row["stage"]]
    title = say(
        "index {index}, 80 % interval {lower} to {upper}",
        index=say.number(row["index"]),
        lower=say.number(row["lower"]),
        upper=say.number(row["upper"]),
    )
    interval = f"left:{row['lower']:.1f}%;width:{max(row['upper'] - row['lower'], 1):.1f}%"
    track = tag(
        "div",
        tag("div", class_="pn-interval", style=interval),
        tag("div", class_="pn-point", style=f"left:{row['index']:.1f}%;--look:{look.colour}"),
        class_="pn-track",
        title=title,
        role="img",
        aria_label=title,
    )
    number = tag("span", say.number(row["index"]), class_="pn-number pn-right")
    return tag("div", number, track, class_="pn-score")


def change(value: float, say: Words) -> Html:
    """Points gained in seven days; a spell younger than that is new."""
    text = say("new") if pd.isna(value) else say.change(value)
    return tag("span", text, class_="pn-number pn-right", title=say("change in seven days"))


def spark(series: pd.DataFrame, day: pd.Timestamp, say: Words) -> Html:
    """The last SPARK_DAYS days of an index as a small line; `series` holds date, index and stage of one spell."""
    shown = series[(series["date"] <= day) & (series["date"] > day - pd.Timedelta(days=SPARK_DAYS))].sort_values("date")
    age = (day - shown["date"]).dt.days
    points = [
        (_WIDTH - 6 - days * (_WIDTH - 10) / SPARK_DAYS, _HEIGHT - 4 - value * (_HEIGHT - 8) / 100)
        for days, value in zip(age, shown["index"], strict=True)
    ]
    if not points:
        return tag("span")
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    colour = STAGE_LOOK[shown["stage"].iloc[-1]].colour
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f'<polyline points="{line}" fill="none" stroke="{QUIET}" stroke-width="1.8"/>'
        f'<circle cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="3.2" fill="{colour}"/></svg>'
    )
    words = say(
        "index over 60 days: from {first} to {last}",
        first=say.number(shown["index"].iloc[0]),
        last=say.number(shown["index"].iloc[-1]),
    )
    return tag("img", src=f"data:image/svg+xml,{in_address(drawing)}", alt=words, title=words, class_="pn-spark")


def quotation(line: pd.Series | None, say: Words, most: int = 400) -> Html:
    """The words behind a stage, shortened to `most` characters, with source and day; says so where there are none."""
    if line is None:
        return tag("span", say("nothing about the job in four weeks"), class_="pn-quiet")
    quote = tag("q", shorten(line["text"], most, placeholder=" …"), lang=line["lang"], title=line["text"])
    return join(quote, " ", whence(line, say))


def whence(line: pd.Series, say: Words, form: str = "short") -> Html:
    """Source and day (`form` of wording.DAY_FORMS) of some words, and their language where it is not the reader's."""
    source = tag("bdi", link(say.source(line["source"]), line["url"]))
    parts = [source, say.day(line["date"].date(), form), say.foreign(line["lang"])]
    return tag("span", join(*filter(None, parts), between=", "), class_="pn-quiet")


def header(say: Words) -> Html:
    """The names of the columns."""
    names = (say("stage"), say("7 days"), say("index and interval"), say("60 days"), say("why"))
    cells = [tag("span", name, class_="pn-right" if position == 1 else None) for position, name in enumerate(names)]
    return tag("div", *cells, class_="pn-row pn-head")


def ranking_row(
    row: pd.Series,
    mark: Html,
    series: pd.DataFrame,
    line: pd.Series | None,
    day: pd.Timestamp,
    notes: list[object],
    say: Words,
) -> Html:
    """One coach of the ranking: stage badge, change, index, sparkline, the words behind it, and notes below them."""
    why = tag(
        "div", quotation(line, say, QUOTE), *[tag("div", note, class_="pn-quiet") for note in notes], class_="pn-why"
    )
    return tag(
        "div",
        tag("span", mark),
        change(row["change_7"], say),
        score(row, say),
        spark(series, day, say),
        why,
        class_="pn-row",
    )
