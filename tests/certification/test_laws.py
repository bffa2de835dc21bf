"""Laws, for whatever is published, withdrawn, passed and taken back."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.viewer import of
from portal.certification import as_of, counting, queries, services, staleness, versions
from portal.certification.models import Certification, CertificationState, Revocation
from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.errors import Refused
from portal.message import queries as message
from portal.message.inheritance import Wording
from portal.message.models import Pitch
from portal.releases import services as releases
from tests import make
from tests.certification import make_certification
from tests.releases import make_releases

TEXTS = ("We keep owners calm.", "One table for tax and law.", "We answer the same day.")
DEED = st.one_of(
    st.tuples(st.just("publish"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("withdraw"), st.integers(1, 6), st.just(0)),
    st.tuples(st.just("certify"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("revoke"), st.integers(0, 5), st.just(0)),
)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def people(firm, corporate_tax, law):
    return [make.person(practice=place) for place in (firm, corporate_tax, law, law)]


def claims_of(one: int, two: int) -> list[dict]:
    said = make_releases.reworded("opener", TEXTS[one])
    return make_releases.reworded("one-answer", TEXTS[two], said)


class Story:
    """A firm to which things happen, one a day."""

    def __init__(self, people, marketer):
        self.people, self.by, self.day = people, of(marketer), 0
        self.pitch = make_certification.publish(claims=claims_of(0, 1), now=self.now, by=self.by, is_kept=False)

    @property
    def now(self):
        return make_certification.later(self.day)

    def happens(self, deed):
        self.day += 1
        what, one, two = deed
        with contextlib.suppress(Refused), db.session.begin_nested():
            getattr(self, what)(one, two)

    def publish(self, one, two):
        before = {row.person_id for row in self.states() if row.stale_at is None}
        said = [Wording(each["key"], each["kind"], each["text"], each["answer"]) for each in claims_of(one, two)]
        promised = queries.count_going_stale(self.pitch.id, staleness.words(said), versions.of(self.pitch.id))
        self.pitch = make_certification.publish(
            self.pitch, claims=claims_of(one, two), now=self.now, by=self.by, is_kept=False
        )
        assert promised == len(before & make_certification.stale(self.pitch))

    def withdraw(self, number, _):
        if number > self.pitch.latest:
            return
        releases.withdraw(self.pitch, number=number, reason="Wrong.", by=self.by, now=self.now)
        services.pitch_changed(self.pitch.id, self.now)

    def certify(self, who, _):
        if self.pitch.number and self.people[who].id not in {r.person_id for r in self.states() if not r.stale_at}:
            make_certification.certified(self.people[who], self.pitch, now=self.now)

    def revoke(self, which, _):
        issued = db.session.query(Certification).order_by(Certification.id).all()
        if which < len(issued):
            services.revoke(issued[which], reason="A mistake.", by=self.by, now=self.now)

    def states(self):
        return db.session.query(CertificationState).filter_by(pitch_id=self.pitch.id).populate_existing().all()

    def walked(self) -> tuple[set[int], set[int]]:
        """By looking at each: who holds what is said now, and who holds something else only."""
        gone = {row.certification_id for row in db.session.query(Revocation)}
        held: dict[int, set[int]] = {}
        for row in db.session.query(Certification):
            if row.id not in gone:
                held.setdefault(row.person_id, set()).add(row.number)
        said = self.words(self.pitch.number)
        current = {who for who, numbers in held.items() if said and any(self.words(n) == said for n in numbers)}
        return current, set(held) - current

    def words(self, number):
        found = message.claims_of(self.pitch.id, number) if number else []
        return sorted((claim.key, claim.kind.value, claim.text, claim.answer) for claim in found)


def row(state):
    return {name: getattr(state, name) for name in CertificationState.__table__.columns.keys()}  # noqa: SIM118


def told(deeds, people, marketer, after=lambda story: None):
    with db.session.begin_nested() as savepoint:
        story = Story(people, marketer)
        for deed in deeds:
            story.happens(deed)
            after(story)
        savepoint.rollback()
    db.session.expire_all()


def the_sets_agree(story):
    current, stale = story.walked()
    assert {row.person_id for row in story.states() if row.stale_at is None} == current
    assert make_certification.stale(story.pitch) == stale


def the_curve_ends_at_the_level(story):
    current, _ = story.walked()
    level = sum(row.n for row in db.session.query(Standing).filter_by(measure="certified").populate_existing())
    assert level == len(current)
    if story.pitch.number:
        key = counting.version_key(story.pitch.id, story.pitch.number)
        flow = db.session.query(DailyCount).filter_by(measure="certified", discipline=key).populate_existing()
        assert sum(row.n for row in flow) == level


def rebuilding_changes_nothing(story):
    before = sorted(map(str, map(row, story.states())))
    services.rebuild()
    assert sorted(map(str, map(row, story.states()))) == before


@FEW
@given(deeds=st.lists(DEED, max_size=12))
def test_the_stale_are_those_that_a_walk_finds(people, marketer, deeds):
    told(deeds, people, marketer, the_sets_agree)


@FEW
@given(deeds=st.lists(DEED, max_size=12))
def test_the_curve_ends_where_the_level_is(people, marketer, deeds):
    told(deeds, people, marketer, the_curve_ends_at_the_level)


@FEW
@given(deeds=st.lists(DEED, max_size=12))
def test_the_state_can_be_rebuilt(people, marketer, deeds):
    told(deeds, people, marketer, rebuilding_changes_nothing)


@FEW
@given(deeds=st.lists(DEED, max_size=12))
def test_what_was_true_on_a_day_stays_true(people, marketer, executive, deeds):
    answers = {}

    def ask(story):
        noon_after = story.now + timedelta(hours=1)
        answers[noon_after] = as_of.at(of(executive), noon_after)
        for moment, answer in answers.items():
            assert as_of.at(of(executive), moment) == answer

    told(deeds, people, marketer, ask)


def test_a_pitch_that_says_nothing_makes_all_stale(ana, people, marketer):
    pitch = make_certification.publish(by=of(marketer))
    make_certification.certified(ana, pitch)
    assert queries.count_going_stale(pitch.id, staleness.words([]), versions.of(pitch.id)) == 1
    assert db.session.get_one(Pitch, pitch.id).number == 1
