"""Amounts of money: whole minor units inside, people's notation outside (ISO 4217; currencies with two decimals)."""

import re

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
LARGEST = 10**12


def said_amount(minor: int | None, currency: str) -> str:
    """An amount in words, without decimals: '€12,500'. Nothing for no amount."""
    if minor is None:
        return ""
    sign = SIGNS.get(currency)
    return f"{sign}{minor / 100:,.0f}" if sign else f"{minor / 100:,.0f} {currency}"


def said_short(minor: int, currency: str) -> str:
    """A large amount, short: '€1.4m', '€320k'."""
    whole = minor / 100
    sign = SIGNS.get(currency, currency + " ")
    if whole >= 1_000_000:
        return f"{sign}{whole / 1_000_000:.1f}m"
    return f"{sign}{whole / 1000:.0f}k" if whole >= 10_000 else f"{sign}{whole:,.0f}"


def minor_units(typed: str) -> int | None:
    """What somebody typed for an amount ('12,500', '€12.50', '12k'), in minor units; None for nothing.

    Raises ValueError.
    """
    text = re.sub(r"[€£$\s'’]|[A-Z]{3}", "", typed.strip())
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?([km]?)", text, flags=re.ASCII | re.IGNORECASE)
    if not found:
        raise ValueError("Give an amount like 12,500.")
    whole, cents, factor = found[1].replace(",", ""), (found[2] or "").ljust(2, "0"), found[3].lower()
    minor = (int(whole) * 100 + int(cents)) * {"": 1, "k": 1_000, "m": 1_000_000}[factor]
    if minor > LARGEST:
        raise ValueError("That is more than we can keep. Give the amount in whole units.")
    return minor
