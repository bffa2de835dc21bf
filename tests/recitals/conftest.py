"""What the tests of this room share."""

import pytest

from tests.recitals import make_recitals


@pytest.fixture
def pitch(firm):
    """The firm's pitch."""
    return make_recitals.pitch()


@pytest.fixture
def rubric(session):
    """A rubric for the whole pitch."""
    return make_recitals.rubric()
