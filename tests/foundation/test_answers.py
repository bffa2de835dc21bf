"""What every answer carries, and what happens to odd requests."""

import gzip

import pytest

HARMFUL = [
    "/modules?page=%00",
    "/library?q=%00",
    "/pipeline/%D9%A3",
    "/modules/1_000",
    "/people?page=1e9",
    "/library?page=99999999999999999999",
]


def test_text_is_compressed_for_those_who_take_it(browser, ana):
    browser.sign_in(ana)
    plain = browser.get("/settings")
    browser.forget_who()
    small = browser.client.get("/settings", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain.data) / 2
    assert b"Settings" in gzip.decompress(small.data)


def test_every_page_carries_a_strict_policy(browser):
    policy = browser.get("/sign-in").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_personal_pages_are_not_kept_by_browsers(browser, ana):
    assert browser.sign_in(ana).get("/settings").headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_good_under_their_fingerprint(app, browser):
    with app.app_context():
        address = app.jinja_env.globals["static"]("css/theme.css")
    with browser.client.get(address) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", HARMFUL)
def test_odd_addresses_never_break_anything(browser, ana, address):
    browser.sign_in(ana)
    browser.forget_who()
    assert browser.client.get(address).status_code < 500


def test_a_form_that_is_too_large_is_refused_with_a_page(app, browser):
    answer = browser.client.post("/sign-in", data={"email": "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)})
    assert answer.status_code == 413
    assert "larger than we can take" in answer.text


def test_a_program_gets_its_refusal_as_json(browser):
    answer = browser.client.get("/nowhere", headers={"Accept": "application/json"})
    assert answer.json == {"error": "We can't find that page"}


@pytest.mark.parametrize("body", [[1, 2], "text", 7, None, {"email": 7, "password": {"a": 1}}])
def test_json_in_place_of_a_form_is_refused_and_breaks_nothing(browser, ana, body):
    answer = browser.post("/reset-password", _json={} if body is None else body)
    assert answer.status_code == 422


def test_the_probes_answer(browser):
    assert browser.get("/healthz").json == {"status": "ok"}
    assert browser.get("/readyz").json == {"status": "ready"}


def test_a_strange_host_is_refused_when_hosts_are_named(app, browser):
    app.config["TRUSTED_HOSTS"] = ["portal.example.com"]
    try:
        assert browser.client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400
        assert browser.client.get("/healthz", headers={"Host": "portal.example.com"}).status_code == 200
    finally:
        app.config["TRUSTED_HOSTS"] = None


def test_a_fault_of_ours_is_told_kindly_and_offers_a_way_on(app):
    with app.test_request_context("/modules"):
        answer = app.make_response(app.handle_exception(RuntimeError("broken")))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "Something broke on our side" in page
    assert 'href="/"' in page
    assert "RuntimeError" not in page
