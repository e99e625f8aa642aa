"""What is watched and who is told: the file data/alerts.toml, read and checked.

The file is closed: a key it does not know, a stage or club that does not exist, a rule that asks two things at once
are errors that name the rule and the key. Nothing secret stands in it (analysis.alerts.secrets).
"""

import difflib
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analysis.alerts.fields import RulesError, checked, names, number, one_of, text, whole
from analysis.alerts.mail import MailSettings, mail_settings
from analysis.gazetteer import DATA, load_gazetteer
from analysis.schema import STAGES

DEFAULT = DATA / "alerts.toml"
CHANNELS = ("feed", "webhook", "mail")
INTERFACES = ("en", "it")
CLEAR_BELOW = 10
"""Points that the index must fall below the threshold before the same alert may come again, where a rule says none."""
KINDS = ("stage", "index_over", "risen_by", "destination")
"""Keys of which a rule has exactly one: what it asks."""


@dataclass(frozen=True)
class Rule:
    """One thing that is watched. `coaches` and `clubs` are empty for all of them.

    `kind` is one of KINDS. `stages` belong to "stage"; `over` and `clear` (index points) to "index_over"; `points` and
    `days` to "risen_by"; `destinations` (empty for any club) to "destination". `channels` are told, all that are set
    up where it is empty.
    """

    name: str
    kind: str
    coaches: tuple[str, ...] = ()
    clubs: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    over: float = 0.0
    clear: float = 0.0
    points: float = 0.0
    days: int = 7
    destinations: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def takes(self, coach: str, club: str) -> bool:
        """Whether the rule is about this coach at this club."""
        return (not self.coaches or coach in self.coaches) and (not self.clubs or club in self.clubs)


@dataclass(frozen=True)
class Rules:
    """A rules file: the rules, the language, the feed's file and title, and where else alerts go.

    `has_webhook` says that there is a webhook; `webhook` is its address, "" where the environment has it.
    """

    rules: tuple[Rule, ...]
    language: str
    feed_file: str
    feed_title: str
    has_webhook: bool
    webhook: str
    mail: MailSettings | None

    def channels_of(self, name: str) -> tuple[str, ...]:
        """The channels that the rule of this name tells."""
        return next(rule.channels for rule in self.rules if rule.name == name) or self.channels

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that the file sets up."""
        there = {"feed": bool(self.feed_file), "webhook": self.has_webhook, "mail": self.mail is not None}
        return tuple(name for name in CHANNELS if there[name])


def load_rules(path: str | Path = DEFAULT) -> Rules:
    """Read a rules file. Raises RulesError, which names file, rule and key, and OSError where it cannot be opened."""
    path = Path(path)
    try:
        whole_file = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{path.name}: not valid TOML: {error}") from None
    keys = {"language": one_of(*INTERFACES, default="en"), **dict.fromkeys(("feed", "webhook", "mail", "rule"), _as_is)}
    top = checked(whole_file, keys, path.name)
    feed = checked(top["feed"] or {}, {"file": text(""), "title": text("Panchina")}, f"{path.name}, [feed]")
    webhook = checked(top["webhook"] or {}, {"url": text("", 2000)}, f"{path.name}, [webhook]")
    mail = None if top["mail"] is None else mail_settings(top["mail"], f"{path.name}, [mail]")
    return _reached(Rules(_rules(top["rule"], path.name), top["language"], feed["file"], feed["title"],
                          top["webhook"] is not None, webhook["url"], mail), path.name)  # fmt: skip


def _reached(rules: Rules, where: str) -> Rules:
    """`rules`, if every one of them tells somebody; what nobody is told would be lost without a word."""
    if not rules.channels:
        raise RulesError(f"{where}: feed: nobody is told; set up [feed] with a file, [webhook] or [mail]")
    for rule in rules.rules:
        lost = sorted(set(rule.channels) - set(rules.channels)) if rule.channels else []
        if lost:
            raise RulesError(f"{where}, rule {rule.name!r}: deliver: {', '.join(lost)} is not set up; add [{lost[0]}]")
    return rules


def _as_is(value: object) -> object:
    return value


def _rules(tables: object, where: str) -> tuple[Rule, ...]:
    if not isinstance(tables, list) or not tables:
        raise RulesError(f"{where}: no rule; write at least one table [[rule]]")
    rules = tuple(_rule(table, f"{where}, rule {number}") for number, table in enumerate(tables, 1))
    for name, count in Counter(rule.name for rule in rules).items():
        if count > 1:
            raise RulesError(f"{where}, rule {name!r}: name: {count} rules have it; each needs its own")
    return rules


def _rule(table: object, where: str) -> Rule:
    if isinstance(table, dict) and isinstance(table.get("name"), str):
        where += f" ({table['name'][:60]!r})"
    found = checked(table, {
        "name": text(most=60), "coach": names(), "club": names(_club), "stage": names(_stage),
        "index_over": number(1, 100), "index_clear": number(0, 99), "risen_by": number(1, 100),
        "in_days": whole(1, 60, 7), "destination": names(_club), "deliver": names(_channel, ""),
    }, where)  # fmt: skip
    asked = [key for key in KINDS if key in table]
    if len(asked) != 1:
        said = " and ".join(asked) or "nothing"
        raise RulesError(f"{where}: {'stage' if not asked else asked[1]}: a rule asks one of {', '.join(KINDS)}, "
                         f"this one {said}; {'add one' if not asked else 'make two rules of it'}")  # fmt: skip
    _only_with("index_clear", "index_over", table, where)
    _only_with("in_days", "risen_by", table, where)
    return _made(found, asked[0], where)


def _only_with(key: str, owner: str, table: dict, where: str) -> None:
    if key in table and owner not in table:
        raise RulesError(f"{where}: {key}: it belongs to {owner}, which this rule does not have")


def _made(found: dict, kind: str, where: str) -> Rule:
    if kind == "stage" and not found["stage"]:
        raise RulesError(f"{where}: stage: name the stages; any stage at all would be news every day")
    over = found["index_over"] or 0.0
    clear = max(0.0, over - CLEAR_BELOW) if found["index_clear"] is None else found["index_clear"]
    if kind == "index_over" and clear >= over:
        raise RulesError(f"{where}: index_clear: {clear:g} is not below index_over, {over:g}; it would flap")
    return Rule(found["name"], kind, found["coach"], found["club"], found["stage"], over, clear,
                found["risen_by"] or 0.0, found["in_days"], found["destination"], found["deliver"])  # fmt: skip


def _stage(name: str) -> None:
    _among(name, STAGES[1:])


def _channel(name: str) -> None:
    _among(name, CHANNELS)


def _among(name: str, allowed: tuple[str, ...]) -> None:
    if name not in allowed:
        raise ValueError(f"{name!r} is not among {', '.join(allowed)}")


def _club(name: str) -> None:
    clubs = load_gazetteer().clubs
    if name not in clubs:
        near = difflib.get_close_matches(name, clubs, 3)
        hint = (
            f"did you mean {' or '.join(map(repr, near))}?" if near else "clubs are those of data/gazetteer/clubs.csv"
        )
        raise ValueError(f"no club is called {name!r}; {hint}")
