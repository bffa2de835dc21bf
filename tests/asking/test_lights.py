"""Laws of the lights, with facts and rules made up at random."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from portal.asking import lights, rules
from portal.asking.lights import GREENNESS
from portal.asking.rules import LAST_CONTACT, Answer, Colour, LightKey, Rule, When
from portal.content import shelf

FACTS = ["a", "b", "c", "d"]
VALUES = ["yes", "no", "odd"]
COLOURS = st.sampled_from(list(Colour))
answers = st.dictionaries(st.sampled_from(VALUES), COLOURS, min_size=1)


@st.composite
def a_rule(draw):
    """Any rule, with or without conditions."""
    said = tuple(Answer(value, colour, "said") for value, colour in draw(answers).items())
    when = tuple(
        When(fact, tuple(values))
        for fact, values in draw(
            st.dictionaries(st.sampled_from(FACTS), st.lists(st.sampled_from(VALUES), min_size=1), max_size=2)
        ).items()
    )
    return Rule("r", draw(st.sampled_from(list(LightKey))), draw(st.sampled_from(FACTS)), said, "missing", when=when)


facts = st.dictionaries(st.sampled_from(FACTS), st.sampled_from(VALUES))
OURS = rules.read(
    [
        {"key": key, "title": "", "html": "", "rules": entry.values["rules"]}
        for key, entry in shelf.read(Path("content").resolve()).others["rules"].items()
    ]
)
EVERY = [rule for subject in OURS for rule in subject.rules]
KNOWN = sorted({rule.needs for rule in EVERY})
our_facts = st.fixed_dictionaries(
    {},
    optional={
        needs: st.integers(0, 900).map(str)
        if needs == LAST_CONTACT
        else st.sampled_from(sorted({one.value for rule in EVERY if rule.needs == needs for one in rule.answers}))
        for needs in KNOWN
    },
)


def greenness(shown):
    return [GREENNESS[light.colour] for light in shown]


@given(st.lists(a_rule(), max_size=6), facts, st.sampled_from(FACTS))
def test_taking_a_fact_away_makes_no_light_greener(some, known, gone):
    fewer = {name: value for name, value in known.items() if name != gone}
    before, after = lights.shine(some, known), lights.shine(some, fewer)
    assert all(later <= earlier for earlier, later in zip(greenness(before), greenness(after), strict=True))


@given(our_facts, st.sampled_from(["referral", "cross-sell"]), st.data())
def test_nor_by_the_rules_that_are_shipped(known, kind, data):
    wanted = rules.for_ask(OURS, kind, ["law"])
    gone = data.draw(st.sampled_from(KNOWN))
    fewer = {name: value for name, value in known.items() if name != gone}
    before, after = lights.shine(wanted, known), lights.shine(wanted, fewer)
    assert all(later <= earlier for earlier, later in zip(greenness(before), greenness(after), strict=True))


@given(st.lists(a_rule(), max_size=6))
def test_nothing_known_is_never_green_where_a_rule_asks(some):
    for light in lights.shine(some, {}):
        assert light.colour == Colour.UNKNOWN


@given(st.lists(a_rule(), min_size=1, max_size=6), facts)
def test_a_missing_fact_that_matters_is_never_green(some, known):
    for light in lights.shine(some, known):
        mine = [rule for rule in some if rule.light == light.key and rule.may_apply(known)]
        if any(rule.needs not in known for rule in mine):
            assert light.colour in {Colour.RED, Colour.UNKNOWN}


@given(st.lists(a_rule(), min_size=1, max_size=6), facts)
def test_a_red_reason_is_seen_through_everything(some, known):
    for light in lights.shine(some, known):
        assert (light.colour == Colour.RED) == any(one.colour == Colour.RED for one in light.reasons)


@given(st.lists(a_rule(), max_size=6), facts)
def test_what_is_kept_reads_the_same(some, known):
    shown = lights.shine(some, known)
    assert lights.read(lights.stored(shown)) == shown


@given(our_facts)
def test_no_word_sounds_like_a_permission(known):
    for kind in ("referral", "cross-sell"):
        shown = lights.shine(rules.for_ask(OURS, kind, ["law", "advisory"]), known)
        texts = [lights.sentence(shown)] + [f"{one.said} {one.title} {one.about}" for one in shown]
        texts += [reason.text for one in shown for reason in one.reasons]
        assert "approv" not in " ".join(texts).lower()


def test_no_page_says_so_either():
    for page in Path("portal/asking/templates").iterdir():
        assert "approv" not in page.read_text().lower()


def test_no_rules_at_all_shine_unknown():
    assert {light.colour for light in lights.shine([], {"a": "yes"})} == {Colour.UNKNOWN}


def test_the_sentence_counts():
    shown = [
        lights.Light(key, colour, ()) for key, colour in zip(LightKey, [Colour.RED, *[Colour.GREEN] * 3], strict=True)
    ]
    assert lights.sentence(shown) == "One says not as it stands, three have nothing in the way."


def test_days_are_read_in_order():
    (rule,) = [rule for rule in EVERY if rule.needs == LAST_CONTACT]
    found = [rule.answer_or_none(days).colour for days in ("0", "90", "91", "365", "366")]
    assert found == ["green", "green", "amber", "amber", "red"]
    assert rule.answer_or_none("soon") is None
