"""What the tests of this room share."""

import pytest

from portal.access import Role
from tests import make
from tests.recitals import make_recitals


@pytest.fixture
def pitch(firm):
    """The firm's pitch."""
    return make_recitals.pitch()


@pytest.fixture
def rubric(session):
    """A rubric for the whole pitch."""
    return make_recitals.rubric()


@pytest.fixture
def coach(tax):
    """Coaches Tax and what is below."""
    return make.person("Cora Lind", tax, (Role.COACH, tax))


@pytest.fixture
def second_coach(tax):
    return make.person("Dara Moss", tax, (Role.COACH, tax))
