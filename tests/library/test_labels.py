"""Labels and freshness: the pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.library import freshness, labels

TODAY = date(2026, 3, 4)


@given(some.text())
def test_a_slug_is_an_address(text):
    assert labels.slug(text) == labels.slug(labels.slug(text))
    assert len(labels.slug(text)) <= labels.LONGEST_SLUG


@pytest.mark.parametrize(
    ("facet", "value", "name"),
    [
        ("kind", "one-pager", "One-pager"),
        ("industry", "e-commerce", "E-commerce"),
        ("discipline", "value-proposition", "Value proposition"),
        ("kind", "unknown-kind", "Unknown kind"),
    ],
)
def test_values_have_names(facet, value, name):
    assert labels.said(facet, value) == name


@pytest.mark.parametrize(("days", "state"), [(-1, "past"), (0, "soon"), (30, "soon"), (31, "fresh")])
def test_an_item_is_good_until_its_review_date(days, state):
    assert freshness.freshness(TODAY + timedelta(days=days), TODAY) == state
    assert freshness.freshness(None, TODAY) == "undated"
