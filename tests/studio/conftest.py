"""Who else publishes."""

import pytest

from portal.access import Role
from tests import make


@pytest.fixture
def colleague(firm):
    """Another marketer, beside Mira."""
    return make.person("Cora Lund", firm, Role.MARKETING)
