"""Formulas of computed fields: arithmetic over the numbers of a row, or over the rows of a table.

They are read once into small trees and never run as code. What is missing, or divided by zero, gives nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from functools import lru_cache

LONGEST = 200
MOST = Decimal(10) ** 15
"""Numbers beyond this are taken for mistakes, and give nothing."""

Numbers = Mapping[str, Decimal]
Tables = Mapping[str, Sequence[Numbers]]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)(?![a-z])|(?P<name>[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)|(?P<sign>[-+*/().]))"
)
_EXACT = Context(prec=40)


class Wrong(ValueError):
    """A formula that cannot be read, with the reason in plain words."""


@dataclass(frozen=True)
class Number:
    """A number that stands in the formula."""

    value: Decimal


@dataclass(frozen=True)
class Name:
    """The number of another field."""

    key: str


@dataclass(frozen=True)
class Over:
    """What the rows of a table come to; `column` is empty where rows are counted."""

    how: str
    table: str
    column: str


@dataclass(frozen=True)
class Two:
    """Two sides and the sign between them."""

    sign: str
    left: "Node"
    right: "Node"


Node = Number | Name | Over | Two


def _mean(numbers: Sequence[Decimal]) -> Decimal | None:
    return _EXACT.divide(_sum(numbers), Decimal(len(numbers)))


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


_OVER: dict[str, Callable[[Sequence[Decimal]], Decimal | None]] = {
    "sum": _sum,
    "mean": _mean,
    "highest": max,
    "lowest": min,
}
FUNCTIONS = (*_OVER, "count")
_SIGNS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
    "/": _EXACT.divide,
}


@lru_cache(maxsize=1_000)
def read(formula: str) -> Node:
    """A formula's tree. Raises Wrong."""
    if len(formula) > LONGEST:
        raise Wrong(f"A formula has at most {LONGEST} characters.")
    reader = _Reader(_tokens(formula))
    tree = reader.sum()
    if reader.next:
        raise Wrong(f"“{reader.next}” stands where the formula should end or a sign should be.")
    return tree


def _tokens(formula: str) -> list[str]:
    tokens, at = [], 0
    text = formula.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise Wrong(f"“{text[at:].split()[0][:20]}” cannot be read. Use keys, numbers, + - * / and brackets.")
        tokens.append(found[0].strip())
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens from the left."""

    def __init__(self, tokens: list[str]):
        self.tokens = tokens[::-1]

    @property
    def next(self) -> str:
        return self.tokens[-1] if self.tokens else ""

    def take(self, wanted: str = "") -> str:
        if not self.tokens or (wanted and self.next != wanted):
            raise Wrong(f"“{wanted}” is missing." if wanted else "Something is missing at the end.")
        return self.tokens.pop()

    def sum(self) -> Node:
        left = self.product()
        while self.next in ("+", "-"):
            left = Two(self.take(), left, self.product())
        return left

    def product(self) -> Node:
        left = self.one()
        while self.next in ("*", "/"):
            left = Two(self.take(), left, self.one())
        return left

    def one(self) -> Node:
        token = self.take()
        if token == "-":
            return Two("-", Number(Decimal(0)), self.one())
        if token == "(":
            inner = self.sum()
            self.take(")")
            return inner
        if token[0].isdigit():
            return Number(Decimal(token))
        if not token[0].isalpha():
            raise Wrong(f"“{token}” stands where a key or a number should be.")
        return self.over(token) if self.next == "(" else Name(token)

    def over(self, how: str) -> Node:
        if how not in FUNCTIONS:
            raise Wrong(f"“{how}” is not known. Known are {', '.join(FUNCTIONS)}.")
        self.take("(")
        table, column = self.take(), ""
        if how != "count":
            self.take(".")
            column = self.take()
        self.take(")")
        return Over(how, table, column)


def wrong(formula: str, names: set[str], tables: Mapping[str, set[str]]) -> str:
    """Why a formula cannot stand where these names and columns are known; empty when it can."""
    try:
        return _unknown(read(formula), names, tables)
    except Wrong as reason:
        return str(reason)


def _unknown(tree: Node, names: set[str], tables: Mapping[str, set[str]]) -> str:
    match tree:
        case Name(key):
            return "" if key in names else f"“{key}” is no number, scale or computed field that stands before this."
        case Over(_, table, column):
            if table not in tables:
                return f"“{table}” is no table of this worksheet."
            known = not column or column in tables[table]
            return "" if known else f"“{column}” is no column with numbers of “{table}”."
        case Two(_, left, right):
            return _unknown(left, names, tables) or _unknown(right, names, tables)
    return ""


def value(tree: Node, numbers: Numbers, tables: Tables) -> Decimal | None:
    """What a formula comes to; None where a number is missing or the sum cannot be done."""
    try:
        found = _value(tree, numbers, tables)
    except DecimalException:  # a division by zero, or by next to nothing
        return None
    return found if found is not None and abs(found) < MOST else None


def _value(tree: Node, numbers: Numbers, tables: Tables) -> Decimal | None:
    match tree:
        case Number(number):
            return number
        case Name(key):
            return numbers.get(key)
        case Over("count", table, _):
            return Decimal(len(tables.get(table, ())))
        case Over(how, table, column):
            found = [row[column] for row in tables.get(table, ()) if column in row]
            return _OVER[how](found) if found else None
        case Two(sign, left, right):
            first, second = _value(left, numbers, tables), _value(right, numbers, tables)
            return None if first is None or second is None else _SIGNS[sign](first, second)
    return None


def rounded(number: Decimal) -> str:
    """A result as it is shown and compared: at most two places after the point, none that say nothing."""
    kept = number.quantize(Decimal("0.01"), ROUND_HALF_UP, _EXACT)
    text = f"{kept:f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
