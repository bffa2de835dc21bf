from datetime import timedelta

from portal.clients.models import Use
from tests.clients import make_clients as make
from tests.make import NOON


def test_ones_own_come_first(browser, ana, ben):
    make.client(ana, "Alder Foods", steward=ben)
    make.client(ana, "Zephyr Freight", steward=ana)
    page = browser.sign_in(ana).get("/clients").text
    assert page.index("Zephyr Freight") < page.index("Alder Foods")


def test_it_is_narrowed(browser, ana, ben, charlie, law):
    mine = make.client(ana, "Zephyr Freight", steward=ana, industry="Logistics")
    make.client(charlie, "Alder Foods", law, steward=ben, industry="Food")
    browser.sign_in(ana)
    for query in ({"words": "zeph"}, {"steward": "mine"}, {"industry": "Logistics"}, {"practice": mine.practice_id}):
        page = browser.get("/clients", **query).text
        assert "Zephyr Freight" in page, query
        assert "Alder Foods" not in page, query


def test_a_practice_holds_those_below_it(browser, ana, tax, firm, law):
    make.client(ana, "Zephyr Freight")
    browser.sign_in(ana)
    assert "Zephyr Freight" in browser.get("/clients", practice=tax.id).text
    assert "Zephyr Freight" in browser.get("/clients", practice=firm.id).text
    assert "Zephyr Freight" not in browser.get("/clients", practice=law.id).text


def test_it_finds_who_could_use_a_service(browser, ana):
    audit = make.service("Statutory audit")
    for name, use in (("Alder", Use.USES), ("Beech", None), ("Cedar", Use.COULD_USE), ("Elm", Use.DECLINED)):
        make.use(make.client(ana, name), audit, use, ana)
    page = browser.sign_in(ana).get("/clients", without=audit.id).text
    assert [name in page for name in ("Alder", "Beech", "Cedar", "Elm")] == [False, True, True, False]


def test_flagged_clients_show_it(browser, ana):
    larch = make.client(ana, "Larch", steward=ana)
    make.client(ana, "Beech")
    browser.sign_in(ana).post(
        f"/clients/{larch.id}/flags", kind="independence", reason="We audit", from_on="2026-03-01"
    )
    page = browser.get("/clients", flagged=1).text
    assert "Larch" in page
    assert "Independence" in page
    assert "Beech" not in page
    assert "Independence" in browser.get("/clients/suggestions", q="larch").json[0]["detail"]


def test_it_says_when_there_is_none(browser, ana):
    browser.sign_in(ana)
    assert "No clients yet" in browser.get("/clients").text
    assert "No client fits" in browser.get("/clients", words="nowhere").text
    assert (
        "No clients yet" in browser.get("/clients/matrix").text or "No services" in browser.get("/clients/matrix").text
    )


def test_what_is_taken_elsewhere_fits_the_filters(browser, ana, ben):
    make.client(ana, "=Alder", steward=ana)
    make.client(ana, "Beech", steward=ben)
    answer = browser.sign_in(ana).get("/clients/export.csv", steward="mine")
    assert "'=Alder" in answer.text
    assert "Beech" not in answer.text
    assert browser.get("/clients/export.xlsx").data[:2] == b"PK"


def test_merged_clients_are_nowhere(browser, ana):
    kept, gone = make.client(ana, "Larch"), make.client(ana, "Larch Two")
    gone.merged_into_id = kept.id
    browser.sign_in(ana)
    for address in ("/clients", "/clients/matrix", "/clients/export.csv", "/clients/suggestions?q=larch"):
        assert "Larch Two" not in browser.get(address).text
    assert browser.get(f"/clients/{gone.id}/facts").status_code == 404


def test_the_list_and_the_matrix_keep_their_budget(browser, ana, ben, budget):
    services = [make.service() for _ in range(8)]
    for number in range(30):
        client = make.client(ana, f"Client number {number}", steward=ben if number % 2 else ana)
        make.use(client, services[number % 8], Use.USES, ana, now=NOON - timedelta(days=number))
    browser.sign_in(ana)
    with budget(8):
        browser.get("/clients")
    with budget(9):
        browser.get("/clients/matrix")


def test_the_matrix_shows_marks_with_words_for_everybody(browser, ana):
    audit = make.service("Statutory audit")
    make.use(make.client(ana, "Larch", steward=ana), audit, Use.NOT_A_FIT, ana)
    page = browser.sign_in(ana).get("/clients/matrix").text
    assert "Statutory audit: Not a fit" in page
    assert "No fit" in page


def test_the_matrix_is_narrowed_by_services_and_exported(browser, ana, tax, corporate_tax, law):
    make.use(make.client(ana, "Larch"), make.service("Filings", corporate_tax.key), Use.USES, ana)
    make.service("Disputes", law.key)
    browser.sign_in(ana)
    assert "Disputes" not in browser.get("/clients/matrix", group=tax.id).text
    assert "Larch,Manufacturing,,Uses" in browser.get("/clients/matrix.csv", group=tax.id).text
    assert browser.get("/clients/matrix.xlsx").data[:2] == b"PK"


def test_strangers_sign_in_first(browser):
    assert browser.get("/clients").status_code == 302
