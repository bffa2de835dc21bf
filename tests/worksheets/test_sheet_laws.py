"""The law of workbooks: what nobody touched comes back the same, and what was written elsewhere arrives."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from portal import workbooks
from portal.worksheets import definition, sheet_in, sheet_out
from portal.worksheets.definition import NAME

ALL_KINDS = [
    {"key": "line", "label": "Line", "kind": "line"},
    {"key": "text", "label": "Text", "kind": "text"},
    {"key": "choice", "label": "Choice", "kind": "choice", "options": ["A call", "=1+1", "007", "7", "TRUE"]},
    {"key": "date", "label": "Date", "kind": "date"},
    {"key": "number", "label": "Number", "kind": "number"},
    {"key": "scale", "label": "Scale", "kind": "scale", "from": 0, "to": 10, "low": "cold", "high": "warm"},
    *({"key": kind, "label": kind.title(), "kind": kind} for kind in definition.PICKERS),
    {"key": "twice", "label": "Twice", "kind": "computed", "formula": "number * 2"},
]
SECTIONS = definition.read(
    [
        {"key": "one", "title": "One", "fields": ALL_KINDS},
        {
            "key": "two",
            "title": "Two",
            "fields": [
                {"key": "rows", "label": "Rows: [a/b]", "kind": "table", "columns": ALL_KINDS},
                {"key": "rows-2", "label": "Rows: [a/b]", "kind": "table", "columns": ALL_KINDS[:2]},
            ],
        },
    ]
)
_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
_ids = st.integers(1, 999_999_999).map(str)
_keys = st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,5})?\Z")
_name = _words.map(lambda text: text.replace("|", "/"))
_picked = st.tuples(_ids | st.just(""), _name).map(lambda both: "|".join(both) if both[0] else both[1])
ANSWERS = {
    "line": _words,
    "text": _words,
    "choice": st.sampled_from(["A call", "=1+1", "007", "7", "TRUE"]),
    "date": st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(str),
    "number": st.from_regex(r"\A-?[0-9]{1,12}(\.[0-9]{1,6})?\Z"),
    "scale": st.integers(0, 10).map(str),
    **dict.fromkeys(("contact", "client", "service", "colleague"), _picked),
    "claim": st.tuples(_keys, _keys, _name).map(lambda all: f"{all[0]}/{all[1]}|{all[2]}"),
    "item": st.tuples(_keys, _name).map("|".join),
}


@st.composite
def answers(draw):
    """Answers to fields of every kind, in two tables too, as they are kept."""
    found = {NAME: definition.clean("line", draw(_words))}
    places = [kind for kind in ANSWERS if draw(st.booleans())]
    for row in draw(st.lists(st.from_regex(r"\A[a-z0-9]{1,8}\Z"), max_size=3, unique=True)):
        places += [f"rows/{row}/{kind}" for kind in ANSWERS if draw(st.booleans())]
        places += [f"rows-2/{row}/line"]
    for place in places:
        kind = place.rpartition("/")[2]
        found[place] = definition.clean(kind, draw(ANSWERS[kind]))
    good, wrong = definition.checked(SECTIONS, found)
    return {place: text for place, text in good.items() if text and place not in wrong}


def brought(body, base, mark="new"):
    """What a workbook says, read without a process of its own."""
    return sheet_in.read(workbooks._cells(body, "all"), SECTIONS, base, mark=mark)


@given(answers())
@settings(max_examples=25)
def test_brought_back_unchanged_nothing_differs(base):
    body = sheet_out.workbook("Title", SECTIONS, base, ticket="t" * 70_000, where="here")
    found = brought(body, base)
    assert not found.wrong
    assert sheet_in.differences(SECTIONS, base, base, found) == []
    assert sheet_in.ticket_of(workbooks._cells(body, "all")) == "t" * 70_000


@given(answers(), answers())
@settings(max_examples=25)
def test_what_was_written_elsewhere_arrives(base, wanted):
    """A sheet that says something else: each difference is told, and taking all of them gives what it says."""
    body = sheet_out.workbook("Title", SECTIONS, wanted, ticket="t", where="here")
    found = brought(body, base)
    result = dict(base)
    for each in sheet_in.differences(SECTIONS, base, base, found):
        result |= dict.fromkeys(each.portal, "") | each.file

    def said(flat):
        told = []
        for place, text in definition.flat(definition.nested(flat)).items():
            field = definition.at(SECTIONS, place)
            key, _row, column = definition.parts(place)
            told.append((key, column, definition.said(field, text)))
        return sorted(told)

    assert said(result) == said({place: _typed(text) for place, text in wanted.items()})


def _typed(text):
    # What cannot stand in a file comes as it was written there.
    return text.replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_")
