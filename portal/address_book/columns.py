"""From the cells of a sheet to cards: which column says what, guessed from its heading, and settled by the person."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.errors import Refused

MOST_ROWS = 20_000
MOST_COLUMNS = 200
PREAMBLE = 25
"""Lines before the headings that are passed over, as LinkedIn's notes are."""

FIELDS = {
    "": "Leave out",
    "name": "Name",
    "first": "First name",
    "middle": "Middle name",
    "last": "Last name",
    "organisation": "Organisation",
    "position": "Position",
    "mail": "Mail",
    "phone": "Phone",
    "web": "Web",
    "post": "Post",
    "post_part": "Part of an address",
    "relation": "Relation",
    "tier": "Tier",
    "tags": "Tags",
    "how_met": "How we met",
    "cares_about": "What they care about",
    "notes": "Notes",
    "connected_on": "Connected on LinkedIn",
    "last_touch_on": "Last in touch",
    "rhythm_days": "Rhythm in days",
    "pace": "Reminders",
    "number": "Number",
}
"""What a column can be. Our own files are headed by these words."""

SEVERAL = {"mail", "phone", "web", "post", "post_part", "notes", "tags"}
"""What several columns of one file may say."""

SYNONYMS: dict[str, str] = {
    "name": "name fullname displayname contactname contact person fullerename nomcomplet nombrecompleto nomecompleto",
    "first": "firstname givenname forename vorname prenom nombre nome voornaam nomeproprio imie",
    "middle": "middlename additionalname zweitervorname",
    "last": "lastname surname familyname nachname nomdefamille nom apellidos apellido cognome achternaam sobrenome "
    "apelido nazwisko",
    "organisation": "organisation organization company companyname organizationname organisationname firm employer "
    "accountname firma unternehmen entreprise societe empresa azienda societa bedrijf organisatie",
    "position": "position jobtitle organizationtitle role function title headline stellenbezeichnung funktion beruf "
    "fonction poste intituleduposte cargo puesto posizione qualifica functie functietitel stanowisko titel titre",
    "mail": "mail email emailaddress emailvalue mailaddress workemail businessemail privateemail homeemail "
    "personalemail primaryemail emailadresse emailadress adressemail adresseemail adressedemessagerie "
    "direcciondecorreoelectronico correoelectronico correo indirizzoemail indirizzodipostaelettronica emailadres "
    "enderecodeemail adresemail",
    "phone": "phone phonenumber phonevalue telephone telephonenumber mobile mobilephone mobilenumber cell cellphone "
    "businessphone workphone homephone primaryphone companymainphone companyphone otherphone directphone telefon "
    "telefonnummer mobiltelefon handy telefongeschaftlich telefonprivat telefonmobil telephonebureau telportable "
    "telephonemobile telefono telefonomovil cellulare telefoon mobiel telefone telemovel",
    "web": "web website webpage url websitevalue homepage profileurl linkedin linkedinurl linkedinprofile webseite "
    "siteweb paginaweb sitoweb",
    "post": "post address postaladdress postaddress fulladdress addressformatted mailingaddress adresse anschrift",
    "post_part": "businessstreet businesscity businessstate businesspostalcode businesscountry businesscountryregion "
    "street city postalcode postcode zip zipcode country strasse ort plz land",
    "relation": "relation relationship howiknowthem",
    "tier": "tier circle",
    "tags": "tags tag labels categories groupmembership kategorien",
    "how_met": "howwemet howmet",
    "cares_about": "whattheycareabout caresabout interests",
    "notes": "notes note comments comment notizen remarques notas",
    "connected_on": "connectedon connectiondate verbundenam vernetztam verbundenseit relationdepuis connectele "
    "conectadoel fechadeconexion conectadoem collegatoil verbondenop gekoppeldop",
    "last_touch_on": "lastintouch lastcontact lastcontacted lasttouch lastcontactedon",
    "rhythm_days": "rhythmindays rhythmdays",
    "pace": "reminders",
    "number": "number",
}
"""Headings we recognise, without spaces, digits, signs, accents and capitals; the earlier word wins."""

FIELD_OF = {word: (field, place) for field, words in SYNONYMS.items() for place, word in enumerate(words.split())}


@dataclass(frozen=True)
class Table:
    """A sheet with its headings, and what we take each column for."""

    heading: list[str]
    rows: list[tuple[int, list[str]]]
    """Each with its number in the sheet, counted from 1."""
    fields: list[str]
    """For each column one of `FIELDS`."""

    @property
    def is_from_linkedin(self) -> bool:
        """Whether this is LinkedIn's Connections.csv."""
        return {"first", "last", "connected_on"} <= set(self.fields)


def understood(cells: Sequence[Sequence[str]]) -> Table:
    """The rows below the headings, wherever these stand. Raises Refused."""
    numbered = [(number, list(row)) for number, row in enumerate(cells, 1) if any(cell.strip() for cell in row)]
    if not numbered:
        raise Refused("That file is empty.", field="file")
    top = _place_of_headings([row for _, row in numbered[:PREAMBLE]])
    heading = [" ".join(cell.split())[:80] for cell in numbered[top][1]]
    rows = numbered[top + 1 :]
    if len(heading) > MOST_COLUMNS:
        raise Refused(f"That file has {len(heading)} columns; we take {MOST_COLUMNS}.", field="file")
    if not rows:
        raise Refused("That file has headings, but nobody below them.", field="file")
    if len(rows) > MOST_ROWS:
        raise Refused(
            f"That file has {len(rows):,} rows; we take {MOST_ROWS:,} at a time. Split it in two.", field="file"
        )
    return Table(heading, rows, guessed(heading))


def guessed(heading: Sequence[str]) -> list[str]:
    """What each column says, as far as its heading tells."""
    found = [FIELD_OF.get(spelled(name), ("", 0)) for name in heading]
    best: dict[str, tuple[int, int]] = {}
    for place, (field, rank) in enumerate(found):
        if field and field not in SEVERAL:
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    return [
        field if field in SEVERAL or best.get(field, (0, -1))[1] == place else ""
        for place, (field, _) in enumerate(found)
    ]


def spelled(name: str) -> str:
    """A heading without spaces, digits, signs, accents and capitals."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return re.sub(r"[\W\d_]", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def check(fields: Sequence[str]) -> None:
    """Refuse columns that don't go together. Raises Refused."""
    given = [field for field in fields if field]
    twice = next((field for field in given if field not in SEVERAL and given.count(field) > 1), None)
    if twice:
        raise Refused(f"Two columns are “{FIELDS[twice]}”. Choose one of them, and leave the other out.")
    if not {"name", "first", "last", "organisation", "mail"} & set(given):
        raise Refused("Say which column is the name. Without one we can't tell who is meant.")


def matched(heading: Sequence[str], chosen: Mapping[int, str]) -> list[str]:
    """The columns as the person settled them. Raises Refused."""
    fields = [chosen.get(place, "") for place in range(len(heading))]
    check(fields)
    return fields


def _place_of_headings(rows: Sequence[Sequence[str]]) -> int:
    known = [sum(1 for field in set(guessed(row)) if field) for row in rows]
    best = max(known)
    return known.index(best) if best > 1 else 0
