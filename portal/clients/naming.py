"""What of a client's name says who it is: without legal form, capitals and accents."""

import re
import unicodedata


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEGAL_FORMS = _listed("""
    ltd limited plc llp llc lp inc incorporated corp corporation co company cic
    gmbh mbh ag kg kgaa ohg gbr ug ev eg se haftungsbeschrankt
    sa sas sasu sarl srl spa sapa snc sca sci eurl scrl sprl
    bv nv vof cv vzw bvba
    ab as asa aps oy oyj hf ehf
    sl slu slp lda ltda eireli
    zoo sp spzoo sro as kft zrt nyrt doo dd ad ood eood
    pty pte pvt kk gk sdn bhd
""")
"""Legal forms of several countries, as they stand in names once signs and accents are gone."""
JOINING = _listed("& and und et y e i og och ja")
"""What joins a legal form of two parts, as in GmbH & Co. KG; nothing by itself at the end of a name."""
ARTICLES = frozenset({"the"})
PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def match_name(name: str) -> str:
    """The name by which the same client is found again, however it was written. A name that is all legal form keeps
    its first word."""
    words = _words(name)
    while (shorter := _shortened(words)) != words:
        words = shorter
    return " ".join(words)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN)).casefold().translate(PLAIN)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    # Dots and apostrophes stand inside words: S.A. is sa, O'Brien is obrien; all other signs part words.
    return re.sub(r"[^\w&]|_", " ", re.sub(r"[.'’`]", "", plain)).split()


def _shortened(words: list[str]) -> list[str]:
    if len(words) < 2:
        return words
    if words[-1] in LEGAL_FORMS or words[-1] in JOINING:
        return words[:-1]
    if words[0] in ARTICLES:
        return words[1:]
    # Letters that stand apart are one form: s a, s r l, sp z o o.
    for start in range(max(1, len(words) - 4), len(words) - 1):
        if all(len(word) <= 2 for word in words[start:]) and "".join(words[start:]) in LEGAL_FORMS:
            return words[:start]
    return words
