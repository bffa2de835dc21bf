"""The portal's settings, read once from the environment."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PREFIX = "PORTAL_"
SHORTEST_SECRET = 32
SCHEMES = {
    "DATABASE_URL": ("postgresql://", "postgresql+psycopg://", "sqlite:///"),
    "BASE_URL": ("http://", "https://"),
    "SMTP_URL": ("smtp://", "smtps://"),
    "STORAGE_ENDPOINT": ("http://", "https://"),
}
"""What addresses among the settings begin with."""


class BadSetting(Exception):
    """A setting that the portal cannot start with; the message says which and why."""


@dataclass(frozen=True)
class Config:
    """Every setting. Each is read from the environment variable `PORTAL_<NAME>`."""

    DATA: str = "instance"
    """The folder for the embedded database, the job queue and, without SMTP, the outgoing mail."""

    DATABASE_URL: str = ""
    """Where the data lives, like `postgresql://user:password@host/name`. Empty: SQLite in DATA."""

    SECRET_KEY: str = ""
    """Signs cookies; at least 32 characters, the same on every machine. Empty: made once and kept in DATA."""

    BADGE_KEY_FILE: str = ""
    """A file with the RSA key (PEM) that signs credentials; the same on every machine. Empty: made once, in DATA."""

    FIRM_NAME: str = "Halden & Marsh"
    """The firm's name, as it stands at the top of every page."""

    BASE_URL: str = "http://127.0.0.1:8000"
    """The address that people open, without a slash at the end. Links in mails start with it."""

    TRUSTED_HOSTS: str = ""
    """Host names that requests may ask for, separated by commas. Empty: any."""

    SECURE_COOKIES: bool = False
    """Whether the portal is reached by https; cookies are then sent over https only."""

    PROXIES: int = 0
    """How many reverse proxies stand in front and set X-Forwarded-For, -Proto and -Host."""

    TIME_ZONE: str = "Europe/London"
    """The firm's time zone; people without one of their own see it."""

    CURRENCY: str = "EUR"
    """The currency of amounts in the pipeline, as its ISO 4217 code."""

    PUBLISH_ALONE: bool = True
    """Whether whoever wrote a revision may publish it alone. No: somebody else who publishes approves it first."""

    SMTP_URL: str = ""
    """The mail server, like `smtp://user:password@host:587` or `smtps://…:465`. Empty: mails become files in DATA."""

    MAIL_FROM: str = "portal@localhost"
    """The sender of the portal's mails."""

    MAX_UPLOAD_BYTES: int = 16_000_000
    """The largest request that is accepted, in bytes."""

    STORAGE_URL: str = ""
    """Where files live, like `s3://bucket/folder`; needs the extra `s3`. Empty: in DATA."""

    STORAGE_ENDPOINT: str = ""
    """The address of an S3-compatible server, like `https://objects.example.com`. Empty: the one of the region."""

    STORAGE_REGION: str = "us-east-1"
    """The region of the bucket."""

    STORAGE_KEY_ID: str = ""
    """The access key of the bucket. Empty: what the machine's own role gives."""

    STORAGE_SECRET: str = ""
    """The secret of that key."""

    DEMO: bool = False
    """Whether this is a demo; the sign-in page then shows the demo sign-ins."""

    PASSWORD_MEMORY_KIB: int = 19_456
    """Memory that hashing one password takes, in KiB (argon2id with two passes; OWASP's profile)."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """The settings of this environment. Raises BadSetting."""
        environ = os.environ if environ is None else environ
        given: dict[str, Any] = {}
        for field in fields(cls):
            text = environ.get(PREFIX + field.name)
            if text is not None and text != "":
                given[field.name] = _converted(field.name, field.type, text)
        given["BASE_URL"] = given.get("BASE_URL", cls.BASE_URL).rstrip("/")
        config = cls(**given)
        config.check()
        return config

    def check(self) -> None:
        """Raise BadSetting for values that the portal must not run with."""
        if self.SECRET_KEY and len(self.SECRET_KEY) < SHORTEST_SECRET:
            raise BadSetting(f"{PREFIX}SECRET_KEY is too short: use at least {SHORTEST_SECRET} random characters.")
        try:
            ZoneInfo(self.TIME_ZONE)
        except (KeyError, ValueError):
            raise BadSetting(f"{PREFIX}TIME_ZONE is not a known time zone: {self.TIME_ZONE}") from None
        if not re.fullmatch("[A-Z]{3}", self.CURRENCY):
            raise BadSetting(f"{PREFIX}CURRENCY is a code of three capitals, like EUR, not {self.CURRENCY!r}.")
        for name, schemes in SCHEMES.items():
            given = getattr(self, name)
            if given and not given.startswith(schemes):
                # The address itself may hold a password, so it is not repeated.
                raise BadSetting(f"{PREFIX}{name} must begin with {' or '.join(schemes)}.")

    @property
    def folder(self) -> Path:
        """The data folder, made where missing. Raises BadSetting."""
        path = Path(self.DATA).resolve()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadSetting(f"{PREFIX}DATA: {path} can't be made: {error.strerror}.") from None
        return path

    @property
    def database_url(self) -> str:
        """DATABASE_URL, or the embedded database."""
        if self.DATABASE_URL:
            return self.DATABASE_URL.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{self.folder / 'portal.db'}"

    @property
    def secret_key(self) -> str:
        """SECRET_KEY, or the one kept in the data folder."""
        if self.SECRET_KEY:
            return self.SECRET_KEY
        kept = self.folder / "secret-key"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex(SHORTEST_SECRET))
        return kept.read_text()


def _converted(name: str, kind: object, text: str) -> str | int | bool:
    if kind is bool:
        if text.lower() not in {"0", "1", "no", "yes", "false", "true"}:
            raise BadSetting(f"{PREFIX}{name} is yes or no, not {text!r}.")
        return text.lower() in {"1", "yes", "true"}
    if kind is int:
        if not (text.isascii() and text.isdigit()):
            raise BadSetting(f"{PREFIX}{name} is a whole number, not {text!r}.")
        return int(text)
    return text
