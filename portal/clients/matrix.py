"""The matrix of clients and services, put together for one page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.accounts.tree import Branch
from portal.accounts.viewer import Viewer
from portal.clients import marks, queries
from portal.clients.models import Client, ClientFlag, Service, Use
from portal.clients.queries import Filters
from portal.paging import Page

CLIENTS_A_PAGE = 20


@dataclass(frozen=True)
class Cell:
    """How one client stands to one service."""

    service_id: int
    service: str
    use: Use | None
    mark: str
    """A short word; empty where nobody has said."""
    said: str
    """In words, with when and by whom."""
    seen: int
    """The newest change, which a new one is held against."""


@dataclass(frozen=True)
class MatrixRow:
    """One client and its cells."""

    client: Client
    is_mine: bool
    flags: Sequence[ClientFlag]
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Matrix:
    """One page of it."""

    services: Sequence[Service]
    rows: Sequence[MatrixRow]
    page: Page


def matrix(viewer: Viewer, filters: Filters, services: Sequence[Service], today: date) -> Matrix:
    """The clients that fit the filters, one's own first, and how each stands to these services."""
    page = queries.listed(viewer, filters, today, size=CLIENTS_A_PAGE)
    ids = [client.id for client in page.rows]
    states, seen = queries.states(ids), queries.last_changes(ids)
    flags = queries.flags_in_force(ids, today)

    def cell(client: Client, service: Service) -> Cell:
        state = states.get((client.id, service.id))
        use = state.use if state else None
        mark = marks.SHORT[use] if use else ""
        said = marks.said_whole(state, today)
        return Cell(service.id, service.name, use, mark, said, seen.get((client.id, service.id), 0))

    rows = [
        MatrixRow(
            client,
            client.steward_id == viewer.id,
            flags.get(client.id, ()),
            [cell(client, service) for service in services],
        )
        for client in page.rows
    ]
    return Matrix(services, rows, page)


def groups(branches: Iterable[Branch], services: Iterable[Service]) -> list[Branch]:
    """The practices by which the catalogue can be narrowed: those that do something, or have one below that does."""
    branches = list(branches)
    paths = {branch.key: branch.path for branch in branches}
    doing = [paths[service.practice_key] for service in services if service.practice_key in paths]
    return [branch for branch in branches if branch.depth and any(path.startswith(branch.path) for path in doing)]


def within(branches: Iterable[Branch], services: Sequence[Service], group_id: int) -> list[Service]:
    """The services of a practice and all below it; every service when none is chosen."""
    branches = list(branches)
    path = next((branch.path for branch in branches if branch.id == group_id), "")
    keys = {branch.key for branch in branches if branch.path.startswith(path)}
    return [service for service in services if not path or service.practice_key in keys]
