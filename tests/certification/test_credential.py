"""What others are shown, and what their machines make of it; openbadgeslib shares no code with us."""

import io
import re

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import RSAKey
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from pypdf import PdfReader

from portal import mail
from portal.access import Role
from portal.accounts.viewer import of
from portal.audit.models import AuditEvent
from portal.certification import services
from portal.certification.models import CertificationState, Revocation
from portal.db import db
from tests import make
from tests.certification import make_certification
from tests.certification.make_certification import publish
from tests.make import NOON
from tests.releases import make_releases


@pytest.fixture
def pitch(firm):
    return publish()


@pytest.fixture
def row(ana, pitch):
    return make_certification.certified(ana, pitch)


@pytest.fixture
def verifier(browser):
    """An independent verifier that reads our public key from its address."""
    key = RSAKey.import_key(browser.get("/credentials/keys").json["keys"][0])
    return OB3Verifier(key.as_pem(private=False))


@pytest.fixture
def check(browser, verifier):
    def checked(token: str):
        def download(address: str) -> bytes:
            return browser.get(address.partition("127.0.0.1:8000")[2]).data

        return verifier.verify(token, check_status=True, download=download)

    return checked


def test_an_independent_verifier_accepts_it(browser, row, check):
    token = browser.get(f"/credentials/{row.uid}.jwt").text
    found = check(token)
    assert found.issuer.id == "http://127.0.0.1:8000/credentials/issuer"
    assert found.achievement.name == "The firm's pitch, version 1"
    assert found.issuance_date == NOON


def test_it_refuses_one_that_was_tampered_with(browser, row, check):
    head, body, signature = browser.get(f"/credentials/{row.uid}.jwt").text.split(".")
    with pytest.raises(OB3VerificationError):
        check(f"{head}.{body[:-4]}{'AAAA' if body[-4:] != 'AAAA' else 'BBBB'}.{signature}")


def test_it_refuses_one_that_was_taken_back(browser, row, ben, pitch, admin, check):
    other = make_certification.certified(ben, pitch)
    services.revoke(row, reason="A mistake.", by=of(admin), now=NOON)
    with pytest.raises(OB3VerificationError, match="revocation"):
        check(browser.get(f"/credentials/{row.uid}.jwt").text)
    assert check(browser.get(f"/credentials/{other.uid}.jwt").text)


def test_the_key_is_public_and_only_the_public_half(browser):
    found = browser.get("/credentials/key").json
    assert found["kty"] == "RSA"
    assert not {"d", "p", "q", "dp", "dq", "qi"} & set(found)
    assert RSAKey.import_key(found).raw_value.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_the_page_says_that_it_is_valid_and_no_more_than_needed(browser, row, ana):
    page = browser.get(f"/credentials/{row.uid}")
    assert page.status_code == 200
    assert "Valid" in page.text
    assert ana.name in page.text
    assert ana.email not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_stale_one_is_valid_for_its_version(browser, row, pitch):
    publish(pitch, claims=make_releases.reworded("one-answer", "You hear one answer."))
    assert "Valid for version 1" in browser.get(f"/credentials/{row.uid}").text


def test_the_page_says_that_it_was_taken_back(browser, row, admin):
    services.revoke(row, reason="Said to a journalist.", by=of(admin), now=NOON)
    page = browser.get(f"/credentials/{row.uid}").text
    assert "Taken back" in page
    assert "journalist" not in page


@pytest.mark.parametrize("address", ["/credentials/no-such-thing", "/credentials/no.jwt", "/credentials/no.json"])
def test_what_was_never_issued_is_not_there(browser, firm, address):
    assert browser.get(address).status_code == 404


def test_the_certificate_is_an_accessible_pdf(browser, row, ana):
    answer = browser.sign_in(ana).get(f"/certification/{row.uid}/certificate.pdf")
    assert answer.mimetype == "application/pdf"
    found = PdfReader(io.BytesIO(answer.data))
    text = " ".join(found.pages[0].extract_text().split())
    assert len(found.pages) == 1
    assert ana.name in text
    assert row.uid in re.sub(r"\s", "", text)
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_name_with_marks_in_it_is_only_a_name(browser, corporate_tax, pitch):
    person = make.person('#import "x" *Bo* $1$ [', corporate_tax, email="bo@example.org")
    row = make_certification.certified(person, pitch)
    answer = browser.sign_in(person).get(f"/certification/{row.uid}/certificate.pdf")
    assert "*Bo*" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 200), ("leader", 200), ("ben", 404), ("other_leader", 404), ("marketer", 404)]
)
def test_owners_and_their_leaders_have_the_certificate(browser, row, request, who, status):
    person = request.getfixturevalue(who)
    assert browser.sign_in(person).get(f"/certification/{row.uid}/certificate.pdf").status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("admin", 200), ("ana", 404), ("other_leader", 404), ("marketer", 404)]
)
def test_leaders_and_admins_take_back(browser, row, request, who, status):
    person = request.getfixturevalue(who)
    assert browser.sign_in(person).get(f"/certification/{row.uid}/revoke").status_code == status


def test_only_who_may_take_it_back_is_shown_how(browser, row, leader, ben):
    assert "Take it back" in browser.sign_in(leader).get(f"/credentials/{row.uid}").text
    assert "Take it back" not in browser.sign_in(ben).get(f"/credentials/{row.uid}").text


def test_taking_back_is_noted_and_told(app, browser, row, leader, ana):
    browser.sign_in(leader)
    assert browser.post(f"/certification/{row.uid}/revoke", reason=" ").status_code == 422
    assert browser.post(f"/certification/{row.uid}/revoke", reason="Passed by mistake.").status_code == 303
    assert db.session.query(Revocation).one().reason == "Passed by mistake."
    assert db.session.query(CertificationState).count() == 0
    assert db.session.query(AuditEvent).filter_by(action="certification revoked").one().subject == ana.email
    told = [each for each in mail.letters(app.extensions["portal_config"]) if "Passed by mistake." in each.text]
    assert [each.to for each in told] == [ana.email]
    again = browser.post(f"/certification/{row.uid}/revoke", reason="Twice.")
    assert again.status_code == 422
    assert "taken back already" in again.text


def test_nobody_takes_back_their_own(browser, tax, pitch):
    leader = make.person("Lena Berg", tax, (Role.LEADER, tax), email="own@example.org")
    row = make_certification.certified(leader, pitch)
    assert browser.sign_in(leader).post(f"/certification/{row.uid}/revoke", reason="So.").status_code == 422
