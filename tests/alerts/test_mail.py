"""Mail goes out encrypted to a server that is checked, as plain text and HTML, no word of an article is a header."""

import email
import socket
import ssl
from dataclasses import replace
from email import policy

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from analysis.alerts.delivery import Refused, Unreachable
from analysis.alerts.mail import Mail, MailSettings, mail_message
from analysis.alerts.secrets import SettingError
from analysis.alerts.words import Words

SAY = Words("en")
USER = {"PANCHINA_SMTP_USER": "panchina", "PANCHINA_SMTP_PASSWORD": "an invented word"}


class Postbox:
    """Keeps the messages it is given, as they came, and answers with `answer`."""

    def __init__(self):
        self.envelopes, self.answer, self.logins = [], "250 OK", []

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append((envelope.rcpt_tos, envelope.content, session.ssl is not None))
        return self.answer

    def log_in(self, server, session, envelope, mechanism, given):
        self.logins.append((given.login.decode(), given.password.decode(), session.ssl is not None))
        return AuthResult(success=given.password.decode() == USER["PANCHINA_SMTP_PASSWORD"], handled=False)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class StartTls(Controller):
    """A server that offers encryption by STARTTLS, as ports 587 do."""

    def __init__(self, postbox: Postbox, context: ssl.SSLContext | None):
        self._context, self._postbox = context, postbox
        super().__init__(postbox, hostname="127.0.0.1", port=free_port())

    def factory(self):
        return SMTP(self._postbox, tls_context=self._context, require_starttls=self._context is not None,
                    authenticator=self._postbox.log_in, auth_require_tls=self._context is not None)  # fmt: skip


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def serve(authority, monkeypatch, tmp_path):
    """Start a mail server on this machine; returns its postbox and settings for it."""
    running = []
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    def start(security: str = "starttls", name: str = "127.0.0.1") -> tuple[Postbox, MailSettings]:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(name).configure_cert(context)
        postbox = Postbox()
        if security == "tls":
            server = Controller(postbox, hostname="127.0.0.1", port=free_port(), ssl_context=context)
        else:
            server = StartTls(postbox, context if security == "starttls" else None)
        server.start()
        running.append(server)
        return postbox, MailSettings(
            "127.0.0.1", server.port, security, "panchina@example.org", ("a@example.org", "b@example.org")
        )

    yield start
    for server in running:
        server.stop()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_message_arrives_encrypted(serve, alert, security):
    postbox, settings = serve(security)
    Mail(settings, SAY, {}).send(alert)
    ((receivers, content, _),) = postbox.envelopes
    message = email.message_from_bytes(content, policy=policy.default)
    assert receivers == ["a@example.org", "b@example.org"]
    assert message["Subject"] == "Panchina: Tom Ashdown (Everton): ultimatum"
    assert message["Message-ID"] == f"<{alert.id}@example.org>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    for part in message.iter_parts():
        words = part.get_content()
        for told in ("Ashdown has one game to save his job.", "Invented Post, 4 December 2024", "day=2024-12-05"):
            assert told in words


def test_the_log_in_is_sent_only_once_the_connection_is_encrypted(serve, alert):
    postbox, settings = serve()
    Mail(settings, SAY, USER).send(alert)
    assert postbox.logins == [("panchina", "an invented word", True)]
    assert postbox.envelopes[0][2]


def test_a_wrong_password_is_said_and_not_shown(serve, alert):
    postbox, settings = serve()
    with pytest.raises(Unreachable, match="refused the log-in") as failure:
        Mail(settings, SAY, {**USER, "PANCHINA_SMTP_PASSWORD": "wrong word"}).send(alert)
    assert "wrong word" not in str(failure.value) and not postbox.envelopes


def test_nothing_is_sent_in_the_clear_where_no_encryption_is_offered(serve, alert):
    postbox, settings = serve("none")
    with pytest.raises(Unreachable):
        Mail(replace(settings, security="starttls"), SAY, {}).send(alert)
    assert not postbox.envelopes
    Mail(settings, SAY, {}).send(alert)
    assert len(postbox.envelopes) == 1


def test_a_server_whose_certificate_is_anothers_gets_nothing(serve, alert):
    postbox, settings = serve(name="elsewhere.example")
    with pytest.raises(Unreachable, match="certificate"):
        Mail(settings, SAY, USER).send(alert)
    assert not postbox.envelopes and not postbox.logins


@pytest.mark.parametrize(("answer", "failure"), [("550 no", Refused), ("451 later", Unreachable)])
def test_a_message_the_server_will_not_have_is_told_from_one_it_has_no_time_for(serve, alert, answer, failure):
    postbox, settings = serve()
    postbox.answer = answer
    with pytest.raises(failure, match=answer[:3]):
        Mail(settings, SAY, {}).send(alert)


def test_no_server_at_all_is_said(alert):
    with pytest.raises(Unreachable, match="cannot be reached"):
        Mail(MailSettings("127.0.0.1", 1, "none", "a@b.example", ("c@d.example",)), SAY, {}).send(alert)


@pytest.mark.parametrize("given", ["PANCHINA_SMTP_USER", "PANCHINA_SMTP_PASSWORD"])
def test_half_a_log_in_is_none(given, alert):
    with pytest.raises(SettingError, match="is not set"):
        Mail(MailSettings("h", 25, "tls", "a@b.example", ("c@d.example",)), SAY, {given: USER[given]})


def test_no_word_of_an_article_becomes_a_header_or_markup(serve, hostile):
    postbox, settings = serve()
    Mail(settings, SAY, {}).send(hostile)
    ((receivers, content, _),) = postbox.envelopes
    message = email.message_from_bytes(content, policy=policy.default)
    assert receivers == ["a@example.org", "b@example.org"]
    assert sorted(message.keys()) == sorted(
        ["Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
        + (["X-Peer", "X-MailFrom", "X-RcptTo"] if "X-Peer" in message else [])
    )
    assert message["Bcc"] is None and "evil@example.net" in message["Subject"]
    html = message.get_body(("html",)).get_content()
    assert "<script" not in html and "<img" not in html and "javascript:alert" not in html.split("href=")[-1]


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x1c"])
def test_a_line_end_in_a_name_ends_no_header(alert, line_end):
    sly = replace(alert, coach=f"Tom{line_end}Bcc: evil@example.net")
    message = mail_message(sly, MailSettings("h", 1, "tls", "a@b.example", ("c@d.example",)), SAY)
    head = message.as_bytes(policy=policy.SMTP).partition(b"\r\n\r\n")[0].lower()
    assert b"\nbcc:" not in head
    assert email.message_from_bytes(message.as_bytes(), policy=policy.default)["Bcc"] is None


def test_the_library_itself_refuses_line_ends_in_headers():
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        email.message.EmailMessage()["Subject"] = "a\nBcc: b"
