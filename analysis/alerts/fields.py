"""The closed form of a rules file: which keys a table may have, and what each must hold."""

from collections.abc import Callable
from typing import Any

Check = Callable[[Any], Any]


class RulesError(ValueError):
    """A rules file that cannot be used; the message names the file, the rule, the key and the mend."""


def checked(table: object, keys: dict[str, Check], where: str) -> dict[str, Any]:
    """The values of `table` as the checks of `keys` give them; a key that is missing is checked as None.

    Raises RulesError, naming `where` and the key, for a key that is not in `keys` and for what a check refuses.
    """
    if not isinstance(table, dict):
        raise RulesError(f"{where}: expected a table of keys, not {table!r}")
    for key in table:
        if key not in keys:
            raise RulesError(f"{where}: unknown key {key!r}; known are {', '.join(keys)}")
    values = {}
    for key, check in keys.items():
        try:
            values[key] = check(table.get(key))
        except ValueError as error:
            raise RulesError(f"{where}: {key}: {error}") from None
    return values


def text(default: str | None = None, most: int = 200) -> Check:
    """A check for one line of text; without a default it must be there."""

    def check(value: Any) -> str:
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > most:
            raise ValueError(f"expected one line of text in quotes, at most {most} characters, not {value!r}")
        return value.strip()

    return check


def one_of(*allowed: str, default: str) -> Check:
    """A check for one of a few words."""

    def check(value: Any) -> str:
        if value is None:
            return default
        if value not in allowed:
            raise ValueError(f"expected one of {', '.join(allowed)}, not {value!r}")
        return value

    return check


def number(least: float, most: float) -> Check:
    """A check for a number in [least, most], which may be missing (None)."""

    def check(value: Any) -> float | None:
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
        if value is not None and not is_number:
            raise ValueError(f"expected a number from {least:g} to {most:g}, not {value!r}")
        return value

    return check


def whole(least: int, most: int, default: int) -> Check:
    """A check for a whole number in [least, most]."""

    def check(value: Any) -> int:
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"expected a whole number from {least} to {most}, not {value!r}")
        return value

    return check


def names(allowed: Callable[[str], None] = lambda name: None, any_word: str = "any") -> Check:
    """A check for one name or a list of them; `any_word`, as a key that is missing, gives an empty tuple.

    `allowed` raises ValueError for a name that cannot be.
    """
    one = text()

    def check(value: Any) -> tuple[str, ...]:
        if value is None or value == any_word:
            return ()
        if value == []:
            raise ValueError("the list is empty; leave the key out for all")
        found = tuple(one(name) for name in (value if isinstance(value, list) else [value]))
        for name in found:
            allowed(name)
        return found

    return check
