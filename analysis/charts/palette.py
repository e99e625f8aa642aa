"""The one visual language: a colour, a shape and a glyph for each stage and relation, used everywhere the same.

The colours start from Okabe and Ito's colour-blind-safe set (Color Universal Design, 2008). Danger runs from yellow to
purple and darkens on the way, so its order survives without hue; backing is green and a departure blue. All are shifted
to a middle lightness that stands at 3:1 or more on the light and on the dark background (WCAG 2.2, 1.4.11). Colour is
never alone: a shape and the stage's own word stand beside it.
"""

from dataclasses import dataclass

LADDER = ("none", "speculation", "pressure", "ultimatum", "succession")
"""Stages in order of danger."""


@dataclass(frozen=True)
class Look:
    """How something is drawn: colour, plotly marker symbol, and the same shape as a character."""

    colour: str
    symbol: str
    glyph: str


STAGE_LOOK = {
    "none": Look("#8A919C", "circle-open", "○"),
    "speculation": Look("#A38F00", "circle", "●"),
    "pressure": Look("#CF7400", "triangle-up", "▲"),
    "ultimatum": Look("#CF4A12", "diamond", "◆"),
    "succession": Look("#B03C8C", "star", "★"),
    "dismissed": Look("#2F7FC1", "x", "✖"),
    "resigned": Look("#2F7FC1", "x", "✖"),
    "left_mutual": Look("#2F7FC1", "x", "✖"),
    "reassured": Look("#009E73", "triangle-down", "▼"),
    "renewed": Look("#009E73", "square", "■"),
}
DIRECTION_LOOK = {
    "risk": STAGE_LOOK["ultimatum"],
    "left": STAGE_LOOK["dismissed"],
    "reassurance": STAGE_LOOK["reassured"],
    "neutral": STAGE_LOOK["none"],
}


@dataclass(frozen=True)
class Line:
    """How a relation is drawn: colour and plotly dash."""

    colour: str
    dash: str


RELATION_LOOK = {
    "employer": Line("#7A828E", "solid"),
    "destination": Line("#B03C8C", "solid"),
    "destination_denied": Line("#009E73", "dot"),
    "opponent": Line("#2F7FC1", "dash"),
    "rival": Line("#CF4A12", "dash"),
    "former": Line("#8A919C", "dot"),
    "national_team": Line("#A38F00", "solid"),
}
SERIES = ("#2F7FC1", "#CF4A12", "#009E73", "#B03C8C", "#A38F00", "#6C6FC4", "#7A828E", "#B5651D")
"""Colours that tell coaches apart, in order, where a chart draws several."""
SERIES_DASHES = ("solid", "solid", "solid", "solid", "dash", "dash", "dash", "dash")
QUIET = "#8A919C"
"""Axes, bands and whatever stays in the background."""
TEXT = "#757B88"
"""Letters of a chart: 4.2:1 on the light and 4.3:1 on the dark background."""
CLEAR = "rgba(0,0,0,0)"
