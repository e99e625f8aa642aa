"""What an article says of each coach and his job: cues, modifiers, one verdict a coach, its words."""
