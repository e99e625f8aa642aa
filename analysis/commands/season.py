"""Keeps what today's reader reads in the bundled season: `python -m analysis.commands.season`."""

from analysis.archive import SAMPLE, load_season
from analysis.archive.season import keep_frames


def main() -> None:
    """Read the bundled season and keep what was read."""
    keep_frames(SAMPLE, load_season(is_read_anew=True).frames)


if __name__ == "__main__":
    main()
