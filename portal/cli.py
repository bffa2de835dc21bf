"""The `portal` command."""

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from portal import __version__, checkup, clock, schema, serving
from portal.access import Role
from portal.accounts import services as accounts
from portal.accounts.models import Person, Practice
from portal.adoption import recount as figures
from portal.app import create_app
from portal.attachments import queries as attachments
from portal.attachments import sweep
from portal.certification import services as certification
from portal.clients import counting as clients
from portal.config import PREFIX, BadSetting
from portal.content import loader
from portal.credit import recount as credit
from portal.db import db
from portal.demo import services as demo
from portal.drills import services as drills
from portal.errors import Refused
from portal.jobs import services as jobs
from portal.jobs.queue import Inline, Queue
from portal.learning import services as learning
from portal.library import search_index
from portal.navigation import DEMO_SIGN_INS
from portal.network import channels as contact_channels
from portal.people.plan import Wrong, checked_email
from portal.readership import recount as readership
from portal.releases import levels
from portal.usage import recount as usage

CONTENT = loader.FOLDER


@contextmanager
def opened(*, inline: bool = False, needs_database: bool = True) -> Iterator[Flask]:
    """The app in its context; settings, refusals and a database of another version become one clear line."""
    try:
        app = create_app()
        if inline:
            app.extensions["job_queue"] = Inline()
        with app.app_context():
            if needs_database and (why := schema.lag()):
                raise click.ClickException(why)
            yield app
    except (BadSetting, Refused, demo.NotEmpty) as error:
        raise click.ClickException(str(error)) from None
    except PermissionError as error:
        raise click.ClickException(f"The portal may not write there: {error.filename}") from None
    except _database_errors() as error:
        raise click.ClickException(f"The database refused: {error.__cause__ or error}") from None


def _database_errors() -> tuple[type[Exception], ...]:
    """SQLAlchemy's, and the driver's own: the queue of jobs asks PostgreSQL without SQLAlchemy."""
    driver = sys.modules.get("psycopg")
    return (SQLAlchemyError, driver.Error) if driver else (SQLAlchemyError,)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="portal")
def main() -> None:
    """Every Employee a Sales Rep: the enablement portal of a professional-services firm.

    Settings come from the environment; README.md lists them.
    """


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--data", type=click.Path(file_okay=False), help="The data folder; as PORTAL_DATA.")
@click.option(
    "--people",
    default=60,
    show_default=True,
    type=click.IntRange(20, 100_000),
    help="In demo mode: how large the firm is, the first time.",
)
def serve(host: str, port: int, workers: int, data: str | None, people: int) -> None:
    """Bring the database up to date and serve, web and background work in one."""
    if data:
        os.environ[f"{PREFIX}DATA"] = data
    os.environ.setdefault(f"{PREFIX}BASE_URL", f"http://{host}:{port}")
    if not serving.is_free(host, port):
        raise click.ClickException(f"Something listens at {host}:{port} already. Choose another with --port.")
    with opened(inline=True, needs_database=False) as app:
        is_demo = app.extensions["portal_config"].DEMO
        if schema.lag():
            click.echo("Bringing the database up to date ...")
            schema.upgrade()
        is_empty = not db.session.scalar(select(func.count()).select_from(Person))
        if is_demo and is_empty:
            _load(CONTENT)
            _demo(people, seed=2026)
        db.session.remove()
        db.engine.dispose()

    told = _said_at_start(f"http://{host}:{port}", is_demo=is_demo, is_empty=is_empty)
    sys.exit(serving.serve(host=host, port=port, workers=workers, ready=lambda: click.echo(told)))


def _said_at_start(here: str, *, is_demo: bool, is_empty: bool) -> str:
    address = os.environ[f"{PREFIX}BASE_URL"]
    lines = [f"\nThe portal is at {address}" + ("" if address == here else f", served at {here}")]
    if is_demo:
        lines += ["Sign in as one of these, with the password demo-portal:", *(f"  {who}" for who in DEMO_SIGN_INS)]
    elif is_empty:
        lines += ["Nobody is here yet. Make the first admin, in another window: portal init"]
    return "\n".join([*lines, "Press Ctrl-C to stop."])


@main.command()
@click.option("--quiet", is_flag=True, help="Say nothing.")
def worker(quiet: bool) -> None:
    """Do background work, like sending mail, until told to stop."""
    with opened() as app:
        if not quiet:
            click.echo("Working. Press Ctrl-C to stop.")
        queue: Queue = app.extensions["job_queue"]
        queue.work()


@main.command()
@click.option("--email", prompt=True, help="The first admin's e-mail address.")
@click.option("--name", prompt=True, help="The first admin's name.")
@click.option("--practice", prompt="Name of the firm", help="The name of the topmost practice.")
def init(email: str, name: str, practice: str) -> None:
    """Make an empty firm and its first admin, who gets a link to choose a password."""
    with opened(inline=True, needs_database=False) as app:
        _check_first(email, name, practice)
        schema.upgrade()
        if db.session.scalar(select(func.count()).select_from(Person)):
            raise click.ClickException("There are people here already. The first admin is made once.")
        root = Practice(key="firm", name=practice, path="/0/")
        db.session.add(root)
        db.session.flush()
        root.path = f"/{root.id}/"
        person = accounts.add_person(email=email, name=name, practice=root, now=clock.now())
        levels.person_joined(person.id, root.id)
        accounts.grant(person, Role.ADMIN)
        link = accounts.invite(person, now=clock.now())
        db.session.commit()
        jobs.hand_over()
        click.echo(
            f"Made {practice}, with {email} as its admin. They choose a password here, within two weeks:\n{link}"
        )
        if app.extensions["portal_config"].SMTP_URL:
            click.echo("The same link is on its way by mail.")


def _check_first(email: str, name: str, practice: str) -> None:
    try:
        checked_email(email)
    except Wrong as reason:
        raise click.ClickException(str(reason)) from None
    if not (name.strip() and practice.strip()):
        raise click.ClickException("The admin and the firm need a name.")


@main.group(name="db")
def database() -> None:
    """The database."""


@database.command()
def upgrade() -> None:
    """Bring the database to the newest schema; safe to repeat."""
    with opened(needs_database=False):
        schema.upgrade()
        click.echo("The database is up to date.")


@main.group()
def content() -> None:
    """Modules, decks, worksheets, pitches and library items."""


@content.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=CONTENT)
@click.option("--all", "everything", is_flag=True, help="Also what speaks for the made-up firm of the demo.")
def load(folder: Path, everything: bool) -> None:
    """Load the content files; says what changed. When one file is wrong, nothing is changed.

    Without a FOLDER it is the content that comes with the portal. Its pitches, services and library items speak for a
    made-up firm, so a real one gets the rest alone: the programme, the worksheets and the rules. Once these files are
    your own, say --all.
    """
    with opened(inline=True) as app:
        leaves_out = folder.resolve() == CONTENT and not everything and not app.extensions["portal_config"].DEMO
        _load(folder, but=loader.SAMPLES if leaves_out else ())
        if leaves_out:
            click.echo("Left out: pitches, services and library, which speak for a made-up firm (--all loads them).")


@main.command(name="demo")
@click.option("--people", default=60, show_default=True, type=click.IntRange(20, 100_000))
@click.option("--seed", default=2026, show_default=True, help="The same seed makes the same firm.")
def demo_command(people: int, seed: int) -> None:
    """Fill an empty database with a believable firm."""
    with opened(inline=True, needs_database=False):
        schema.upgrade()
        _load(CONTENT)
        _demo(people, seed)


@main.command()
def recount() -> None:
    """Work out progress, memory of cards, leaders' figures, how content is used and who has read it, the search and
    contacts' keys anew from the evidence."""
    with opened():
        learning.rebuild_progress()
        people = db.session.scalars(select(Person.id).order_by(Person.id)).all()
        with click.progressbar(people, label="Cards", file=sys.stderr) as bar:
            for person_id in bar:
                drills.rebuild(person_id)
        certification.rebuild()
        clients.rebuild()
        figures.recount()
        credit.recount()
        readership.recount()
        usage.recount()
        search_index.rebuild()
        contact_channels.renew_match_keys()
        db.session.commit()
        click.echo("All is worked out anew.")


@main.group(name="files")
def files_group() -> None:
    """Attached files and recordings."""


@files_group.command(name="sweep")
def sweep_files() -> None:
    """Hold the store and the database against each other now, as every night; exit code 1 where something is wrong."""
    with opened(inline=True):
        done = sweep.sweep_all(now=clock.now())
        troubles = attachments.troubles(most=1000)
        click.echo(
            f"{done.files:,} files, {done.size / 1_000_000:,.1f} MB. {done.looked_at:,} were read and held against "
            f"their hash; {done.removed:,} that nobody needs were removed."
        )
        for trouble in troubles:
            click.echo(f"- {checkup.said(trouble)}")
    sys.exit(1 if troubles else 0)


@main.command()
def check() -> None:
    """Look at settings, database, data folder, store of files and mail server; exit code 1 where something is wrong."""
    with opened(needs_database=False) as app:
        click.echo(f"Database: {db.engine.url.render_as_string(hide_password=True)}")
        problems = list(checkup.problems(app.extensions["portal_config"]))
    for problem in problems:
        click.echo(f"- {problem}")
    click.echo("All is well." if not problems else f"{len(problems)} to look at.")
    sys.exit(1 if problems else 0)


def _load(folder: Path, *, but: Collection[str] = ()) -> None:
    report = loader.load(folder, now=clock.now(), but=but)
    if report.problems:
        raise click.ClickException("Nothing was changed, because of this:\n" + "\n".join(report.problems))
    db.session.commit()
    for change in report.changes:
        click.echo(f"  {change}")
    click.echo(f"Content: {len(report.changes)} changed." if report.changes else "Content: nothing changed.")


def _demo(people: int, seed: int) -> None:
    with click.progressbar(length=100, label=f"Making a firm of {people}", file=sys.stderr) as bar:

        def progress(what: str, done: int, of: int) -> None:
            bar.label = what
            bar.update(int(100 * done / max(of, 1)) - bar.pos)

        demo.make_firm(people, seed=seed, now=clock.now(), progress=progress)
        db.session.commit()
    click.echo(f"Made a firm of {people} people.")
