"""The index of one coach as a small picture for paper: SVG that needs no script."""

from html import escape
from urllib.parse import quote

import pandas as pd

from analysis.charts.index import stage_runs
from analysis.charts.palette import QUIET, STAGE_LOOK
from analysis.charts.shared import Words, day_axis

WIDTH, HEIGHT = 720, 190
_LEFT, _RIGHT, _TOP, _FLOOR = 30, 8, 8, 142
_LANE, _TICKS = 152, 182
_INK = "#333333"


def index_picture(series: pd.DataFrame, changes: pd.DataFrame, words: Words) -> str:
    """`series` (rows of schema INDEX of one coach) as an SVG drawing: index, 80 % interval, change points, stages.

    `changes` holds date and after (analysis.index.changes.change_points). Days run from left to right, the index from
    0 to 100; below it lies the stage of each day in its colour.
    """
    first, last = series["date"].min(), series["date"].max()
    span = max((last - first).days, 1)

    def across(day: pd.Timestamp) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (day - first).days / span

    parts = [_grid(value) for value in (0, 25, 50, 75, 100)]
    axis = day_axis(series["date"], words)
    for day, name in zip(axis["tickvals"], axis["ticktext"], strict=True):
        place = across(pd.Timestamp(day, tz="UTC"))
        anchor = "start" if place < _LEFT + 20 else "end" if place > WIDTH - 40 else "middle"
        parts.append(_text(place, _TICKS, name, anchor))
    for run in stage_runs(series).itertuples():
        width = max(across(run.last) - across(run.first), 2)
        colour = STAGE_LOOK[run.stage].colour
        faint = 0.35 if run.stage == "none" else 1
        parts.append(
            f'<rect x="{across(run.first):.1f}" y="{_LANE}" width="{width:.1f}" height="12" fill="{colour}" '
            f'opacity="{faint}"/>'
        )
    for _, spell in series.groupby("club", sort=False):
        parts += _spell(spell.sort_values("date"), across)
    for change in changes.itertuples():
        place = f'cx="{across(change.date):.1f}" cy="{_up(change.after):.1f}"'
        parts.append(f'<circle {place} r="5" fill="none" stroke="{_INK}" stroke-width="1.5"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="11">{"".join(parts)}</svg>'
    )


def as_address(drawing: str) -> str:
    """A drawing as an address for an image."""
    return f"data:image/svg+xml,{quote(drawing)}"


def _spell(spell: pd.DataFrame, across) -> list[str]:
    days = [across(day) for day in spell["date"]]
    upper = [(x, _up(value)) for x, value in zip(days, spell["upper"], strict=True)]
    lower = [(x, _up(value)) for x, value in zip(days, spell["lower"], strict=True)]
    line = [(x, _up(value)) for x, value in zip(days, spell["index"], strict=True)]
    return [
        f'<polygon points="{_points(upper + lower[::-1])}" fill="{QUIET}" opacity="0.3"/>',
        f'<polyline points="{_points(line)}" fill="none" stroke="{_INK}" stroke-width="1.8"/>',
    ]


def _up(value: float) -> float:
    return _FLOOR - (_FLOOR - _TOP) * min(max(float(value), 0), 100) / 100


def _points(places: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _grid(value: int) -> str:
    height = _up(value)
    line = f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="#CCCCCC"/>'
    return line + _text(_LEFT - 6, height + 4, value, "end")


def _text(x: float, y: float, content: object, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{escape(str(content))}</text>'
