"""Measure the portal beside a bare Flask page on the same server, on generated firms."""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import figures, firms, load, servers, visits
from benchmarks.figures import Measured
from benchmarks.servers import Server
from benchmarks.visits import Page
from tests.postgres import fresh_database

CONNECTIONS = (1, 8, 32)
PEOPLE, QUICK_PEOPLE = "60,1000,10000", "60"
SECONDS, QUICK_SECONDS = 4.0, 1.0
"""For each figure."""


def main() -> None:
    """Measure what the arguments ask for."""
    asked = _arguments()
    seconds = QUICK_SECONDS if asked.quick else SECONDS
    sizes = [int(size) for size in (asked.people or (QUICK_PEOPLE if asked.quick else PEOPLE)).split(",")]
    found: list[Measured] = []
    made: dict[str, float] = {}
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as folder:
            database = fresh_database(os.environ["PORTAL_TEST_DATABASE"]) if asked.postgres else ""
            print(f"Making a firm of {people:,} ...", flush=True)
            firm = firms.make(people, folder, database, max(CONNECTIONS))
            made[str(people)] = firm.seconds
            print(f"  in {firm.seconds} s. Measuring ...", flush=True)
            with servers.portal(firm.settings) as portal, servers.bare() as bare:
                found += _all(people, portal, bare, visits.pages(portal.port, firm), seconds)
    print(figures.table(found))
    _write(found, made, "postgresql" if asked.postgres else "sqlite")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench", description=__doc__)
    parser.add_argument("--people", help=f"sizes of the firms, separated by commas; {PEOPLE} if not given")
    parser.add_argument(
        "--quick", action="store_true", help="a second for each figure, and one firm of 60 if no size is given"
    )
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    return parser.parse_args()


def _all(people: int, portal: Server, bare: Server, pages: list[Page], seconds: float) -> Iterator[Measured]:
    for connections in CONNECTIONS:
        hello = Page("bare Flask page", [visits.get("/")] * connections)
        beside = _one(people, bare, hello, connections, seconds)
        yield figures.compared(beside, beside)
        for page in pages:
            yield figures.compared(_one(people, portal, page, connections, seconds), beside)


def _one(people: int, server: Server, page: Page, connections: int, seconds: float) -> Measured:
    # With fewer visitors than connections, some sit at two browsers.
    requests = [page.requests[number % len(page.requests)] for number in range(connections)]
    lasted, waits, cpu = load.run(server.port, requests, page.status, seconds, server.cpu_seconds)
    return figures.measured(page.name, people, connections, lasted, waits, cpu)


def _write(found: list[Measured], made: dict[str, float], database: str) -> None:
    result = {
        "database": database,
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "workers": servers.WORKERS,
        "seconds_to_make": made,
        "measured": [one.said() for one in found],
    }
    Path("bench.json").write_text(json.dumps(result, indent=1) + "\n")
    print("\nWritten to bench.json. Firms were made in " + ", ".join(f"{size}: {s} s" for size, s in made.items()))


if __name__ == "__main__":
    main()
