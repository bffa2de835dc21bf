"""How the lines of a pitch fare, for those who publish."""

from portal.drills import field_events
from portal.drills.models import Asked, Went
from tests.make import NOON
from tests.releases.make_releases import pitch


def report(by, number, went):
    field_events.report(
        claim_key="opener", asked=next(iter(Asked)), went=Went(went), key=f"report-{number}", by=by, now=NOON
    )


def test_it_counts_reports_and_tells_no_share_of_few(browser, marketer, ana, viewer):
    pitch()
    for number in range(2):
        report(viewer(ana), number, "landed")
    page = browser.sign_in(marketer).get("/studio/pitches/firm/lines").text
    assert "too few to say" in page
    assert "Ana" not in page


def test_it_tells_a_share_of_five(browser, marketer, ana, viewer):
    pitch()
    for number, went in enumerate(("landed", "landed", "landed", "so-so", "fumbled")):
        report(viewer(ana), number, went)
    page = browser.sign_in(marketer).get("/studio/pitches/firm/lines").text
    assert 'data-label="Of a hundred, landed">60</td>' in page


def test_it_is_for_those_who_publish(browser, ana):
    pitch()
    assert browser.sign_in(ana).get("/studio/pitches/firm/lines").status_code == 403
