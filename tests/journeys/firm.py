"""The demo firm that the journeys go through: made once, and each portal under test gets a copy of its own."""

import os
import shutil
import subprocess
import sys

MADE = "PORTAL_TEST_FIRM"
"""Where a firm is that was made before; `./test` makes one for all its stages on SQLite."""
SETTINGS = {"PORTAL_DEMO": "yes", "PORTAL_PASSWORD_MEMORY_KIB": "8"}
PEOPLE = "160"


def environment(folder: str, **given: str) -> dict[str, str]:
    """Of the settings of this process none, and these instead."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return {**others, **SETTINGS, "PORTAL_DATA": folder, **given}


def copy(folder: str) -> None:
    """Put a copy into a folder, if a firm was made before; the portal makes its own otherwise."""
    if MADE in os.environ:
        shutil.copytree(os.environ[MADE], folder, dirs_exist_ok=True)


def main() -> None:
    """Make a firm on SQLite in the folder that is given."""
    command = [sys.executable, "-m", "portal", "demo", "--people", PEOPLE]
    subprocess.run(command, env=environment(sys.argv[1]), check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
