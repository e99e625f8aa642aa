"""Alerts by mail: one message an alert, as plain text and HTML, over a connection that is encrypted and checked.

A message's Message-ID is made from the alert's id, so that one that is sent again after a crash is known again. All
that comes from articles is brought into one line before it gets near a header, and the library refuses line ends there.
"""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime

import pandas as pd

from analysis.alerts.delivery import Refused, Unreachable
from analysis.alerts.fields import RulesError, checked, one_of, text, whole
from analysis.alerts.message import Alert, headline, html_body, text_body
from analysis.alerts.neutral import one_line
from analysis.alerts.secrets import MAIL_PASSWORD, MAIL_USER, SettingError
from analysis.alerts.words import Words

SECONDS = 30
"""Patience with a mail server that does not answer."""
LONGEST_SUBJECT = 150
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MailSettings:
    """The mail server, how the connection is secured, who sends and who is written to."""

    host: str
    port: int
    security: str
    sender: str
    receivers: tuple[str, ...]


def mail_settings(table: object, where: str) -> MailSettings:
    """The settings of a table [mail]. Raises RulesError, naming `where` and the key."""
    keys = {"host": text(most=253), "port": whole(1, 65535, 0), "security": one_of(*_PORTS, default="starttls"),
            "sender": _address, "to": _addresses}  # fmt: skip
    found = checked(table, keys, where)
    if found["security"] == "none" and found["host"] not in _LOCAL:
        raise RulesError(f"{where}: security: without encryption only a server on this machine may be used")
    return MailSettings(found["host"], found["port"] or _PORTS[found["security"]], found["security"],
                        found["sender"], found["to"])  # fmt: skip


def _address(value: object) -> str:
    line = text(most=254)(value)
    name, at, host = line.rpartition("@")
    if not (name and at and host) or not line.isascii() or any(character in line for character in ' ,;:<>()[]"\\'):
        raise ValueError(f"expected an address as desk@example.org, not {line!r}")
    return line


def _addresses(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError('expected a list of addresses, as ["desk@example.org"]')
    return tuple(_address(address) for address in value)


class Mail:
    """The channel "mail". User and password come from the environment; without a user there is no log-in."""

    name = "mail"

    def __init__(self, settings: MailSettings, say: Words, environment: Mapping[str, str]):
        self._settings, self._say = settings, say
        self._user, self._password = environment.get(MAIL_USER, ""), environment.get(MAIL_PASSWORD, "")
        if bool(self._user) != bool(self._password):
            missing = MAIL_PASSWORD if self._user else MAIL_USER
            raise SettingError(f"{missing} is not set, but its counterpart is; set both, or neither for no log-in")

    def send(self, alert: Alert) -> None:
        """Send one message. Raises Refused where the server will not have it, Unreachable where none answers."""
        message = mail_message(alert, self._settings, self._say)
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(f"the mail server refused the log-in ({error.smtp_code})") from None
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise _refusal(error) from None
        except ssl.SSLCertVerificationError:
            raise Unreachable("the mail server's certificate cannot be trusted") from None
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(f"the mail server cannot be reached ({type(error).__name__})") from None

    def _connected(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        if settings.security == "tls":
            server = smtplib.SMTP_SSL(settings.host, settings.port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
        try:
            if settings.security == "starttls":
                # Raises where the server offers none: nothing is ever sent in the clear instead.
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server


def _refusal(error: smtplib.SMTPException) -> Exception:
    codes = [code for code, _ in error.recipients.values()] if isinstance(error, smtplib.SMTPRecipientsRefused) else [
        error.smtp_code]  # fmt: skip
    said = f"the mail server refused the message ({', '.join(map(str, codes))})"
    # RFC 5321, 4.2.1: 4xx asks to try again later, 5xx not to.
    return Refused(said) if all(code >= 500 for code in codes) else Unreachable(said)


def mail_message(alert: Alert, settings: MailSettings, say: Words) -> EmailMessage:
    """The message of an alert: plain text, and the same as HTML."""
    message = EmailMessage()
    subject = one_line(headline(alert, say))
    message["Subject"] = f"Panchina: {subject[:LONGEST_SUBJECT]}"
    message["From"], message["To"] = settings.sender, ", ".join(settings.receivers)
    message["Date"] = format_datetime(pd.Timestamp(alert.made).to_pydatetime())
    message["Message-ID"] = f"<{alert.id}@{settings.sender.rpartition('@')[2]}>"
    # RFC 3834: no holiday notice is to come back.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text_body(alert, say))
    message.add_alternative(html_body(alert, say), subtype="html")
    return message
