"""Amounts of money: whole minor units inside, people's notation outside (ISO 4217, with its currencies of no, two and
three decimals)."""

import re

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
LARGEST = 10**12
NO_DECIMALS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF"]
)
THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
CURRENCY = re.compile(r"[A-Z]{3}")
UNIT_RATE = 10**9
"""A rate of one: rates are kept in billionths."""
TOO_MUCH = "That is more than we can keep. Give the amount in whole units."


def decimals(currency: str) -> int:
    """How many decimals a currency has."""
    return 0 if currency in NO_DECIMALS else 3 if currency in THREE_DECIMALS else 2


def whole(minor: int | None, currency: str) -> float | None:
    """An amount in whole units, as spreadsheets have it; None for none."""
    return None if minor is None else minor / 10 ** decimals(currency)


def said_amount(minor: int | None, currency: str) -> str:
    """An amount in words, without decimals: '€12,500'. Nothing for no amount."""
    if minor is None:
        return ""
    sign = SIGNS.get(currency)
    units = minor / 10 ** decimals(currency)
    return f"{sign}{units:,.0f}" if sign else f"{units:,.0f} {currency}"


def said_short(minor: int, currency: str) -> str:
    """A large amount, short: '€1.4m', '€320k'."""
    units = minor / 10 ** decimals(currency)
    sign = SIGNS.get(currency, currency + " ")
    if units >= 1_000_000:
        return f"{sign}{units / 1_000_000:.1f}m"
    return f"{sign}{units / 1000:.0f}k" if units >= 10_000 else f"{sign}{units:,.0f}"


def said_plainly(minor: int | None, currency: str) -> str:
    """An amount as somebody would type it: '12,500', '12,500.50'. Nothing for no amount."""
    if minor is None:
        return ""
    places = decimals(currency)
    units, rest = divmod(minor, 10**places)
    return f"{units:,}.{rest:0{places}}" if rest else f"{units:,}"


def minor_units(typed: str, currency: str = "EUR") -> int | None:
    """What somebody typed for an amount ('12,500', '€12.50', '12k'), in minor units; None for nothing.

    Raises ValueError.
    """
    text = re.sub(r"[€£$\s'’]|[A-Z]{3}", "", typed.strip())
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,3}))?([km]?)", text, flags=re.ASCII | re.IGNORECASE)
    places, factor = decimals(currency), 1
    if found:
        factor = {"": 1, "k": 1_000, "m": 1_000_000}[found[3].lower()]
    rest = (found[2] or "") if found else ""
    if not found or (len(rest) > places and factor == 1) or len(rest) > max(places, 2):
        raise ValueError("Give an amount like 12,500.")
    thousandths = int(found[1].replace(",", "")) * 1000 + int(rest.ljust(3, "0"))
    minor = thousandths * factor * 10**places // 1000
    if minor > LARGEST:
        raise ValueError(TOO_MUCH)
    return minor


def converted(minor: int, currency: str, into: str, rate: int) -> int:
    """An amount in another currency, rounded half to even; the rate says, in billionths, how much one whole unit of
    `currency` is of `into`. Raises ValueError for more than can be kept."""
    found = half_even(minor * rate * 10 ** decimals(into), UNIT_RATE * 10 ** decimals(currency))
    if found > LARGEST:
        raise ValueError(TOO_MUCH)
    return found


def half_even(number: int, by: int) -> int:
    """A whole number divided by a positive one, rounded to the nearest, half to even."""
    quotient, rest = divmod(number, by)
    if rest * 2 > by or (rest * 2 == by and quotient % 2):
        quotient += 1
    return quotient
