"""Every table of the portal in one place, for migrations and tests; and bringing a database up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal.accounts import models as accounts
from portal.address_book import models as address_book
from portal.asking import models as asking
from portal.attachments import models as attachments
from portal.audit import models as audit
from portal.certification import models as certification
from portal.clients import models as clients
from portal.contributions import models as contributions
from portal.counters import models as counters
from portal.credit import models as credit
from portal.db import Base, db
from portal.drills import models as drills
from portal.editing import models as editing
from portal.errors import Refused
from portal.insights import models as insights
from portal.jobs import models as jobs
from portal.learning import models as learning
from portal.library import models as library
from portal.message import models as message
from portal.network import models as network
from portal.people import models as people
from portal.pipeline import models as pipeline
from portal.pipeline import origination_models as origination
from portal.privacy import models as privacy
from portal.publishing import models as publishing
from portal.quick_log import models as quick_log
from portal.readership import models as readership
from portal.recitals import models as recitals
from portal.releases import models as releases
from portal.sharing import models as sharing
from portal.stewardship import models as stewardship
from portal.usage import models as usage
from portal.worksheets import models as worksheets

ROOMS = (
    *(accounts, address_book, asking, audit, certification, clients, counters, credit, drills, jobs, learning),
    *(library, message, network, origination, people, pipeline, privacy, publishing, quick_log, insights),
    *(recitals, releases, sharing, stewardship, usage, worksheets, attachments, readership, editing, contributions),
)
metadata = Base.metadata
NEWER = "The database belongs to a newer version of the portal. Install that version."


def alembic_config() -> AlembicConfig:
    """Where the migrations are; beside the package in a checkout."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade() -> None:
    """Bring the database of the current app to the newest schema. Raises Refused for one of a newer portal."""
    if _is_newer():
        raise Refused(NEWER)
    command.upgrade(alembic_config(), "head")


def lag() -> str:
    """Why this version of the portal can't work with the database, and what to do; empty where it can."""
    if _revision() == _scripts().get_current_head():
        return ""
    return NEWER if _is_newer() else "The database is not up to date. Run: portal db upgrade"


def _is_newer() -> bool:
    revision = _revision()
    return revision is not None and revision not in {each.revision for each in _scripts().walk_revisions()}


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())
