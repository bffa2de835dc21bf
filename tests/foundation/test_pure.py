"""Ground-floor rules: settings, days, money, text, sheets."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import clock, markup, money, sheets
from portal.config import BadSetting, Config

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 3), "yesterday"),
        (TODAY, "today"),
        (date(2026, 3, 5), "tomorrow"),
        (date(2026, 3, 9), "Monday"),
        (date(2026, 4, 9), "9 April"),
        (date(2025, 4, 9), "9 April 2025"),
    ],
)
def test_days_in_words(day, said):
    assert clock.said_day(day, TODAY) == said


def test_a_moment_is_shown_where_the_person_is():
    assert clock.said_moment(datetime(2026, 3, 4, 23, 30, tzinfo=UTC), "Europe/Berlin") == "5 March 2026, 00:30"


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("", None),
        ("12,500", 1_250_000),
        ("€ 12500.5", 1_250_050),
        ("12k", 1_200_000),
        ("1.50m", 150_000_000),
        ("EUR 3", 300),
    ],
)
def test_amounts_as_people_type_them(typed, minor):
    assert money.minor_units(typed) == minor


@pytest.mark.parametrize("typed", ["twelve", "-5", "1,00", "1_000", "٣", "9" * 30, "1.234"])
def test_amounts_that_make_no_sense_are_refused(typed):
    with pytest.raises(ValueError):
        money.minor_units(typed)


@given(st.integers(min_value=0, max_value=money.LARGEST // 100))
def test_an_amount_survives_being_shown_and_typed_again(whole):
    assert money.minor_units(money.said_amount(whole * 100, "EUR")) == whole * 100


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"PORTAL_SECRET_KEY": "short"}, "too short"),
        ({"PORTAL_TIME_ZONE": "Mars/Base"}, "time zone"),
        ({"PORTAL_PROXIES": "one"}, "whole number"),
        ({"PORTAL_DEMO": "perhaps"}, "yes or no"),
        ({"PORTAL_CURRENCY": "euro"}, "three capitals"),
        ({"PORTAL_DATABASE_URL": "postgres://portal:secret@db/portal"}, "must begin with postgresql://"),
        ({"PORTAL_BASE_URL": "portal.example.com"}, "must begin with http:// or https://"),
        ({"PORTAL_SMTP_URL": "mail.example.com:587"}, "must begin with smtp://"),
    ],
)
def test_it_refuses_to_start_with_a_bad_setting(settings, problem):
    with pytest.raises(BadSetting, match=problem):
        Config.from_env(settings)


def test_settings_are_converted():
    config = Config.from_env({"PORTAL_DEMO": "yes", "PORTAL_PROXIES": "1", "PORTAL_DATA": "/tmp"})
    assert (config.DEMO, config.PROXIES) == (True, 1)


def test_the_address_has_no_slash_at_its_end_whoever_writes_one():
    assert Config.from_env({"PORTAL_BASE_URL": "https://portal.example.com/"}).BASE_URL == "https://portal.example.com"


def test_a_bad_address_is_not_repeated_because_it_may_hold_a_password():
    with pytest.raises(BadSetting) as refusal:
        Config.from_env({"PORTAL_DATABASE_URL": "mysql://portal:secret@db/portal"})
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        '<p style="color:red">x</p>',
        "<iframe src=//x>",
    ],
)
def test_markdown_comes_out_harmless(harm):
    html = markup.rendered(harm)
    assert not any(bad in html for bad in ("<script", 'href="javascript', "onerror=", "style=", "<iframe"))


def test_what_people_type_is_never_markup():
    assert markup.typed("a <b>\n\nc") == "<p>a &lt;b&gt;</p><p>c</p>"


@given(st.text(min_size=1))
def test_no_cell_of_a_csv_can_run(text):
    assert not str(sheets.harmless(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    "body",
    [
        "name;email\nZoë;z@x.org".encode("cp1252"),
        "\ufeffname;email\nZoë;z@x.org".encode(),
        "name;email\nZoë;z@x.org".encode("utf-16"),
    ],
)
def test_sheets_are_read_in_whatever_encoding_excel_saved(body):
    assert sheets.read(body, "people.csv") == [["name", "email"], ["Zoë", "z@x.org"]]


def test_a_workbook_is_read_back_as_it_was_written():
    body = sheets.xlsx_bytes("People", ["name", "sum"], [["=1+1", 3], ["Zoë", 4.5]])
    assert sheets.read(body, "people.xlsx") == [["name", "sum"], ["=1+1", "3"], ["Zoë", "4.5"]]
