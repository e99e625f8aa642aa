"""The document "alerts" of a store: what is raised, what is to be sent, what was sent.

New alerts are written here, whole, before the first of them is sent, and struck off one by one after each sending. A
kill in between sends one of them again, under the same id; it never loses one.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.alerts.message import Alert, from_json
from analysis.alerts.watch import Raised
from analysis.store.files import make_folder
from analysis.store.state import State

NAME = "alerts"
FORM = 1
SHOWN = 100
"""Alerts that the feed shows, the newest."""
MOST_IDS = 5000
"""Ids of sent alerts that are remembered: years of them."""


class BrokenOutboxError(ValueError):
    """The document cannot be read; the message names it and the mend."""


class BusyError(RuntimeError):
    """Another process is sending the alerts of this store."""


@dataclass
class Outbox:
    """The document in memory. `last` is the newest day that was looked at, as a number; None before the first run.

    `owed` names by alert id the channels that are still to be told; `alerts` holds those alerts and the newest SHOWN of
    the feed's, whose ids are in `fed`, oldest first.
    """

    last: int | None = None
    raised: Raised = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    owed: dict[str, list[str]] = field(default_factory=dict)
    fed: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def add(self, alerts: Iterable[Alert], channels_of: Callable[[str], tuple[str, ...]]) -> list[Alert]:
        """Take in what is new of `alerts`, owed to the channels of each rule (by name); returns the new ones."""
        known = set(self.known)
        new = [alert for alert in alerts if alert.id not in known]
        for alert in new:
            self.alerts[alert.id] = alert
            self.owed[alert.id] = list(channels_of(alert.rule))
        self.fed = [*self.fed, *(alert.id for alert in new if "feed" in self.owed[alert.id])][-SHOWN:]
        self.known = [*self.known, *(alert.id for alert in new)][-MOST_IDS:]
        self._tidy()
        return new

    def waiting(self, channel: str) -> list[Alert]:
        """Alerts that a channel is still to be told, oldest first."""
        return [self.alerts[name] for name, channels in self.owed.items() if channel in channels]

    def newest(self) -> list[Alert]:
        """The newest SHOWN alerts of the feed, oldest first."""
        return [self.alerts[name] for name in self.fed]

    def strike(self, alert_id: str, channel: str) -> None:
        """Note that a channel was told."""
        self.owed[alert_id] = [name for name in self.owed[alert_id] if name != channel]
        self._tidy()

    def keep_only(self, channels: Iterable[str]) -> None:
        """Forget what is owed to channels that are no longer set up."""
        self.owed = {name: [one for one in owed if one in set(channels)] for name, owed in self.owed.items()}
        self._tidy()

    def _tidy(self) -> None:
        self.owed = {name: channels for name, channels in self.owed.items() if channels}
        needed = {*self.owed, *self.fed}
        self.alerts = {name: alert for name, alert in self.alerts.items() if name in needed}


class Kept:
    """The outbox of the store in `folder`."""

    def __init__(self, folder: Path):
        self._state = State(folder, NAME)

    def read(self) -> Outbox:
        """The outbox; an empty one before the first run. Raises BrokenOutboxError where it is none."""
        try:
            return _from_json(self._state.read())
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise BrokenOutboxError(
                f"{self._state.path.name} in the store's folder state/ is broken ({type(error).__name__}); mend it, or "
                "remove it and be told anew what holds now"
            ) from None

    def write(self, outbox: Outbox) -> None:
        """Replace the document, whole or not at all. Raises OSError where it cannot be written."""
        self._state.write({**asdict(outbox), "form": FORM})

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The right to send. Raises BusyError where another process has it; it ends with its process."""
        make_folder(self._state.path.parent)
        try:
            with FileLock(self._state.path.with_suffix(".sending.lock"), timeout=0):
                yield
        except Timeout:
            raise BusyError("another process is sending the alerts of this store; try again when it is done") from None


def _from_json(values: dict) -> Outbox:
    if not values:
        return Outbox()
    if values.pop("form") != FORM:
        raise ValueError("another form")
    alerts = {name: from_json(alert) for name, alert in values["alerts"].items()}
    return Outbox(**{**values, "alerts": alerts})
