"""The pictures of README.md. `PORTAL_PICTURES=1 ./test tests/journeys/test_pictures.py` takes them anew."""

import os
from pathlib import Path

import pytest

from tests.journeys import steps

pytestmark = pytest.mark.chromium

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("who", "address", "says", "name"),
    [
        ("practitioner", "/", "^Good (morning|afternoon|evening), Ana", "today.png"),
        ("leader", "/team", "^Tax advisory", "team.png"),
    ],
)
def test_the_pictures_of_the_readme(enter, who, address, says, name):
    page = enter(who, color_scheme="light")
    page.goto(address)
    steps.heading(page, says)
    picture = page.screenshot(path=DOCS / name if os.environ.get("PORTAL_PICTURES") else None)
    assert len(picture) > 20_000
    assert f"docs/{name}" in Path("README.md").read_text()
