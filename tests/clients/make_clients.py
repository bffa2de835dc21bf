"""Clients and services for tests."""

from itertools import count

from portal.accounts.viewer import of
from portal.clients import services
from portal.clients.models import Client, Service
from tests.make import NOON, saved

_numbers = count(1)


def service(name: str = "", practice_key: str = "", **given) -> Service:
    """Something the firm does."""
    number = next(_numbers)
    name = name or f"Service {number}"
    return saved(Service(key=f"service-{number}", name=name, practice_key=practice_key, **given))


def client(by, name: str = "", practice=None, steward=None, industry: str = "Manufacturing", *, now=NOON) -> Client:
    """A client that somebody added."""
    name = name or f"Client {next(_numbers)}"
    return services.add(
        name=name,
        industry=industry,
        practice_id=(practice or by.practice).id,
        steward_id=steward.id if steward else None,
        by=of(by),
        led=["/"],
        now=now,
    )


def use(client: Client, service: Service, use, by, *, now=NOON, **given) -> None:
    """How a client stands to a service."""
    services.set_use(client.id, service.id, use, by=of(by), now=now, **given)
