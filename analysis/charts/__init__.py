"""Frames drawn as plotly figures; only `paper` draws SVG of its own, for a sheet that has no script."""
