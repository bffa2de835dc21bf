"""How quickly the library answers at 10,000 items: whole searches over 200 questions, on either engine.

Run with `python -m benchmarks.search`; behind `python -m tests.on_postgres .venv/bin/python` it runs on PostgreSQL. A
question is measured as the page asks it: found, narrowed, counted, and the first
twenty shown with their passages. Then an item is published, and the question after it is measured too.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

from portal import clock, markup, schema
from portal.app import create_app
from portal.attachments.models import StoredFile, TextState
from portal.config import Config
from portal.db import db
from portal.library import results, search, search_index, shelf
from portal.library.kinds import Kind
from portal.library.models import Item, ItemFile, ItemState, ItemTag

SOURCES = sorted((Path(__file__).parent.parent / "content").rglob("*.md"))
TAGS = {
    "industry": [
        "retail",
        "manufacturing",
        "software",
        "logistics",
        "health-care",
        "energy",
        "construction",
        "food",
        "culture",
        "banking",
    ],
    "practice": [
        "tax-advisory",
        "indirect-tax",
        "audit",
        "law",
        "deals",
        "private-clients",
        "restructuring",
        "employment-law",
    ],
    "service": [f"service-{number}" for number in range(60)],
    "discipline": ["network", "referrals", "cross-selling", "top-of-mind", "personal-brand", "intrinsic-selling"],
    "stage": ["planned", "asked", "introduced", "in-conversation", "proposal", "won"],
    "audience": ["finance", "chief-executive", "board", "legal"],
}
COMMON = [
    "tax",
    "client",
    "company",
    "meeting",
    "bank",
    "price",
    "law",
    "owner",
    "invoice",
    "audit",
    "buyer",
    "contract",
]


class Words:
    """Believable text: sentences of the content, and made-up rare words, as in any real library."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        text = " ".join(search_index.plain(path.read_text().split("---", 2)[-1]) for path in SOURCES)
        self.sentences = [one.strip() for one in text.split(". ") if 20 < len(one) < 300]
        self.known = sorted({word for one in self.sentences for word in one.lower().split() if word.isalpha()})
        syllables = [
            "ba",
            "ne",
            "ro",
            "li",
            "tu",
            "ska",
            "ver",
            "mon",
            "dal",
            "fin",
            "gre",
            "hol",
            "ka",
            "sti",
            "ur",
            "pel",
            "ven",
        ]
        self.rare = ["".join(rng.choices(syllables, k=rng.randint(3, 5))) for _ in range(30_000)]

    def some(self, sentences: int, rare: int) -> str:
        """So many sentences with so many rare words among them."""
        said = self.rng.choices(self.sentences, k=sentences)
        return ". ".join(said + [f"See {word}" for word in self.rng.choices(self.rare, k=rare)]) + "."

    def question(self, number: int) -> tuple[str, dict[str, str]]:
        """One of the kinds in turn: common words, rarer ones, typos, beginnings, sentences, filters."""
        rng = self.rng
        word, other = rng.choice(self.known), rng.choice(COMMON)
        chosen = {facet: rng.choice(values) for facet, values in rng.sample(sorted(TAGS.items()), k=number % 3)}
        asked = [
            other,
            f"{rng.choice(COMMON)} {rng.choice(COMMON)}",
            f"{word} {other}",
            _misspelt(word, rng),
            word[: max(2, len(word) - 2)],
            other[:2],
            rng.choice(self.rare),
            " ".join(rng.choice(self.sentences).split()[:8]),
            "",
            f"{_misspelt(rng.choice(self.known), rng)} {rng.choice(self.known)} {other[:3]}",
        ]
        return asked[number % len(asked)], chosen


def _misspelt(word: str, rng: random.Random) -> str:
    place = rng.randrange(max(len(word) - 1, 1))
    return (
        word[:place] + word[place + 1 :] if rng.random() < 0.5 else word[:place] + rng.choice("aeinrst") + word[place:]
    )


def fill(number: int, words: Words) -> None:
    """Items as they would stand in the tables, a tenth of them with a file."""
    now, rng = clock.now(), words.rng
    for start in range(0, number, 1000):
        for place in range(start, min(start + 1000, number)):
            source = words.some(rng.randint(10, 30), 10)
            item = Item(
                key=f"item-{place}", kind=rng.choice(list(Kind)), state=ItemState.PUBLISHED, source="",
                title=f"{words.rng.choice(words.sentences)[:60]} {words.rng.choice(words.rare)}",
                summary=words.some(2, 0)[:240], html=f"<p>{source}</p>", renderer=markup.RENDERER,
                published_at=now - timedelta(minutes=number - place), revised_at=now, revision=1, published_revision=1,
            )  # fmt: skip
            item.tags = [ItemTag(facet=facet, value=rng.choice(values)) for facet, values in TAGS.items()]
            db.session.add(item)
            if place % 10 == 0:
                file = StoredFile(
                    sha256=f"{place:064}", content_type="text/plain", size=1, added_at=now,
                    text=words.some(120, 40), text_state=TextState.DONE,
                )  # fmt: skip
                db.session.add(file)
                db.session.flush()
                db.session.add(ItemFile(item_id=item.id, file_id=file.id, name="notes.txt", added_at=now))
        db.session.commit()
        db.session.expunge_all()


def ask(question: str, chosen: dict[str, str]) -> None:
    """What the page does, without the page."""
    found = search.find(question, chosen)
    results.results(found.ids[:20], found, clock.now().date())


def took(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


@contextmanager
def library(address: str) -> Iterator[None]:
    """A portal over an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        if address == "sqlite":
            address = f"sqlite:///{folder}/search.db"
        else:
            from tests.postgres import fresh_database  # its wheel is only there where it is asked for

            address = fresh_database(address)
        app = create_app(Config(DATA=folder, DATABASE_URL=address), TESTING=True)
        with app.app_context():
            schema.upgrade()
            yield
            db.session.rollback()
            db.engine.dispose()


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--items", type=int, default=10_000)
    asked.add_argument("--slowest", type=int, default=5)
    given = asked.parse_args()
    words = Words(random.Random(2026))
    with library(os.environ.get("PORTAL_TEST_DATABASE", "sqlite")):
        seconds = took(lambda: fill(given.items, words)) / 1000
        print(f"{db.engine.dialect.name}: {given.items:,} items made in {seconds:.0f} s", flush=True)
        print(f"index made anew in {took(search_index.rebuild) / 1000:.1f} s")
        db.session.commit()
        shelf._kept.clear()
        print(f"library read by a process that knows nothing: {took(shelf.shelf):.0f} ms")
        _measure(words, given.slowest)
        _publish(words)


def _measure(words: Words, slowest: int) -> None:
    questions = [words.question(number) for number in range(200)]
    for question in questions[:20]:
        ask(*question)
    begun = time.process_time()
    figures = sorted((took(lambda question=question: ask(*question)), question) for question in questions)
    work = (time.process_time() - begun) * 1000 / len(questions)
    times = [figure for figure, _question in figures]
    half, most = quantiles(times, n=100)[49], quantiles(times, n=100)[94]
    print(f"200 questions: p50 {half:.1f} ms   p95 {most:.1f} ms   slowest {times[-1]:.1f} ms")
    print(f"the process worked {work:.1f} ms for each")
    for figure, (question, chosen) in figures[-slowest:]:
        print(f"  {figure:6.1f} ms  {question!r} {chosen or ''}")


def _publish(words: Words) -> None:
    put, after = [], []
    for item_id in range(1, 21):
        put.append(took(lambda item_id=item_id: search_index.put(item_id)))
        db.session.commit()
        after.append(took(lambda: ask("tax meeting", {})))
    print(f"publishing: p50 {sorted(put)[10]:.1f} ms   the first question after it: p50 {sorted(after)[10]:.1f} ms")


if __name__ == "__main__":
    main()
