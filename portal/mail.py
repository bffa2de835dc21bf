"""Sending one mail: by SMTP where it is configured, else as a file that the demo shows."""

import smtplib
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from itertools import count
from pathlib import Path
from urllib.parse import unquote, urlsplit

from portal import clock
from portal.config import Config

SECONDS_TO_ANSWER = 10
_numbers = count(1)
"""Keeps mails of the same moment in order."""


@dataclass(frozen=True)
class Letter:
    """A mail that was written to the folder."""

    name: str
    to: str
    subject: str
    date: str
    text: str


def send(config: Config, *, to: str, subject: str, text: str) -> None:
    """Send one plain-text mail. Raises OSError or smtplib.SMTPException, for the job to try again."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = config.MAIL_FROM
    message["To"] = to
    message["Subject"] = subject.replace("\n", " ")
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=config.MAIL_FROM.rpartition("@")[2] or "localhost")
    message.set_content(text)
    if config.SMTP_URL:
        _by_smtp(config.SMTP_URL, message)
    else:
        name = f"{clock.now():%Y%m%dT%H%M%S%f}-{next(_numbers):06}-{uuid.uuid4().hex[:6]}.eml"
        (folder(config) / name).write_bytes(message.as_bytes())


def problem(config: Config) -> str:
    """Why the mail server takes no mail from us; empty where it does, or where none is set."""
    if not config.SMTP_URL:
        return ""
    try:
        with _server(config.SMTP_URL, SECONDS_TO_ANSWER) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return f"The mail server of PORTAL_SMTP_URL does not let us in: {error}"
    return ""


def folder(config: Config) -> Path:
    """Where mails go that are not sent."""
    path = config.folder / "mail"
    path.mkdir(exist_ok=True)
    return path


def letters(config: Config, most: int = 50) -> list[Letter]:
    """The newest mails of the folder, newest first."""
    found = []
    for path in sorted(folder(config).glob("*.eml"), reverse=True)[:most]:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body()
        found.append(
            Letter(
                path.stem,
                str(message["To"]),
                str(message["Subject"]),
                str(message["Date"]),
                body.get_content() if body else "",
            )
        )
    return found


def _by_smtp(url: str, message: EmailMessage) -> None:
    with _server(url, 30) as server:
        server.send_message(message)


@contextmanager
def _server(url: str, seconds: int) -> Iterator[smtplib.SMTP]:
    """The mail server of this address, signed in to where the address says so."""
    parts, trusted = urlsplit(url), ssl.create_default_context()
    host, port = parts.hostname or "localhost", parts.port or 0
    with (
        smtplib.SMTP_SSL(host, port, timeout=seconds, context=trusted)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=seconds)
    ) as server:
        server.ehlo_or_helo_if_needed()  # until then it hasn't said what it can
        is_encrypted = parts.scheme == "smtps"
        if not is_encrypted and server.has_extn("starttls"):
            server.starttls(context=trusted)
            server.ehlo()
            is_encrypted = True
        if parts.username and not is_encrypted:
            raise smtplib.SMTPException("it offers no encryption, so the password is not sent")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
