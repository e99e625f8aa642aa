"""Near-duplicate articles told as one story, so that agency copy counts once."""

from analysis.stories.stories import group_stories

__all__ = ["group_stories"]
