"""Which links in a text lead to nothing, as its readers' browsers take them."""

from dataclasses import replace

import pytest

from portal.studio import checking, queries
from tests.library import make_library as lib
from tests.make import NOON


def lost(item):
    revision = queries.revision(item, item.revision)
    return [each.code for each in checking.look(item, revision, review_on=lib.PAST, now=NOON) if "link-" in each.code]


@pytest.fixture
def here(app, monkeypatch):
    config = replace(app.extensions["portal_config"], BASE_URL="https://portal.example.com")
    monkeypatch.setitem(app.extensions, "portal_config", config)


@pytest.mark.parametrize(
    "address",
    [
        "/library/nowhere",
        "https://portal.example.com/library/nowhere",
        "/libary/there",
        "www.example.com",
        "example.com/page",
        "nowhere",
        "/files/" + "0" * 64 + "/x.png",
        "/modules/nothing",
        "#not-a-heading",
        "https://",
        "https://[broken",
        "javascript:alert(1)",
        "",
    ],
)
def test_what_leads_to_nothing_is_found(here, marketer, address):
    lib.published(marketer, "There")
    assert lost(lib.draft(marketer, source=f"Read [how we count]({address}).")) == ["link-missing"]


@pytest.mark.parametrize(
    "address",
    [
        "/library/there",
        "/library/there?from=a#the-end",
        "https://portal.example.com/library/there",
        "there",
        "/library",
        "/library/new-for-you",
        "/",
        "/pipeline",
        "/requests",
        "#the-end",
        "https://www.example.com/library/nowhere",
        "//www.example.com/page",
        "mailto:mira@example.org",
        "tel:+44123",
    ],
)
def test_what_leads_somewhere_or_out_of_the_portal_is_left_alone(here, marketer, address):
    lib.published(marketer, "There")
    assert lost(lib.draft(marketer, source=f"Read [how we count]({address}).\n\n## The end\n\nDone.")) == []


def test_what_is_no_link_for_readers_is_none(marketer):
    source = "Write `[a word](/library/x)` or \\[a word](/library/x).\n\n    [a word](/library/x)\n"
    assert lost(lib.draft(marketer, source=source)) == []
