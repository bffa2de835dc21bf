"""Finding items."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.accounts.viewer import of
from portal.library import search, search_index, services
from portal.library.kinds import Kind
from portal.library.shelf import shelf
from tests.library import make_library as lib
from tests.make import NOON


def keys(question, **chosen):
    found = {row: number for number, row in enumerate(search.find(question, chosen).ids)}
    return [item.key for item in sorted(lib.every(), key=lambda item: found.get(item.id, 99)) if item.id in found]


@pytest.fixture
def succession(marketer):
    lib.published(marketer, "A quiet item", source="Nothing of interest.")
    return lib.published(
        marketer, "Succession in a family firm", source="They negotiated for a year.", industry=["retail"]
    )


def test_it_finds_words_of_title_summary_and_text_in_any_form(succession):
    for question in ("succession", "FAMILY", "family succession", "negotiate", "negotiating", "famil"):
        assert keys(question) == ["succession-in-a-family-firm"], question


def test_it_finds_a_word_that_is_still_being_typed(marketer):
    lib.published(marketer, "Asking", source="How to ask for referrals.")
    for question in ("ref", "refer", "referr", "referra", "referral", "ask referra"):
        assert keys(question) == ["asking"], question


def test_what_is_typed_is_not_taken_for_its_stem(marketer):
    lib.published(marketer, "Success")
    assert keys("succe") == keys("successes") == ["success"]
    assert keys("succesion") == []


def test_a_word_in_the_title_counts_more_than_one_in_the_text(marketer):
    lib.published(marketer, "Deals", source="Some words about tax and other words about much else.")
    lib.published(marketer, "Tax for retailers", source="Some other words, and then still more of them.")
    assert keys("tax") == ["tax-for-retailers", "deals"]


def test_accents_make_no_difference(marketer):
    lib.published(marketer, "Überprüfung café", source="naïve")
    assert keys("cafe") == keys("überprufung") == keys("naive") == ["uberprufung-cafe"]


def test_a_misspelt_word_finds_the_nearest_and_says_so(browser, ana, succession):
    page = browser.sign_in(ana).get("/library", q="succesion famly").text
    assert "Showing results for <strong>succession family</strong>" in page
    assert "<mark>Succession</mark> in a <mark>family</mark> firm" in page


def test_it_shows_what_has_some_of_the_words_when_nothing_has_all(browser, ana, succession):
    page = browser.sign_in(ana).get("/library", q="succession blockchain").text
    assert "No item has all of these words" in page
    assert "<mark>Succession</mark>" in page


def test_words_of_the_engines_own_language_are_only_words(browser, ana, succession):
    signed_in = browser.sign_in(ana)
    for odd in (
        '"',
        "a OR b",
        "NEAR(a b)",
        "title:x",
        "*",
        "a*b",
        "(",
        "')",
        "!a",
        "a & | b",
        "\\",
        "%",
        "succession\x00",
    ):
        assert signed_in.get("/library", q=odd).status_code == 200, odd
    assert signed_in.get("/library", q="x" * 5000).status_code == 200


def test_it_narrows_by_every_facet_and_counts_what_each_would_show(marketer):
    lib.published(marketer, "One", industry=["retail"], stage=["won"])
    lib.published(marketer, "Two", industry=["retail", "energy"], kind=Kind.TEMPLATE)
    lib.published(marketer, "Three", industry=["energy"], kind=Kind.TEMPLATE)

    found = search.find("", {"industry": "retail"})

    assert sorted(keys("", industry="retail")) == ["one", "two"]
    assert keys("", industry="retail", kind="template") == ["two"]
    assert found.counts["industry"] == [("energy", 2), ("retail", 2)]
    assert found.counts["kind"] == [("case-study", 1), ("template", 1)]
    assert found.counts["stage"] == [("won", 1)]
    assert keys("", industry="nobody-has-this") == []


def test_without_words_the_newest_comes_first(marketer):
    lib.published(marketer, "Old", now=NOON - timedelta(days=9))
    lib.published(marketer, "New")
    assert keys("") == ["new", "old"]


def test_a_draft_and_an_archived_item_are_not_found(marketer, succession):
    lib.draft(marketer, "Succession of the chairman")
    services.archive(succession)
    assert keys("succession") == []


def test_a_revised_item_is_found_by_its_new_words_only(marketer, viewer, succession):
    new = lib.wording("Quiet rivers", source="They talked.")
    services.write(succession, new, change="", base_number=1, by=viewer(marketer), now=NOON)
    assert keys("succession") == ["succession-in-a-family-firm"]
    services.publish(succession, now=NOON)
    assert keys("succession") == []
    assert keys("rivers") == ["succession-in-a-family-firm"]


def test_the_search_tables_can_be_rebuilt_with_the_same_result(marketer, succession):
    before = dict(shelf().vocabulary.words), keys("family"), keys("negotiate")
    search_index.rebuild()
    assert (dict(shelf().vocabulary.words), keys("family"), keys("negotiate")) == before


def test_the_word_list_forgets_words_that_no_item_has(succession):
    assert shelf().vocabulary.words["succession"] == 1
    services.archive(succession)
    assert "succession" not in shelf().vocabulary.words


def test_a_passage_is_shown_as_text_never_as_markup(browser, ana, marketer):
    lib.published(marketer, "Angle", source="Before `<script>alert(1)</script>` the succession & after.")
    page = browser.sign_in(ana).get("/library", q="succession").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; the <mark>succession</mark> &amp; after." in page


def test_a_search_takes_few_statements(browser, ana, succession, budget):
    signed_in = browser.sign_in(ana)
    signed_in.get("/library")
    with budget(5):
        signed_in.get("/library", q="family")
    with budget(6):
        signed_in.get("/library", q="famly firm")
    with budget(3):
        signed_in.get("/library")


def test_long_lists_have_pages_that_keep_the_words(browser, ana, marketer):
    for number in range(22):
        lib.published(marketer, f"Family {number}")
    page = browser.sign_in(ana).get("/library", q="family", page=2).text
    assert "21 to 22 of 22" in page
    assert "/library?q=family&amp;page=1" in page
    assert browser.get("/library", q="family", page=99).text.count('class="passage"') == 2


def test_an_empty_library_says_what_would_be_here(browser, ana):
    assert "The library is empty" in browser.sign_in(ana).get("/library").text


def test_strangers_sign_in_first(browser):
    assert "/sign-in" in browser.get("/library").location


@pytest.fixture
def told(marketer):
    """An answer whose telling words are facts, and a story by an author."""
    facts = {"objection": "Your rates are outrageous.", "answer": "Compared with what?"}
    wording = lib.wording("An answer", kind=Kind.OBJECTION_ANSWER, service=["payroll-runs"])
    by = of(marketer)
    found = services.write(None, replace(wording, facts=facts), change="", base_number=0, by=by, now=NOON)
    found.byline = ["Ifeoma Brandt"]
    services.publish(found, now=NOON)
    return found


@pytest.mark.parametrize("question", ["outrageous rates", "objection answer", "payroll", "brandt"])
def test_facts_kinds_tags_and_authors_are_found(told, question):
    assert keys(question) == ["an-answer"]


def test_a_clients_words_without_permission_are_not_found(marketer):
    said = lib.draft(marketer, "A case")
    wording = replace(lib.wording("A case"), facts={"quote": "Splendiferous work.", "permission": "asked"})
    services.write(said, wording, change="", base_number=1, by=of(marketer), now=NOON)
    services.publish(said, now=NOON)
    assert keys("splendiferous") == []


def test_another_name_for_the_same_is_found_after_the_name_itself(marketer):
    lib.published(marketer, "Indirect tax for shops")
    lib.published(marketer, "Questions on VAT")
    assert keys("vat") == ["questions-on-vat", "indirect-tax-for-shops"]


def test_another_name_finds_the_forms_of_the_name_too(marketer):
    lib.published(marketer, "How the mill was sold")
    assert keys("Verkauf") == keys("disposal") == ["how-the-mill-was-sold"]


def test_a_word_is_one_with_its_hyphen_or_without(marketer):
    lib.published(marketer, "E-invoicing in a mill")
    for question in ("e-invoicing", "einvoicing", "e invoices", "einvoic"):
        assert keys(question) == ["e-invoicing-in-a-mill"], question


def test_of_two_alike_the_newer_comes_first(marketer):
    lib.published(marketer, "The mill, again", now=NOON - timedelta(days=9))
    lib.published(marketer, "The mill, always")
    assert keys("mill")[0] == "the-mill-always"


def test_what_is_not_there_can_be_asked_for(browser, ana, succession):
    page = browser.sign_in(ana).get("/library", q="drone & law").text
    assert 'href="/requests/new?title=drone+%26+law"' in page
    assert "/requests/new?title=succession" in browser.get("/library", q="succession").text


def test_a_choice_can_be_taken_back(browser, ana, succession):
    page = browser.sign_in(ana).get("/library", q="family", industry="retail", kind="case-study").text
    assert 'href="/library?q=family&amp;kind=case-study"' in page
    assert 'href="/library?q=family"' in page


def test_what_is_filed_elsewhere_is_counted_and_one_press_away(browser, ana, succession):
    page = browser.sign_in(ana).get("/library", q="family", industry="energy").text
    assert "Nothing filed like this says “family”" in page
    assert "Elsewhere in the library there is one item for these words." in page
    assert 'href="/library?q=family">Take the filters off' in page


def test_where_nothing_is_found_there_are_kinds_to_look_through(browser, ana, marketer, succession):
    lib.draft(marketer, "Not out yet", kind=Kind.TEMPLATE)
    page = browser.sign_in(ana).get("/library", q="blockchain", industry="retail").text
    assert "Nothing here says “blockchain”" in page
    assert 'href="/library?kind=case-study">Case study <span class="n">2</span>' in page
    assert "Template" not in page.partition('class="browse"')[2]


def test_a_passage_tells_a_heading_from_the_text_below_it(browser, ana, marketer):
    lib.published(marketer, "Mills", source="## What we did\n\nWe counted the sacks of flour.")
    assert (
        "What we did. We counted the sacks of <mark>flour</mark>."
        in browser.sign_in(ana).get("/library", q="flour").text
    )
