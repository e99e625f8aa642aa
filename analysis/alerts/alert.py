"""`alert`: hold the rules against the store and tell what is new."""

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analysis.alerts.book import Book
from analysis.alerts.delivery import DeliveryError, Unreachable
from analysis.alerts.feed import write_feed
from analysis.alerts.fields import RulesError
from analysis.alerts.mail import Mail
from analysis.alerts.message import Alert, headline
from analysis.alerts.outbox import BrokenOutboxError, BusyError, Kept, Outbox
from analysis.alerts.rules import DEFAULT, Rules, load_rules
from analysis.alerts.secrets import SettingError, public_url
from analysis.alerts.tell import iso_day, make_alert
from analysis.alerts.watch import LOOK_BACK, MOST_BACK, look
from analysis.alerts.webhook import Webhook
from analysis.alerts.words import Words
from analysis.archive import Archive, load_season, load_store
from analysis.days import day_number
from analysis.load.decode import printable
from analysis.store.messages import Messages
from analysis.store.paths import store_folder

_EPILOG = """\
Rules and channels are in data/alerts.toml, which explains itself; docs/ALERTS.md tells more. Secrets and the address of
the dashboard come from the environment: PANCHINA_URL, PANCHINA_WEBHOOK_URL, PANCHINA_WEBHOOK_SECRET,
PANCHINA_SMTP_USER, PANCHINA_SMTP_PASSWORD.

What was told is kept in the store (state/alerts.json): nothing is told twice, and what could not be sent is sent by the
next run. --dry-run prints what would be told, sends and keeps nothing; without articles in the store it looks at the
bundled season, as on 2024-12-06.
Exit status: 0 all was told, 1 something could not be read or sent, 2 wrong rules, settings or arguments.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `alert`."""
    parser.epilog = _EPILOG
    parser.add_argument("--store", metavar="DIR", help="the store (default: PANCHINA_STORE, else store/)")
    parser.add_argument("--rules", metavar="FILE", default=DEFAULT, help="the rules (default: data/alerts.toml)")
    parser.add_argument("--as-of", metavar="DAY", type=day, help="the day that counts as today, as 2024-12-06")
    parser.add_argument("--dry-run", action="store_true", help="print what would be told, and leave it at that")


def day(text: str) -> int:
    """The number of a day given as 2024-12-06."""
    try:
        return day_number(pd.to_datetime(text, format="%Y-%m-%d"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day, expected one as 2024-12-06") from None


def run(arguments: argparse.Namespace) -> int:
    """Tell what is new; 0 if all went well, 1 where something failed and will be tried again, 2 for wrong settings."""
    try:
        return _run(arguments, datetime.now(UTC), os.environ)
    except (RulesError, SettingError, BrokenOutboxError, BusyError) as error:
        print(printable(str(error)), file=sys.stderr)
        return 1 if isinstance(error, BusyError) else 2
    except OSError as error:
        print(printable(f"cannot go on ({error.strerror or error}: {error.filename})"), file=sys.stderr)
        return 2


def _run(arguments: argparse.Namespace, now: datetime, environment: Mapping[str, str]) -> int:
    rules = load_rules(arguments.rules)
    say, url, messages = Words(rules.language), public_url(environment), Messages()
    folder = store_folder(arguments.store)
    archive = open_archive(folder, is_season_allowed=arguments.dry_run)
    if archive is None:
        print("the store has no articles yet; there is nothing to watch")
        return 0
    messages.say_all("store", archive.problems)
    book = Book(archive, last_day(arguments.as_of, archive, now))
    if arguments.dry_run:
        _print(_new(rules, book, _earlier(folder, book, archive), url, now)[0], say)
        return 1 if archive.problems else 0
    channels = _channels(rules, say, environment)
    kept = Kept(folder)
    with kept.alone():
        outbox = _taken_in(kept, rules, book, url, now)
        failed = sum(_send(channel, kept, outbox, messages) for channel in channels)
        if rules.feed_file:
            _write_feed(folder / Path(rules.feed_file).expanduser(), kept, outbox, rules, url, say)
    return 1 if failed or archive.problems else 0


def open_archive(folder: Path, is_season_allowed: bool) -> Archive | None:
    """The archive in `folder`; without articles the bundled season where that is allowed, else None."""
    archive = load_store(folder)
    if len(archive.articles):
        return archive
    return load_season() if is_season_allowed else None


def last_day(asked: int | None, archive: Archive, now: datetime) -> int:
    """The day that counts as today: the one asked for, else today, in the bundled season its opening day."""
    from analysis.archive import OPENING_DAY

    if asked is not None:
        return asked
    return day_number(OPENING_DAY if archive.is_demonstration else pd.Timestamp(now))


def _earlier(folder: Path, book: Book, archive: Archive) -> Outbox:
    """What was told before, as far as it bears on a dry run: nothing where that looks at a day before."""
    outbox = Outbox() if archive.is_demonstration else Kept(folder).read()
    return outbox if outbox.last is None or outbox.last <= book.last else Outbox()


def _new(rules: Rules, book: Book, outbox: Outbox, url: str, now: datetime) -> tuple[list[Alert], dict]:
    """Alerts that are new beside `outbox`, and what is raised after them."""
    rest = 0 if outbox.last is None else book.last - outbox.last
    found, raised = look(rules.rules, book, outbox.raised, min(max(rest + 1, LOOK_BACK), MOST_BACK))
    return [make_alert(one, book, url, now) for one in found], raised


def _taken_in(kept: Kept, rules: Rules, book: Book, url: str, now: datetime) -> Outbox:
    """The outbox with all that is new in it, on the disk. Raises SettingError for a day before the last run's."""
    outbox = kept.read()
    if outbox.last is not None and book.last < outbox.last:
        raise SettingError(f"the last run looked at {iso_day(outbox.last)}, after {iso_day(book.last)}; "
                           "use --dry-run to look back, or another store")  # fmt: skip
    alerts, outbox.raised = _new(rules, book, outbox, url, now)
    outbox.keep_only(rules.channels)
    new = outbox.add(alerts, rules.channels_of)
    outbox.last = book.last
    kept.write(outbox)
    print(f"{len(new)} new alerts as of {iso_day(book.last)}")
    return outbox


def _channels(rules: Rules, say: Words, environment: Mapping[str, str]) -> list[Webhook | Mail]:
    webhook = [Webhook(rules, say, environment)] if rules.has_webhook else []
    return [*webhook, *([Mail(rules.mail, say, environment)] if rules.mail else [])]


def _send(channel: Webhook | Mail, kept: Kept, outbox: Outbox, messages: Messages) -> int:
    """Tell a channel all it is owed; how many it could not be told. Where nobody answers the rest waits."""
    waiting, sent = outbox.waiting(channel.name), 0
    for alert in waiting:
        try:
            channel.send(alert)
        except DeliveryError as error:
            messages.say_all("error", [f"{channel.name}: {error}; the next run tries again"])
            if isinstance(error, Unreachable):
                break
            continue
        outbox.strike(alert.id, channel.name)
        kept.write(outbox)
        sent += 1
    print(f"{channel.name}: {sent} of {len(waiting)} sent")
    return len(waiting) - sent


def _write_feed(path: Path, kept: Kept, outbox: Outbox, rules: Rules, url: str, say: Words) -> None:
    write_feed(path, outbox.newest(), rules.feed_title, url, say)
    for alert in outbox.waiting("feed"):
        outbox.strike(alert.id, "feed")
    kept.write(outbox)


def _print(alerts: list[Alert], say: Words) -> None:
    for alert in alerts:
        print(printable(f"{alert.day}  {alert.rule}  {headline(alert, say)}"))
        if alert.evidence:
            print(printable(f"    “{alert.evidence.text}” ({alert.evidence.source}, {alert.evidence.day})"))
    print(f"{len(alerts)} new alerts would be told")
