"""The characters that stand for mentions in canonical sentences and outlines."""

COACH, ROLE, PERSON, CLUB, BOARD, FANS, PLAYER, MEDIA, STAFF = (chr(0xE000 + i) for i in range(9))
"""Placeholders: a coach's name, a role phrase, another person, a club, its officials, fans, players, press, staff."""
SLOTS = frozenset(chr(0xE000 + i) for i in range(9))
