"""The service catalogue, from its files."""

from pathlib import Path

import pytest

from portal.clients.models import Service
from portal.content import loader
from portal.content.files import read
from portal.db import db
from portal.demo.people import PRACTICES, TREE
from tests.content import make_content as make

GOOD = "---\nname: Statutory audit\npractice: audit-support\nsummary: A second look.\n---\nYou *notice* it early.\n"


@pytest.fixture
def folder(tmp_path):
    where = make.folder(tmp_path / "content")
    (where / "services").mkdir()
    return where


def test_a_service_is_loaded_before_there_is_its_practice(folder, now):
    (folder / "services" / "audit.md").write_text(GOOD)
    report = loader.load(folder, now=now)
    assert "service audit: new" in report.changes
    row = db.session.query(Service).one()
    assert (row.name, row.practice_key) == ("Statutory audit", "audit-support")
    assert "<em>notice</em>" in row.html
    assert loader.load(folder, now=now).changes == []


@pytest.mark.parametrize(
    ("right", "wrong", "line"), [("name: Statutory audit\n", "", 2), ("audit-support", "Audit Support", 3)]
)
def test_a_wrong_file_is_named_and_nothing_changes(folder, now, right, wrong, line):
    (folder / "services" / "audit.md").write_text(GOOD.replace(right, wrong))
    report = loader.load(folder, now=now)
    assert report.problems[0].startswith(f"content/services/audit.md:{line}") or f"{line}" in report.problems[0]
    assert db.session.query(Service).count() == 0


def test_the_shipped_services_belong_to_practices_of_the_demo_firm():
    files = sorted(Path("content/services").glob("*.md"))
    assert len(files) >= 12
    assert {read(path, Path("content")).facts.value["practice"].value for path in files} <= {*TREE, *PRACTICES}
