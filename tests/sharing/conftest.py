"""What the tests of this room share."""

import pytest

from portal.sharing.reading import _limits
from tests.library import make_library as lib
from tests.sharing.make_sharing import Visitor, share


@pytest.fixture(autouse=True)
def patience(app):
    """Tests happen within one minute; each begins with nobody having knocked."""
    with app.app_context():
        _limits().clear()


@pytest.fixture
def item(marketer):
    return lib.published(marketer, "Handing over", summary="In two years.", source="It was **late**.")


@pytest.fixture
def visitor(app):
    return Visitor(app)


@pytest.fixture
def link(ana, item):
    """Ana's link to the item, and its token."""
    return share(ana, item)
