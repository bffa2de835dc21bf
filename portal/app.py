"""The portal's table of contents."""

import logging
from typing import Any

from flask import Flask, Response, g, request
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter, IntegerConverter

from portal import access, compression, db, errors, files, navigation, objects, static_files
from portal.access import Can, can, public
from portal.accounts import routes as accounts
from portal.accounts.viewer import asking, login
from portal.address_book import jobs as address_book_jobs
from portal.address_book import routes as address_book
from portal.adoption import routes as adoption
from portal.asking import routes as asking_pages
from portal.attachments import gate, keeping, sweep
from portal.attachments import routes as attachments
from portal.certification import routes as certification
from portal.clients import routes as clients
from portal.clock import said_day, said_moment, said_on
from portal.coaching import routes as coaching
from portal.config import Config
from portal.contributions import jobs as contribution_jobs
from portal.contributions import queries as contribution_queries
from portal.contributions import reuse_routes
from portal.contributions import routes as contributions
from portal.credit import routes as credit
from portal.drills import routes as drills
from portal.home import routes as home
from portal.insights import routes as insights
from portal.jobs import services as jobs
from portal.jobs.queue import Queue
from portal.learning import routes as learning
from portal.learning import steps
from portal.library import beside as library_beside
from portal.library import downloads
from portal.library import files as library_files
from portal.library import jobs as library_jobs
from portal.library import routes as library
from portal.markup import typed
from portal.message import routes as message
from portal.money import said_amount
from portal.network import beside
from portal.network import digest as network_digest
from portal.network import routes as network
from portal.people import jobs as people_jobs
from portal.people import routes as people
from portal.pipeline import beside as pipeline_beside
from portal.pipeline import queries as pipeline_queries
from portal.pipeline import routes as pipeline
from portal.privacy import jobs as privacy_jobs
from portal.privacy import routes as privacy
from portal.publishing import reminders
from portal.quick_log import routes as quick_log
from portal.readership import beside as readership_beside
from portal.readership import reminding, weekly
from portal.readership import routes as readership
from portal.recitals import jobs as recital_jobs
from portal.recitals import routes as recitals
from portal.releases import telling
from portal.sharing import counting as share_counting
from portal.sharing import public_routes as shared_pages
from portal.sharing import queries as share_queries
from portal.sharing import reading as share_reading
from portal.sharing import routes as sharing
from portal.stewardship import routes as stewardship
from portal.studio import beside as studio_beside
from portal.studio import by_the_clock, checking
from portal.studio import routes as studio
from portal.usage import beside as usage_beside
from portal.usage import routes as usage
from portal.worksheets import queries as worksheet_queries
from portal.worksheets import routes as worksheets

PAGES = [
    *(accounts, home, learning, drills, message, recitals, certification, worksheets, pipeline),
    *(network, address_book, clients, stewardship, asking_pages, quick_log, credit),
    *(library, readership, attachments, sharing, usage, insights, contributions),
    *(coaching, adoption, studio, people, privacy),
]

JOBS: dict[str, jobs.Handler] = {
    "forget-file": recital_jobs.forget_file,
    "forget-package": privacy_jobs.forget_package,
    "import-contacts": address_book_jobs.import_contacts,
    "import-people": people_jobs.import_people,
    "keep-publishing-times": by_the_clock.keep_times,
    "look-through-items": checking.look_through_now,
    "read-file": library_jobs.read_file,
    "rebuild-search": library_jobs.rebuild_search,
    "send-network-digest": network_digest.send,
    "sweep-files": sweep.sweep_files,
    "tell-release": telling.tell,
}
"""Background work by name; `send-mail` is built in."""
ROUNDS: dict[str, jobs.Round] = {
    "contributions-published": contribution_jobs.tell_authors,
    "file-sweep": sweep.begin_if_due,
    "items-of-the-week": weekly.choose_due,
    "library-checks": checking.look_through,
    "must-read-reminders": reminding.remind,
    "network-digests": network_digest.send_due,
    "publishing-times": by_the_clock.catch_up,
    "review-reminders": reminders.remind,
    "share-labels": share_counting.throw_away,
}
"""What comes round by itself, by name."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "base-uri 'none'"
)
SHEETS = ("theme", "layout", "forms", "parts", "print")
"""The style sheets of every page, in their order."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(self)",
}


class PlainInteger(IntegerConverter):
    """Ids in addresses: ASCII digits only, and no more than a database takes."""

    regex = r"[0-9]{1,9}"


class PlainKey(BaseConverter):
    """Keys and tokens in addresses: letters, digits, hyphens; what a database can't keep finds no route."""

    regex = r"[A-Za-z0-9_.-]{1,200}"


class Hash(BaseConverter):
    """The SHA-256 of a file in an address."""

    regex = r"[0-9a-f]{64}"


def create_app(config: Config | None = None, **flask_settings: Any) -> Flask:
    """The portal, ready to serve. Raises BadSetting."""
    config = config or Config.from_env()
    app = Flask(__name__)
    app.extensions["portal_config"] = config
    app.url_map.converters.update(int=PlainInteger, default=PlainKey, hash=Hash)
    app.config.update(_flask_settings(config), **flask_settings)
    if config.PROXIES:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[config.PROXIES] * 3)  # type: ignore[method-assign]

    db.init_app(app, config.database_url)
    login.init_app(app)
    access.init_app(app)
    _protect_forms(app)
    errors.init_app(app, {"/s/": share_reading.failed})
    compression.init_app(app)
    _tell_beside(app)
    steps.init_app(app, [contribution_queries.logged_kinds])
    gate.init_app(app, [library_files.may_open])
    keeping.init_app(app, [library_files.kept, recital_jobs.kept, privacy_jobs.kept], [library_files.forget])
    static_files.init_app(app)
    files.init_app(app, _store(config))
    jobs.init_app(app, JOBS, ROUNDS)
    app.extensions["job_queue"] = Queue(app, config)
    for room in PAGES:
        app.register_blueprint(room.bp)
    _probes(app)
    _templates(app, config)
    app.after_request(_harden)
    if not app.debug:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        for chatty in ("huey", "alembic"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
    return app


def _protect_forms(app: Flask) -> None:
    forms = CSRFProtect(app)
    for view in shared_pages.COOKIELESS:
        forms.exempt(view)


def _store(config: Config) -> files.AnyStore:
    folder = config.folder / "files"
    return objects.bucket_or_none(config, folder / "parts") or files.Store(folder)


def _tell_beside(app: Flask) -> None:
    """Which rooms show something on the pages of rooms below them."""
    on_contacts = [pipeline_queries.beside_contact, worksheet_queries.beside_contact, share_queries.beside_contact]
    beside.init_app(app, on_contacts)
    pipeline_beside.init_app(app, [usage_beside.on_opportunity, share_queries.beside_opportunity])
    on_items = [downloads.beside_item, studio_beside.under_review, *readership_beside.ALL]
    on_items += [usage_beside.on_item, share_queries.beside_item, reuse_routes.beside_item]
    library_beside.init_app(app, on_items)


def _flask_settings(config: Config) -> dict[str, Any]:
    return dict(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=config.MAX_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        TRUSTED_HOSTS=[host.strip() for host in config.TRUSTED_HOSTS.split(",") if host.strip()] or None,
        SESSION_COOKIE_NAME="portal",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.SECURE_COOKIES,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=14 * 24 * 3600,
        WTF_CSRF_TIME_LIMIT=None,
        # The door looks at Sec-Fetch-Site; a Referer check would refuse people behind strict proxies.
        WTF_CSRF_SSL_STRICT=False,
    )


def _templates(app: Flask, config: Config) -> None:
    rooms = {room.bp.name: PackageLoader(f"portal.{room.bp.name}") for room in PAGES}
    app.jinja_loader = ChoiceLoader([PackageLoader("portal"), PrefixLoader(rooms)])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        can=can,
        head_links=static_files.links(SHEETS, "js/page.js"),
        Can=Can,
        firm=config.FIRM_NAME,
        demo=config.DEMO,
        static=static_files.address,
        navigation=navigation.for_person,
        viewer=asking,
        said_day=said_day,
        said_on=said_on,
        said_moment=said_moment,
    )
    app.jinja_env.filters.update(typed=typed, amount=said_amount)


def _probes(app: Flask) -> None:
    @app.get("/healthz")
    @public
    def healthz() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "ok"}

    @app.get("/readyz")
    @public
    def readyz() -> tuple[dict[str, str], int]:
        """Whether the database answers too."""
        try:
            db.db.session.execute(text("select 1 from practices limit 1"))
        except db.DatabaseError:
            return {"status": "the database does not answer, or `portal db upgrade` has not run"}, 503
        return {"status": "ready"}, 200


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a page may be stricter
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store" if g.get("_login_user") else "no-cache")
    if current_is_secure():
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def current_is_secure() -> bool:
    """Whether this request came by https."""
    return request.scheme == "https"
