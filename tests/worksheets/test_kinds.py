"""The kinds of fields: how answers are kept, refused and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.worksheets import computed, definition, kinds
from portal.worksheets.kinds import Field

SCALE = Field("fit", "Fit", "scale", least=1, most=5)
NUMBER = Field("hours", "Hours", "number")
CONTACT = Field("who", "Who", "contact")
CLAIM = Field("claim", "Claim", "claim")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1,200.50", "1200.5"),
        ("1 200,50", "1200.5"),
        ("1'200", "1200"),
        ("1,200", "1200"),
        ("1,5", "1.5"),
        ("−007.00", "-7"),
        ("-0.0", "0"),
        ("+3", "3"),
        ("about ten", "about ten"),
        ("1.2.3", "1.2.3"),
        ("1e9", "1e9"),
    ],
)
def test_numbers_as_people_type_them(typed, kept):
    assert definition.clean("number", typed) == kept


def test_what_is_no_number_is_explained():
    assert kinds.misfit(NUMBER, "1200.5") == ""
    assert "Give a number" in kinds.misfit(NUMBER, "about ten")
    assert "Give a number" in kinds.misfit(NUMBER, "9" * 30)


def test_a_scale_has_its_steps():
    assert kinds.misfit(SCALE, "5") == ""
    for text in ("0", "6", "3.0", "three", "03"):
        assert kinds.misfit(SCALE, text) == "Choose a number from 1 to 5."


@pytest.mark.parametrize(
    ("field", "text", "id", "words"),
    [
        (CONTACT, "12|Dana Ruiz", "12", "Dana Ruiz"),
        (CONTACT, "Dana Ruiz", "", "Dana Ruiz"),
        (CONTACT, "0|Dana", "", "0|Dana"),
        (CLAIM, "firm/opener|We calm banks", "firm/opener", "We calm banks"),
        (Field("i", "I", "item"), "a-case|A case", "a-case", "A case"),
        (NUMBER, "12000", "", "12,000"),
        (SCALE, "4", "", "4 of 5"),
        (Field("l", "L", "line"), "12|Dana", "", "12|Dana"),
    ],
)
def test_what_is_chosen_and_how_it_reads(field, text, id, words):
    assert (definition.chosen(field, text), definition.said(field, text)) == (id, words)


def test_a_record_stays_chosen_only_while_its_words_do():
    assert kinds.as_chosen(CONTACT, "Dana Ruiz", "12|Dana Ruiz") == "12|Dana Ruiz"
    assert kinds.as_chosen(CONTACT, "Dana Ruiz", "12") == "12|Dana Ruiz"
    assert kinds.as_chosen(CONTACT, "Dana's sister", "12|Dana Ruiz") == "Dana's sister"
    assert kinds.as_chosen(CONTACT, "", "12|Dana Ruiz") == ""
    assert kinds.as_chosen(CONTACT, "13|Ivo", "") == "13/Ivo"


@given(st.sampled_from([kind for kind in kinds.KINDS if kind != "table"]), st.text() | st.text("0123456789.,- |a/"))
def test_what_is_kept_stays_as_it_is(kind, typed):
    kept = kinds.clean(kind, typed)
    assert kinds.clean(kind, kept) == kept


@given(st.text("0123456789.,- '", max_size=20))
def test_a_kept_number_can_be_reckoned_with(typed):
    kept = kinds.clean("number", typed)
    if kept and not kinds.misfit(NUMBER, kept):
        assert float(kept) == pytest.approx(float(kinds.said(NUMBER, kept).replace(",", "")))


SECTIONS = definition.read(
    [
        {
            "key": "s",
            "title": "S",
            "fields": [
                {
                    "key": "acts",
                    "label": "Acts",
                    "kind": "table",
                    "rank_by": "score",
                    "start": [{"name": "A talk", "reach": "3"}],
                    "columns": [
                        {"key": "name", "label": "Name", "kind": "line"},
                        {"key": "reach", "label": "Reach", "kind": "scale", "from": 1, "to": 5},
                        {"key": "hours", "label": "Hours", "kind": "number"},
                        {"key": "score", "label": "Score", "kind": "computed", "formula": "reach / hours"},
                    ],
                },
                {"key": "best", "label": "Best", "kind": "computed", "formula": "highest(acts.score)"},
            ],
        }
    ]
)
ANSWERS = {"acts/r1/reach": "4", "acts/r1/hours": "8", "acts/r2/reach": "3", "acts/r2/hours": "2", "acts/r3/name": "x"}


def test_rows_and_tables_are_worked_out():
    assert computed.worked_out(SECTIONS, ANSWERS) == {"acts/r1/score": "0.5", "acts/r2/score": "1.5", "best": "1.5"}


def test_rows_rank_by_what_was_worked_out():
    table = definition.fields(SECTIONS)["acts"]
    results = computed.worked_out(SECTIONS, ANSWERS)
    assert computed.ranked(table, ANSWERS, results) == [("r2", "1.5"), ("r1", "0.5")]


def test_what_is_computed_is_no_answer():
    assert definition.at(SECTIONS, "best") is None
    assert definition.at(SECTIONS, "acts/r1/score") is None
    assert "best" not in definition.missing(SECTIONS, {})


def test_rows_that_stood_there_are_no_answer_yet():
    begun = definition.flat(definition.started(SECTIONS))
    assert begun == {"acts/s1/name": "A talk", "acts/s1/reach": "3"}
    assert "acts" in definition.missing(SECTIONS, begun)
    assert "acts" not in definition.missing(SECTIONS, begun | {"acts/s1/hours": "2"})
