"""The README keeps step with settings, rooms and commands."""

import tomllib
from dataclasses import fields
from pathlib import Path

from portal import __version__
from portal.cli import main
from portal.config import PREFIX, Config

README = Path("README.md").read_text()


def test_every_setting_is_in_the_readme():
    missing = [field.name for field in fields(Config) if f"`{PREFIX}{field.name}`" not in README]
    assert not missing, f"Explain in README.md: {missing}"


def test_every_room_is_on_the_map():
    rooms = {
        path.stem if path.is_file() else path.name
        for path in Path("portal").iterdir()
        if path.suffix == ".py" or path.is_dir()
    }
    missing = {
        room
        for room in rooms - {"__init__", "__main__", "__pycache__", "templates", "static"}
        if f"`{room}`" not in README
    }
    assert not missing, f"Put on the map in README.md: {sorted(missing)}"


def test_every_command_is_in_the_readme():
    missing = [name for name in main.commands if f"`portal {name}" not in README]
    assert not missing, f"Explain in README.md: {missing}"


def test_the_version_is_the_one_of_the_package():
    assert tomllib.loads(Path("pyproject.toml").read_text())["project"]["version"] == __version__


def test_pictures_are_there():
    assert Path("docs/today.png").exists()
    assert Path("docs/team.png").exists()
