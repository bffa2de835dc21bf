"""What would be left without a second relationship if somebody left: clients and open opportunities that nobody else
at the firm is known to be close to. A relationship is looking after a client, looking after or having a share in an
opportunity of theirs, or a contact there whom its owner lets the client's page name. Other contacts stay private."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from portal.accounts.models import Person, Practice
from portal.clients.models import Client
from portal.db import db
from portal.network.models import Contact
from portal.pipeline.models import Direction, Opportunity
from portal.pipeline.origination_models import CreditShare
from portal.pipeline.stages import OPEN

_deal, _held = aliased(Opportunity), aliased(CreditShare)
_cared, _known = aliased(Client), aliased(Contact)


def _active(person_id: Any) -> ColumnElement[bool]:
    return exists().where(Person.id == person_id, Person.is_active)


def _nobody_else(client_id: Any, person_id: Any) -> list[ColumnElement[bool]]:
    """That no active colleague besides this person is close to the client."""
    of_client = _deal.client_id == client_id
    return [
        ~exists().where(_cared.id == client_id, _cared.steward_id != person_id, _active(_cared.steward_id)),
        ~exists().where(of_client, _deal.owner_id != person_id, _active(_deal.owner_id)),
        ~exists().where(
            of_client, _held.opportunity_id == _deal.id, _held.person_id != person_id, _active(_held.person_id)
        ),
        ~exists().where(
            _known.client_id == client_id,
            _known.is_shown_at_client,
            _known.owner_id != person_id,
            _active(_known.owner_id),
        ),
    ]


def _close(ids: Sequence[int]) -> Any:
    """Clients with those of these people who are close to them."""
    found: Any = union(
        select(Client.id.label("client_id"), Client.steward_id.label("person_id")).where(Client.steward_id.in_(ids)),
        select(Opportunity.client_id, Opportunity.owner_id).where(
            Opportunity.owner_id.in_(ids), Opportunity.client_id.is_not(None)
        ),
        select(Opportunity.client_id, CreditShare.person_id)
        .join(CreditShare, CreditShare.opportunity_id == Opportunity.id)
        .where(CreditShare.person_id.in_(ids), Opportunity.client_id.is_not(None)),
        select(Contact.client_id, Contact.owner_id).where(
            Contact.owner_id.in_(ids), Contact.is_shown_at_client, Contact.client_id.is_not(None)
        ),
    )
    return found.subquery("close")


def clients(ids: Sequence[int]) -> Any:
    """Clients whom only one of these people is close to: client_id, person_id, name, practice, is_steward."""
    close = _close(ids)
    return (
        select(
            Client.id.label("client_id"),
            close.c.person_id,
            Client.name,
            Client.industry,
            Practice.name.label("practice"),
            (Client.steward_id == close.c.person_id).label("is_steward"),
        )
        .join(close, close.c.client_id == Client.id)
        .join(Practice, Practice.id == Client.practice_id)
        .where(Client.merged_into_id.is_(None), *_nobody_else(close.c.client_id, close.c.person_id))
        .order_by(Client.name, Client.id)
    )


def opportunities(ids: Sequence[int]) -> Any:
    """Open opportunities that only one of these people has to do with, at a client whom nobody else is close to."""
    other = aliased(CreditShare)
    return (
        select(
            *(Opportunity.id, Opportunity.owner_id.label("person_id"), Opportunity.organisation, Opportunity.service),
            *(Opportunity.kind, Opportunity.stage, Opportunity.worth),
        )
        .where(
            Opportunity.owner_id.in_(ids),
            Opportunity.stage.in_(OPEN),
            Opportunity.direction != Direction.GIVEN,
            ~exists().where(
                other.opportunity_id == Opportunity.id,
                other.person_id != Opportunity.owner_id,
                _active(other.person_id),
            ),
            or_(
                Opportunity.client_id.is_(None),
                and_(*_nobody_else(Opportunity.client_id, Opportunity.owner_id)),
            ),
        )
        .order_by(Opportunity.worth.is_(None), Opportunity.worth.desc(), Opportunity.id)
    )


def counts(ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """For each of these people: how many clients, how many open opportunities, and what those may be worth."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    if not ids:
        return {}
    alone = clients(ids).order_by(None).subquery()
    for person_id, n in db.session.execute(select(alone.c.person_id, func.count()).group_by(alone.c.person_id)):
        found[person_id][0] = n
    deals = opportunities(ids).order_by(None).subquery()
    statement = select(deals.c.person_id, func.count(), func.coalesce(func.sum(deals.c.worth), 0))
    for person_id, n, amount in db.session.execute(statement.group_by(deals.c.person_id)):
        found[person_id][1:] = [n, int(amount)]
    return {person_id: (n[0], n[1], n[2]) for person_id, n in found.items()}
