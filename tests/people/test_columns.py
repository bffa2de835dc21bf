"""Which column is which, whatever it is called."""

import pytest

from portal.errors import Refused
from portal.people.columns import MOST_ROWS, Row, understood


@pytest.mark.parametrize(
    "heading",
    [
        ["E-mail", "Name", "Practice"],
        ["EMAIL ADDRESS", "full name", "Department"],
        ["mail", "Employee", "practice_group"],
        ["User Principal Name", "Display name", "Business Unit"],
        ["\ufeffE-Mail", " Name ", "Team"],
    ],
)
def test_headings_are_recognised(heading):
    assert understood([heading, ["a@example.org", "Ana", "Tax"]]).rows == [Row(2, "a@example.org", "Ana", "Tax")]


def test_columns_come_in_any_order():
    sheet = understood(
        [
            ["Time zone", "Practice", "Role", "Name", "Job title", "E-mail"],
            ["UTC", "Tax", "coach", "Ana", "Partner", "a@b.example"],
        ]
    )
    assert sheet.rows == [Row(2, "a@b.example", "Ana", "Tax", "Partner", "coach", "UTC")]


def test_first_and_last_name_are_joined():
    sheet = understood([["Surname", "Given name", "E-mail", "Practice"], ["Ferreira", "Ana", "a@b.example", "Tax"]])
    assert sheet.rows[0].name == "Ana Ferreira"


def test_the_better_heading_wins_and_the_other_is_named():
    sheet = understood(
        [["Department", "Practice", "Name", "E-mail", "Shoe size"], ["X", "Tax", "Ana", "a@b.example", "9"]]
    )
    assert sheet.rows[0].practice == "Tax"
    assert sheet.unused == ["Department", "Shoe size"]


def test_rows_keep_the_numbers_of_the_sheet():
    sheet = understood([[], ["E-mail", "Name", "Practice"], ["", " "], ["a@b.example"], [], ["c@d.example", "C"]])
    assert [row.line for row in sheet.rows] == [4, 6]


def test_spaces_and_control_characters_are_tidied():
    sheet = understood([["E-mail", "Name", "Practice"], ["\u200ba@b.example\x07", " Ana\u00a0 \n Ferreira", "'=Tax"]])
    assert sheet.rows == [Row(2, "a@b.example", "Ana Ferreira", "=Tax")]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([], "empty"),
        ([["", " "]], "empty"),
        ([["E-mail", "Name", "Practice"]], "nobody below"),
        ([["E-mail", "Name"], ["a", "b"]], "no column for the practice"),
        ([["a;b;c"], ["1;2;3"]], "the e-mail address and the name and the practice"),
        ([["Surname", "E-mail", "Practice"], ["a", "b", "c"]], "no column for the name"),
        ([["E-mail", "Name", "Practice"], *[["a"]] * (MOST_ROWS + 1)], "20,001 rows"),
    ],
)
def test_what_will_not_do_is_explained(cells, reason):
    with pytest.raises(Refused, match=reason):
        understood(cells)
