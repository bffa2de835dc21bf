"""vCard in its three versions, as phones and mail programs write it."""

import base64
import quopri
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.address_book import vcards
from portal.errors import Refused
from tests.address_book.make_address_book import MAIL, PHONE, POST, WEB, brought_in, counts, people, vcard, ways


def one(*lines, version="3.0"):
    """The only card of a file."""
    (card,) = vcards.read(vcard(*lines, version=version))
    return card


OUTLOOK_PHOTO = base64.encodebytes(bytes(range(256)) * 8).decode().strip().replace("\n", "\r\n ")
OUTLOOK = f"""BEGIN:VCARD\r
VERSION:2.1\r
N;LANGUAGE=de;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.\r
FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Dr. J=F6rg M=FCller\r
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Larchmoor F=C3=B6ods;Finance\r
TITLE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Leiter Rechnungswesen und Controlling f=C3=BCr =\r
alle Werke\r
NOTE;ENCODING=QUOTED-PRINTABLE:Line one=0D=0A=\r
Line two; with a semicolon\r
TEL;WORK;VOICE:+49 30 123456-0\r
TEL;WORK;FAX:+49 30 123456-99\r
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Am Hafen 1;Dunholt;;10115;Germany\r
EMAIL;PREF;INTERNET:joerg.mueller@larchmoor.example\r
PHOTO;TYPE=JPEG;ENCODING=BASE64:\r
 {OUTLOOK_PHOTO}\r
\r
REV:20240312T090000Z\r
END:VCARD\r
""".encode()


def test_outlooks_cards_are_read():
    (card,) = vcards.read(OUTLOOK)
    assert (card.name, card.organisation) == ("Dr. Jörg Müller", "Larchmoor Föods")
    assert card.position == "Leiter Rechnungswesen und Controlling für alle Werke"
    assert card.notes == "Line one\nLine two; with a semicolon"
    assert card.channels == (
        (MAIL, "joerg.mueller@larchmoor.example"),
        (PHONE, "+49 30 123456-0"),
        (POST, "Am Hafen 1, Dunholt, 10115, Germany"),
    )
    assert card.remarks == ("The photo is left out.",)


def test_apples_groups_and_escapes_are_read():
    card = one(
        "N:Vale;Nora;;;",
        "FN:Nora Vale",
        "ORG:Larchmoor\\, Foods;",
        "item1.TEL;type=pref:+44 20 7946 0018",
        "item1.X-ABLabel:_$!<Other>!$_",
        "item2.URL;type=pref:http\\://vale.example",
        "EMAIL;type=INTERNET;type=WORK:nora@vale.example",
        "NOTE:First\\nSecond\\; third",
        "CATEGORIES:Golf,Tax\\, again",
    )
    assert card.organisation == "Larchmoor, Foods"
    assert card.channels == (
        (MAIL, "nora@vale.example"),
        (PHONE, "+44 20 7946 0018"),
        (WEB, "http://vale.example"),
    )
    assert (card.notes, card.tags) == ("First\nSecond; third", ("Golf", "Tax, again"))


def test_apple_names_a_profile_twice():
    card = one(
        "FN:Nora Vale",
        "item1.URL;type=pref:https\\://www.linkedin.com/in/nora-vale",
        "X-SOCIALPROFILE;type=linkedin;x-user=nora-vale:http://www.linkedin.com/in/nora-vale",
        "X-SOCIALPROFILE;type=twitter:x-apple:nora",
    )
    assert card.channels == ((WEB, "https://www.linkedin.com/in/nora-vale"),)


def test_version_4_is_read():
    card = one(
        "FN:Nora Vale",
        'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+49-30-1234567;ext=5',
        "EMAIL;TYPE=work:mailto:nora@vale.example",
        "PHOTO:data:image/jpeg;base64,AAAA",
        'ADR;LABEL="Am Hafen 1\\n10115 Dunholt":;;Am Hafen 1;Dunholt;;10115;',
        version="4.0",
    )
    assert card.channels == (
        (MAIL, "nora@vale.example"),
        (PHONE, "+49-30-1234567 ext. 5"),
        (POST, "Am Hafen 1, Dunholt, 10115"),
    )


def test_folded_lines_are_joined():
    assert one("FN:Nora", " Vale").name == "NoraVale"
    assert one("FN:Nora", "  Vale").name == "Nora Vale"
    assert one("FN:Nora", " Vale", version="2.1").name == "Nora Vale"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:Vale;Nora;M.;Dr.;",), "Nora M. Vale"),
        (("FN:", "N:;;;;", "ORG:Larchmoor Foods"), "Larchmoor Foods"),
        (("EMAIL:nora@vale.example",), "nora@vale.example"),
        (("NICKNAME:Nono",), "Nono"),
    ],
)
def test_a_name_is_found_where_there_is_one(lines, name):
    assert one(*lines).name == name


def test_broken_cards_are_told_by_number_and_the_rest_is_kept():
    broken = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut Off\r\n"
    group = vcard("FN:Team", "X-ADDRESSBOOKSERVER-KIND:group")
    found = vcards.read_all(vcard("FN:Nora Vale") + broken + vcard("FN:Olaf Zah") + group + vcard("REV:x"))
    assert [(card.line, card.name, bool(card.wrong)) for card in found] == [
        (1, "Nora Vale", False),
        (2, "Cut Off", True),
        (3, "Olaf Zah", False),
        (4, "Team", True),
        (5, "", False),
    ]


def test_an_assistants_card_inside_another_is_passed_over():
    inner = ["AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Assistant", "END:VCARD"]
    assert one("FN:Nora Vale", *inner, "TITLE:CFO", version="2.1").position == "CFO"


def test_lines_may_end_in_any_way_and_be_in_any_encoding():
    for ending in ("\n", "\r"):
        body = vcard("FN:Zoë Müller").decode().replace("\r\n", ending)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            assert vcards.read(body.encode(encoding))[0].name == "Zoë Müller"


def test_cards_of_several_programs_in_one_file():
    body = b"".join(
        vcard(f"FN:{name}").decode().encode(encoding)
        for name, encoding in (("Zoë Müller", "utf-8"), ("Jörg Groß", "cp1252"), ("Élodie Weiß", "utf-8-sig"))
    )
    assert [card.name for card in vcards.read(body)] == ["Zoë Müller", "Jörg Groß", "Élodie Weiß"]


def test_a_letter_that_was_folded_in_the_middle_is_whole():
    whole = "FN:Großhändler Überschussverwertung".encode()
    for place in range(4, len(whole)):
        body = vcard("X-PLACE:here").replace(b"X-PLACE:here", whole[:place] + b"\r\n " + whole[place:])
        assert vcards.read(body)[0].name == "Großhändler Überschussverwertung"


def test_what_is_no_card_is_refused():
    for body in (b"", b"hello", b"END:VCARD", b"\x00" * 100):
        with pytest.raises(Refused):
            vcards.read(body)


def test_a_file_of_cards_comes_in(browser, ana):
    body = OUTLOOK + vcard("FN:Nora Vale", "TEL:+44 20 7946 0018") + b"BEGIN:VCARD\r\nFN:Cut"
    page = browser.sign_in(ana).get(brought_in(browser, body, "contacts.vcf")).text
    assert "2 added" in page
    assert "This card has no end" in page
    assert [each.name for each in people(ana)] == ["Dr. Jörg Müller", "Nora Vale"]
    brought_in(browser, body, "contacts.vcf")
    assert counts()["was-same"] == 2
    assert (PHONE, "+44 20 7946 0018") in ways(people(ana)[1])


text = some.text(
    some.characters(exclude_categories=["Cc", "Cs"]) | some.sampled_from(",;:\\\n\"=' ü🚀"), max_size=60
).map(lambda given: "\n".join(" ".join(line.split(" ")) for line in given.split("\n")).strip())
line = text.map(lambda given: " ".join(given.split()))
known = some.builds(
    SimpleNamespace,
    id=some.integers(1, 999_999),
    name=line.filter(bool),
    organisation=line,
    position=line,
    notes=text,
    how_met=line,
    cares_about=text,
    relation=some.sampled_from(["client", "friend"]),
    tier=some.sampled_from(["inner", "outer"]),
    tags=some.lists(line.filter(bool), max_size=3, unique=True),
    ways=some.lists(
        some.tuples(some.sampled_from([PHONE, WEB, POST]), line.filter(bool))
        | some.tuples(some.just(MAIL), line.map(lambda given: f"{given}@x.example")),
        max_size=4,
        unique=True,
    ),
)


@given(some.lists(known, min_size=1, max_size=3))
def test_what_is_written_is_read_as_it_was(contacts):
    body = vcards.write(contacts)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    for wrote, read in zip(contacts, vcards.read(body), strict=True):
        for field in ("organisation", "position", "notes", "how_met", "cares_about", "relation", "tier", "name"):
            assert getattr(read, field) == getattr(wrote, field)
        assert (read.number, read.tags) == (wrote.id, tuple(wrote.tags))
        assert sorted(read.channels) == sorted((kind, value.removeprefix("mailto:")) for kind, value in wrote.ways)


@given(some.binary(max_size=300), some.integers(0, 400))
def test_any_damage_is_read_or_refused(damage, place):
    body = OUTLOOK[:place] + damage + OUTLOOK[place + len(damage) :]
    try:
        found = vcards.read_all(body)
    except Refused:
        return
    assert all(isinstance(card.name, str) for card in found)


def test_quoted_printable_survives_odd_charsets():
    coded = quopri.encodestring("Zoë".encode()).decode().strip()
    assert one(f"FN;CHARSET=no-such;ENCODING=QUOTED-PRINTABLE:{coded}", version="2.1").name == "Zoë"
