"""The `portal` command, as whoever runs the portal types it: an empty firm from nothing, and what stands in its way."""

import os
import sqlite3

import pytest
from click.testing import CliRunner

from portal import checkup
from portal.cli import main
from portal.config import Config

pytestmark = [
    pytest.mark.no_session,
    pytest.mark.skipif("PORTAL_TEST_DATABASE" in os.environ, reason="what is said is the same on every database"),
]
FIRST = ("init", "--email", "ada@example.org", "--name", "Ada Quill", "--practice", "Quill & Partners")


@pytest.fixture
def portal(tmp_path, monkeypatch):
    """Runs commands with a data folder of their own; what they said, and their exit code."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))

    def run(*words, code=0):
        result = CliRunner().invoke(main, words, env={"PORTAL_PASSWORD_MEMORY_KIB": "8"})
        assert result.exit_code == code, result.output
        return result.output

    return run


def value(tmp_path, question):
    with sqlite3.connect(tmp_path / "portal.db") as database:
        return database.execute(question).fetchone()[0]


def test_an_empty_firm_gets_the_programme_and_nothing_that_speaks_for_another(portal, tmp_path):
    assert "/choose-password/" in portal(*FIRST)
    said = portal("content", "load")
    assert "Left out: pitches, services and library" in said
    assert value(tmp_path, "select count(*) from modules") == 7
    for table in ("pitches", "services", "items"):
        assert value(tmp_path, f"select count(*) from {table}") == 0, table
    assert "pitch firm: new" in portal("content", "load", "--all")
    assert "There are people here already" in portal(*FIRST, code=1)


@pytest.mark.parametrize(("place", "wrong"), [(2, "ada"), (4, " "), (6, "")])
def test_the_first_admin_and_the_firm_need_an_address_and_names(portal, tmp_path, place, wrong):
    portal(*FIRST[:place], wrong, *FIRST[place + 1 :], code=1)
    assert not (tmp_path / "portal.db").exists()


@pytest.mark.parametrize("words", [("content", "load"), ("recount",), ("files", "sweep"), ("worker",)])
def test_a_database_that_is_behind_is_told_in_one_line(portal, words):
    assert portal(*words, code=1) == "Error: The database is not up to date. Run: portal db upgrade\n"


def test_a_database_of_a_newer_portal_is_left_alone(portal, tmp_path):
    portal("db", "upgrade")
    with sqlite3.connect(tmp_path / "portal.db") as database:
        database.execute("update alembic_version set version_num = '9999'")
    for words in (("db", "upgrade"), ("content", "load"), FIRST):
        assert "belongs to a newer version" in portal(*words, code=1)
    assert value(tmp_path, "select version_num from alembic_version") == "9999"


def test_a_bad_setting_is_told_in_one_line(portal, monkeypatch):
    monkeypatch.setenv("PORTAL_TIME_ZONE", "Mars/Base")
    assert portal("check", code=1) == "Error: PORTAL_TIME_ZONE is not a known time zone: Mars/Base\n"


def test_a_data_folder_that_cannot_be_made_is_told_in_one_line(portal, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "file" / "below"))
    assert portal("db", "upgrade", code=1).startswith("Error: PORTAL_DATA: ")


def test_a_database_that_does_not_answer_is_told_in_one_line(portal, monkeypatch):
    pytest.importorskip("psycopg")
    monkeypatch.setenv("PORTAL_DATABASE_URL", "postgresql://portal:secret@127.0.0.1:1/portal")
    said = portal("check", code=1)
    assert said.startswith("Error: The database refused: ")
    assert "secret" not in said


def test_check_names_what_a_real_firm_has_not_set(portal):
    portal("db", "upgrade")
    said = portal("check", code=1)
    for name in ("FIRM_NAME", "BASE_URL", "SMTP_URL", "TRUSTED_HOSTS"):
        assert f"PORTAL_{name} is not set" in said


def test_check_finds_nothing_in_a_demo(portal, monkeypatch):
    monkeypatch.setenv("PORTAL_DEMO", "yes")
    portal("db", "upgrade")
    assert portal("check").splitlines()[-1] == "All is well."


def test_an_address_by_https_asks_for_what_belongs_to_it():
    said = list(checkup._of_the_address(Config(BASE_URL="https://portal.example.com")))
    assert [word for line in said for word in line.split() if word.startswith("PORTAL_")] == [
        "PORTAL_SECURE_COOKIES=yes.",
        "PORTAL_PROXIES=1,",
    ]
    assert not list(
        checkup._of_the_address(Config(BASE_URL="https://portal.example.com", SECURE_COOKIES=True, PROXIES=1))
    )


def test_it_says_its_version(portal):
    assert portal("--version").startswith("portal, version ")
