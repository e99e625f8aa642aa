"""The colours stand out on both themes, also for colour-blind eyes, and are never alone."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from analysis.charts.palette import LADDER, RELATION_LOOK, SERIES, SERIES_DASHES, STAGE_LOOK
from analysis.schema import RELATIONS, STAGES

ROOT = Path(__file__).resolve().parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
"""Machado, Oliveira and Fernandes, IEEE TVCG 15, 2009, severity 1."""


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_stands_out_on_the_background(stage, mode):
    assert contrast(STAGE_LOOK[stage].colour, THEME[mode]["backgroundColor"]) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("colour", SERIES)
def test_every_line_stands_out_on_the_background(colour, mode):
    assert contrast(colour, THEME[mode]["backgroundColor"]) >= 3


def test_danger_darkens_step_by_step():
    lights = [luminance(STAGE_LOOK[stage].colour) for stage in LADDER[1:]]
    assert lights == sorted(lights, reverse=True)


def test_stages_of_different_meaning_differ_in_shape():
    shapes = [STAGE_LOOK[stage].symbol for stage in (*LADDER, "dismissed", "reassured", "renewed")]
    assert len(set(shapes)) == len(shapes)


def test_danger_backing_and_departure_differ_for_a_colour_blind_eye():
    seen = {stage: DEUTERANOPIA @ linear(STAGE_LOOK[stage].colour) for stage in ("ultimatum", "reassured", "dismissed")}
    distances = [np.linalg.norm(seen[one] - seen[other]) for one, other in combinations(seen, 2)]
    assert min(distances) > 0.12


def test_stages_and_relations_all_have_a_look():
    assert set(STAGE_LOOK) == set(STAGES)
    assert set(RELATION_LOOK) == set(RELATIONS)


def test_lines_of_like_colour_differ_in_dash():
    assert len(set(zip(SERIES, SERIES_DASHES, strict=True))) == 8
