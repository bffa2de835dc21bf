"""What whoever runs the portal should look at: settings, database, data folder, store of files, mail server."""

import os
from collections.abc import Iterator

from portal import files, mail, schema
from portal.attachments import queries as attachments
from portal.attachments.models import FileTrouble
from portal.config import Config


def problems(config: Config) -> Iterator[str]:
    """What is wrong, and what to do about it; it asks the store and the mail server, and needs an app context."""
    lag = schema.lag()
    if lag:
        yield lag
    if not os.access(config.folder, os.W_OK):
        yield f"The data folder cannot be written to: {config.folder}"
    if problem := files.store().problem():
        yield problem
    if not lag:
        yield from map(said, attachments.troubles(most=20))
    if problem := mail.problem(config):
        yield problem
    yield from _of_the_address(config)
    if not config.DEMO:
        yield from _not_set(config)


def said(trouble: FileTrouble) -> str:
    """A file that is missing or damaged, in words."""
    return f"The file {trouble.sha256} is {trouble.what} since {trouble.at:%Y-%m-%d}. Bring it back from a backup."


def _of_the_address(config: Config) -> Iterator[str]:
    if not config.BASE_URL.startswith("https://"):
        return
    if not config.SECURE_COOKIES:
        yield "The address is https; set PORTAL_SECURE_COOKIES=yes."
    if not config.PROXIES:
        yield "The address is https, so a proxy stands in front; set PORTAL_PROXIES=1, or all visitors look like one."


def _not_set(config: Config) -> Iterator[str]:
    if config.FIRM_NAME == Config.FIRM_NAME:
        yield "PORTAL_FIRM_NAME is not set: every page and mail carries the name of a made-up firm."
    if config.BASE_URL == Config.BASE_URL:
        yield f"PORTAL_BASE_URL is not set: links in mails lead to {config.BASE_URL}."
    if not config.SMTP_URL:
        yield "PORTAL_SMTP_URL is not set: mails are kept as files and reach nobody."
    elif config.MAIL_FROM == Config.MAIL_FROM:
        yield f"PORTAL_MAIL_FROM is not set: mails come from {config.MAIL_FROM}, and many servers refuse that."
    if not config.TRUSTED_HOSTS:
        yield "PORTAL_TRUSTED_HOSTS is not set: the portal answers under any name."
