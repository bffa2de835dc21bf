"""Taking items from content files."""

import pytest

from portal import markup
from portal.db import db
from portal.library import search, services
from portal.library.models import Item, ItemState, Revision
from tests.library import make_library as lib
from tests.make import NOON


def item():
    db.session.flush()
    db.session.expire_all()
    return db.session.query(Item).filter_by(key="from-a-file").one()


def test_a_new_file_is_published_and_found():
    assert lib.loaded(industry=["retail"]) == ["library item from-a-file: new"]
    assert search.find("file", {"industry": "retail"}).ids == [item().id]
    assert item().owner is None


def test_loading_again_changes_nothing():
    lib.loaded(industry=["retail"])
    assert lib.loaded(industry=["retail"]) == []
    assert item().revision == 1


def test_a_changed_file_is_a_new_revision():
    lib.loaded(industry=["retail"])
    assert lib.loaded(source="It says that.", industry=["energy"]) == ["library item from-a-file: changed"]
    assert "It says that." in item().html
    assert [tag.value for tag in item().tags] == ["energy"]
    assert [row.number for row in db.session.query(Revision).order_by(Revision.number)] == [1, 2]


def test_what_was_revised_in_the_portal_is_kept_and_said_once(marketer, viewer):
    lib.loaded()
    services.write(item(), lib.wording("Mine"), change="", base_number=1, by=viewer(marketer), now=NOON)
    services.publish(item(), now=NOON)
    assert lib.loaded(source="New.") == ["library item from-a-file: kept as it was revised in the portal"]
    assert item().title == "Mine"
    assert lib.loaded(source="New.") == []


def test_what_was_archived_in_the_portal_stays_archived():
    lib.loaded()
    services.archive(item())
    lib.loaded(source="New.")
    assert item().state is ItemState.ARCHIVED
    assert search.find("file", {}).ids == []


def test_a_new_renderer_renders_anew(monkeypatch):
    lib.loaded()
    monkeypatch.setattr(markup, "RENDERER", "next")
    assert lib.loaded() == ["library item from-a-file: rendered anew"]
    assert item().renderer == "next"
    assert lib.loaded() == []


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="poem"):
        services.load_item(key="k", kind="poem", title="T", summary="", tags={}, review_on=None, source="", now=NOON)
