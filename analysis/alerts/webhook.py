"""Alerts as signed JSON to one address, at least once, each under an idempotency key.

Signed after the Standard Webhooks specification (standardwebhooks.com), for which receivers have libraries: header
`webhook-signature` is "v1," and the base64 of the HMAC-SHA256 of "id.timestamp.body". `Idempotency-Key` repeats the id.
The address is the operator's own choice and may be anywhere, also on his own machine; a redirect is not followed.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from analysis.alerts.delivery import Refused, Unreachable
from analysis.alerts.message import Alert, headline
from analysis.alerts.rules import Rules
from analysis.alerts.secrets import WEBHOOK_SECRET, WEBHOOK_URL, SettingError, is_address
from analysis.alerts.words import Words

ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds; the wait doubles, with jitter, unless the receiver says how long (Retry-After)."""
SECONDS = 10.0
"""Patience with a receiver that does not answer."""
LEAST_SECRET = 16
_PREFIX = "whsec_"
_AGAIN = (408, 425, 429)
"""Statuses below 500 that ask to try again."""


class _AgainError(Exception):
    """A failure that may pass; `wait` says how many seconds the receiver asked for, or None."""

    def __init__(self, said: str, wait: float | None = None):
        super().__init__(said)
        self.wait = wait


class Webhook:
    """The channel "webhook". `sleep` waits that many seconds between attempts, `now` tells the time of each."""

    name = "webhook"

    def __init__(
        self,
        rules: Rules,
        say: Words,
        environment: Mapping[str, str],
        sleep: Callable[[float], None] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self._url = environment.get(WEBHOOK_URL, "").strip() or rules.webhook
        self._secret = _key(environment.get(WEBHOOK_SECRET, ""))
        self._say, self._sleep, self._now = say, sleep, now
        if not is_address(self._url, ("http", "https")):
            raise SettingError(
                f"the webhook needs an http(s) address without a user in it: [webhook] url, or {WEBHOOK_URL}"
            )

    def send(self, alert: Alert) -> None:
        """Post one alert, again and again with growing waits. Raises Refused or Unreachable if that fails."""
        import httpx
        import tenacity

        body = json_body(alert, self._say)
        more = {} if self._sleep is None else {"sleep": self._sleep}
        attempts = tenacity.Retrying(stop=tenacity.stop_after_attempt(ATTEMPTS), wait=_wait, reraise=True,
                                     retry=tenacity.retry_if_exception_type(_AgainError), **more)  # fmt: skip
        try:
            with httpx.Client(timeout=SECONDS, follow_redirects=False) as client:
                attempts(self._post, client, alert.id, body)
        except _AgainError as error:
            raise Unreachable(f"the webhook could not be told ({error})") from None

    def _post(self, client, identifier: str, body: bytes) -> None:
        import httpx

        headers = signed_headers(identifier, body, self._secret, int(self._now().timestamp()))
        try:
            # The answer's body is never read: it could be endless.
            with client.stream("POST", self._url, content=body, headers=headers) as answer:
                status, wait = answer.status_code, _asked_wait(answer.headers.get("retry-after", ""), self._now())
        except httpx.HTTPError as error:
            # Its message may hold the address, which may be a secret.
            raise _AgainError(type(error).__name__) from None
        if status >= 500 or status in _AGAIN:
            raise _AgainError(f"status {status}", wait)
        if not 200 <= status < 300:
            raise Refused(f"the webhook refused the alert (status {status})")


def _wait(state) -> float:
    import tenacity

    error = state.outcome.exception()
    if error.wait is not None:
        return error.wait
    return tenacity.wait_exponential_jitter(multiplier=FIRST_WAIT, max=LONGEST_WAIT)(state)


def _asked_wait(header: str, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for, as a number or a date; None where it says nothing of use."""
    try:
        asked = float(header) if header.strip().isdigit() else (parsedate_to_datetime(header) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(asked, 0.0), LONGEST_WAIT)


def json_body(alert: Alert, say: Words) -> bytes:
    """What is posted: the alert's fields and its headline, as JSON without spaces."""
    told = {"type": "panchina.alert", "timestamp": alert.made, "headline": headline(alert, say), **asdict(alert)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def signed_headers(identifier: str, body: bytes, secret: bytes, timestamp: int) -> dict[str, str]:
    """The headers of a signed post at `timestamp` (seconds since 1970)."""
    mac = hmac.new(secret, f"{identifier}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {"Content-Type": "application/json", "User-Agent": "Panchina/1 (alerts)", "Idempotency-Key": identifier,
            "webhook-id": identifier, "webhook-timestamp": str(timestamp),
            "webhook-signature": "v1," + base64.b64encode(mac).decode()}  # fmt: skip


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True) if secret.startswith(_PREFIX) else (
            secret.encode())  # fmt: skip
    except ValueError:
        raise SettingError(f"{WEBHOOK_SECRET} begins with {_PREFIX} but is no base64 after it") from None
    if len(key) < LEAST_SECRET:
        raise SettingError(f"{WEBHOOK_SECRET} must be set, to at least {LEAST_SECRET} characters, to sign what is sent")
    return key
