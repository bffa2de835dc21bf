"""What an amount in another currency is in the firm's, at the rate of the day."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from flask import current_app
from sqlalchemy import select

from portal import money
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.errors import Refused
from portal.pipeline.models import Rate


@dataclass(frozen=True)
class Valued:
    """A value with what it is in the firm's currency."""

    value: int | None
    currency: str
    rate: int
    worth: int | None


def firms_own() -> str:
    """The currency that sums are in."""
    return str(current_app.extensions["portal_config"].CURRENCY)


def in_force(on: date) -> dict[str, Rate]:
    """The rates of a day, by currency."""
    found = db.session.scalars(select(Rate).where(Rate.from_on <= on).order_by(Rate.from_on, Rate.id))
    return {rate.currency: rate for rate in found}


def currencies(on: date, also: str = "") -> list[str]:
    """The currencies that a value can be given in, the firm's own first."""
    own = firms_own()
    return [own, *sorted({*in_force(on), *([also] if also else [])} - {own})]


def valued(value: int | None, currency: str, on: date) -> Valued:
    """A value at the rate of a day."""
    own = firms_own()
    if currency == own:
        return Valued(value, currency, money.UNIT_RATE, value)
    rate = in_force(on).get(currency)
    if rate is None:
        raise Refused(f"There is no rate for {currency} yet. Marketing or an admin can add one.", field="currency")
    try:
        worth = None if value is None else money.converted(value, currency, own, rate.rate)
    except ValueError as reason:
        raise Refused(str(reason), field="value") from None
    return Valued(value, currency, rate.rate, worth)


def history() -> list[Rate]:
    """Every rate there was, newest first."""
    return list(db.session.scalars(select(Rate).order_by(Rate.from_on.desc(), Rate.id.desc()).limit(200)))


def add(*, currency: str, rate: str, from_on: date, by: Viewer, now: datetime) -> None:
    """Add a rate. What was valued before keeps the rate it was valued with."""
    if not money.CURRENCY.fullmatch(currency) or currency == firms_own():
        raise Refused("Give another currency than the firm's, as three capitals like USD.", field="currency")
    given = _billionths(rate)
    known = in_force(from_on).get(currency)
    if known and known.from_on == from_on and known.rate == given:
        return
    db.session.add(Rate(currency=currency, rate=given, from_on=from_on, by_id=by.id, at=now))
    audit.note("added a currency rate", currency, rate=rate, from_on=from_on.isoformat())


def _billionths(typed: str) -> int:
    plain = typed.replace(",", ".")
    try:
        found = Decimal(plain) if plain.isascii() and "_" not in plain else Decimal("nan")
    except InvalidOperation:
        found = Decimal("nan")
    billionths = int((found * money.UNIT_RATE).to_integral_value()) if found.is_finite() and abs(found) < 10**6 else 0
    if billionths < 1:
        raise Refused("Give a rate like 0.92, more than nothing and under a million.", field="rate")
    return billionths


def said(rate: int) -> str:
    """A rate as people write it: '0.92'."""
    whole, rest = divmod(rate, money.UNIT_RATE)
    return f"{whole}.{rest:09}".rstrip("0").rstrip(".")
