"""Formulas: what they come to, and that no text whatever makes them do anything else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.worksheets import formulas

NUMBERS = {"reach": Decimal(4), "fit": Decimal("2.5"), "ask-on": Decimal(3), "zero": Decimal(0)}
TABLES = {"acts": [{"cost": Decimal(10), "gain": Decimal(30)}, {"cost": Decimal(5)}, {}], "none": []}

plain = st.decimals(-1000, 1000, places=2, allow_nan=False)


def result(formula):
    found = formulas.value(formulas.read(formula), NUMBERS, TABLES)
    return None if found is None else formulas.rounded(found)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("reach * fit", "10"),
        ("reach + fit * 2", "9"),
        ("(reach + fit) * 2", "13"),
        ("reach - fit - 1", "0.5"),
        ("reach / 3", "1.33"),
        ("ask-on - 1", "2"),
        ("-reach + 1", "-3"),
        ("2 / 3 * 0.00", "0"),
        ("sum(acts.cost)", "15"),
        ("mean(acts.cost) + count(acts)", "10.5"),
        ("highest(acts.cost) - lowest(acts.cost)", "5"),
        ("sum(acts.gain) / sum(acts.cost)", "2"),
        ("count(none)", "0"),
        ("count(acts) / count(none)", None),
        ("sum(none.cost)", None),
        ("reach / zero", None),
        ("zero / zero", None),
        ("missing + 1", None),
        ("999999999999 * 999999999999", None),
    ],
)
def test_what_they_come_to(formula, expected):
    assert result(formula) == expected


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("", "missing at the end"),
        ("reach *", "missing at the end"),
        ("reach fit", "where the formula should end"),
        ("(reach", "“)” is missing"),
        ("median(acts.cost)", "“median” is not known"),
        ("sum(acts)", "“.” is missing"),
        ("reach ** 2", "where a key or a number should be"),
        ("reach % 2", "cannot be read"),
        ("__import__", "cannot be read"),
        ("1 + " * 60 + "1", "at most 200"),
    ],
)
def test_what_cannot_be_read(formula, reason):
    assert reason in formulas.wrong(formula, set(NUMBERS), {"acts": {"cost"}})


def test_what_is_not_there_is_named():
    assert "“speed”" in formulas.wrong("reach * speed", {"reach"}, {})
    assert "“acts”" in formulas.wrong("sum(acts.cost)", set(), {})
    assert "“gain”" in formulas.wrong("sum(acts.gain)", set(), {"acts": {"cost"}})
    assert formulas.wrong("sum(acts.cost) / reach", {"reach"}, {"acts": {"cost"}}) == ""


@given(st.text() | st.text("()+-*/. ax1", max_size=60))
def test_any_text_is_read_or_refused_with_words(formula):
    if formulas.wrong(formula, {"a", "x1"}, {}) == "":
        formulas.value(formulas.read(formula), {}, {})


@given(plain, plain, plain)
def test_it_reckons_as_we_do(a, b, c):
    numbers = {"a": a, "b": b, "c": c}

    def value(formula):
        return formulas.value(formulas.read(formula), numbers, {})

    assert value("a + b * c") == a + b * c
    assert value("(a + b) * c") == (a + b) * c
    assert value("a - b - c") == a - b - c
    assert (value("a / b") is None) == (b == 0)


@given(st.lists(plain, min_size=1))
def test_over_a_table(column):
    tables = {"t": [{"n": number} for number in column]}
    over = {how: formulas.value(formulas.read(f"{how}(t.n)"), {}, tables) for how in ("sum", "highest", "lowest")}
    assert over == {"sum": sum(column), "highest": max(column), "lowest": min(column)}
    mean = formulas.value(formulas.read("mean(t.n)"), {}, tables)
    assert min(column) <= mean <= max(column) or abs(mean - min(column)) < Decimal("1e-20")


@given(plain)
def test_a_rounded_result_is_a_kept_number(number):
    text = formulas.rounded(number)
    assert abs(Decimal(text) - number) <= Decimal("0.005")
    assert formulas.rounded(Decimal(text)) == text
