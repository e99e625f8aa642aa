"""What is secret comes from the environment, is asked for by name, and is never printed."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

WEBHOOK_SECRET = "PANCHINA_WEBHOOK_SECRET"
WEBHOOK_URL = "PANCHINA_WEBHOOK_URL"
MAIL_USER = "PANCHINA_SMTP_USER"
MAIL_PASSWORD = "PANCHINA_SMTP_PASSWORD"
PUBLIC_URL = "PANCHINA_URL"


class SettingError(ValueError):
    """A variable of the environment that is missing or wrong; the message names it and never its value."""


def public_url(environment: Mapping[str, str] = os.environ) -> str:
    """The dashboard's public address without a last slash, from PANCHINA_URL; "" where it is not set.

    Raises SettingError where it is no http(s) address of its own host, or has a query, a user or spaces in it.
    """
    given = environment.get(PUBLIC_URL, "").strip().rstrip("/")
    if given and not is_address(given, ("http", "https"), has_query=False):
        raise SettingError(f"{PUBLIC_URL} must be a plain address as https://panchina.example.org")
    return given


def is_address(url: str, schemes: tuple[str, ...], has_query: bool = True) -> bool:
    """Whether `url` is an absolute address of one of `schemes`, without user, password, spaces or controls."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    clean = url.isascii() and url.isprintable() and not any(character in url for character in ' "<>\\^`{|}')
    bare = has_query or not (parts.query or parts.fragment)
    return parts.scheme in schemes and named and clean and bare and "@" not in parts.netloc
