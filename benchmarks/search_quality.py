"""How well the library's search answers the judged questions: nDCG@10, recall@10, and the questions answered worst.

Three sets, never added up: the questions that the search was made with; forty that were held out until a first figure
was known, and have taught it since; and some that were written after that, of which only the mean is ever printed.

Run with `python -m benchmarks.search_quality`, on SQLite; `python -m tests.on_postgres .venv/bin/python -m
benchmarks.search_quality` on PostgreSQL. The questions are in `tests/library/judged.yaml` and in `held_out.yaml`
and `unseen.yaml` beside it.
"""

import os
import sys
import tempfile

from portal import schema
from portal.app import create_app
from portal.config import Config
from tests.library import judging

SETS = {"judged": "made with", "held_out": "learned from", "unseen": "unseen"}


def main() -> None:
    """Print the figures; with --all every question with what was found."""
    with tempfile.TemporaryDirectory() as folder:
        address = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
        if address == "sqlite":
            address = f"sqlite:///{folder}/search.db"
        else:
            from tests.postgres import fresh_database  # its wheel is only there where it is asked for

            address = fresh_database(address)
        app = create_app(Config(DATA=folder, DATABASE_URL=address), TESTING=True)
        with app.app_context():
            schema.upgrade()
            judging.fill()
            for name, said in SETS.items():
                report(said, list(judging.answered(name)), only_the_mean=name == "unseen")
            judging.db.session.rollback()
            judging.db.engine.dispose()


def report(said: str, answers: list[tuple[judging.Judged, list[str]]], only_the_mean: bool) -> None:
    """The mean figures, then the worst first."""
    gain = sum(one.gain(keys) for one, keys in answers) / len(answers)
    recall = sum(one.recall(keys) for one, keys in answers) / len(answers)
    print(f"\n{said:12} {len(answers)} questions   nDCG@10 {gain:.3f}   recall@10 {recall:.3f}")
    worst = sorted(answers, key=lambda answer: answer[0].gain(answer[1]))
    if only_the_mean:
        return
    for one, keys in worst if "--all" in sys.argv else worst[:12]:
        print(f"\n{one.gain(keys):.2f} {one.recall(keys):.2f}  {one.ask}")
        for key in keys:
            print(f"      {one.grades.get(key, '-')} {key}")
        print(f"      missed: {sorted(set(one.grades) - set(keys)) or 'nothing'}")


if __name__ == "__main__":
    main()
