import pytest

from portal.clients import catalogue
from portal.clients.models import Service, Use
from portal.db import db
from tests.clients import make_clients as make

FILE = {
    "key": "audit",
    "name": "Audit",
    "practice": "audit-support",
    "summary": "A second look.",
    "text": "When *it* is due.",
}
SENT = {"key": "tax-check", "name": "Tax check", "summary": "Two hours.", "source": "**Look** twice."}


def test_a_file_is_loaded_once_and_what_marketing_wrote_stays():
    assert catalogue.load(**FILE) == ["service audit: new"]
    row = db.session.query(Service).one()
    row.summary = "As marketing says it"
    assert catalogue.load(**FILE) == []
    assert row.summary == "As marketing says it"
    assert catalogue.load(**FILE | {"summary": "Changed"}) == ["service audit: changed"]
    assert row.summary == "Changed"


@pytest.mark.parametrize("who", ["marketer", "admin"])
def test_it_is_kept_in_the_portal(browser, request, tax, ben, who):
    browser.sign_in(request.getfixturevalue(who))
    sent = SENT | {"practice_id": tax.id, "owner": ben.name, "owner_id": ben.id}
    page = browser.submit("/clients/services/new", **sent).text
    assert "Two hours." in page
    assert "<strong>Look</strong>" in page
    row = db.session.query(Service).one()
    assert (row.owner_id, row.practice_key) == (ben.id, tax.key)
    browser.submit(f"/clients/services/{row.id}/edit", name="Tax look")
    assert "Tax look" in browser.get("/clients/services").text


def test_others_read_it(browser, ana, leader):
    row = make.service("Tax check", summary="Two hours.")
    for who in (ana, leader):
        browser.sign_in(who)
        assert "Two hours." in browser.get("/clients/services").text
        assert "Retire" not in browser.get(f"/clients/services/{row.id}").text
        assert browser.get("/clients/services/new").status_code == 404
        assert browser.get(f"/clients/services/{row.id}/edit").status_code == 404
        assert browser.post(f"/clients/services/{row.id}/retire").status_code == 404


def test_it_leaves_the_catalogue_and_comes_back(browser, marketer, ana):
    row = make.service("Tax check")
    make.client(ana)
    browser.sign_in(marketer).post(f"/clients/services/{row.id}/retire")
    assert "Tax check" not in browser.get("/clients/matrix").text
    assert "Tax check" in browser.get("/clients/services").text
    assert "Tax check" not in browser.sign_in(ana).get("/clients/services").text
    browser.sign_in(marketer).post(f"/clients/services/{row.id}/restore")
    assert "Tax check" in browser.get("/clients/matrix").text


def test_two_tabs_never_overwrite_silently(browser, marketer, tax):
    row = make.service("Tax check", tax.key, summary="Two hours.")
    sent = {"name": "A", "practice_id": tax.id, "summary": "B"}
    browser.sign_in(marketer).post(f"/clients/services/{row.id}/edit", **sent, version="1")
    page = browser.post(f"/clients/services/{row.id}/edit", **sent | {"name": "C"}, version="1")
    assert page.status_code == 422
    assert "changed in another tab" in page.text
    assert row.name == "A"


def test_it_explains_refusals(browser, marketer, tax):
    make.service("Tax check")
    known = db.session.query(Service).one().key
    browser.sign_in(marketer)
    page = browser.submit("/clients/services/new", **SENT | {"key": known}, practice_id=tax.id)
    assert "has this key already" in page.text
    assert browser.submit("/clients/services/new", **SENT | {"key": "No Key"}, practice_id=tax.id).status_code == 422
    assert browser.submit("/clients/services/new", **SENT, practice_id="0").status_code == 422


def test_the_keyboard_finds_services(browser, ana):
    make.service("Tax check", summary="Two hours.")
    assert browser.sign_in(ana).get("/clients/services/suggestions", q="tax").json[0]["name"] == "Tax check"


def test_a_service_says_how_clients_stand_and_leads_to_them(browser, ana):
    audit, other = make.service("Statutory audit"), make.service("Payroll")
    for name, use in (("Alder", Use.USES), ("Beech", Use.USES), ("Cedar", Use.OFFERED)):
        make.use(make.client(ana, name), audit, use, ana)
    make.use(make.client(ana, "Elm"), other, Use.USES, ana)
    page = browser.sign_in(ana).get(f"/clients/services/{audit.id}").text
    assert "Uses 2" in page
    assert "Offered 1" in page
    assert "Declined 0" in page
    found = browser.get("/clients", service=audit.id, use="uses").text
    assert [name in found for name in ("Alder", "Beech", "Cedar", "Elm")] == [True, True, False, False]
    assert "Where Statutory audit stands at “Uses”" in found
    assert "Cedar" in browser.get("/clients", service=audit.id, use="odd").text
    assert "Cedar" in browser.get("/clients/export.csv", service=audit.id, use="offered").text
