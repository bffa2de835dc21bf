"""What the people of the firm write: organisations, asks, needs, notes. All of it is invented."""

import random

from portal.demo.names import full_name, listed

PLACES = listed("""
Alderwick Brackenmoor Caldmere Dunholt Eskford Fennaby Garrowmoor Harrowmere Ilverton Jorvale Kestrelby Larchmoor
Marlowick Netherholt Orrisfield Pellhaven Quarrowby Ravensmoor Selwick Tolvane Ulverby Vantmoor Wexholt Yarrowdale
""")
TRADES = listed(
    """
Bakeries, Cold Storage, Dental Group, Joinery, Packaging, Software, Care Homes, Logistics, Breweries, Engineering,
Garden Centres, Medical Supplies, Optics, Print Works, Schools Trust, Ceramics, Fabrics, Energy Services, Hotels,
Farm Machinery, Labs, Property, Freight, Foods
""",
    ",",
)
ASKS = {
    "tax-advisory": (
        "A finance director who has just opened a first branch abroad; forward my two lines",
        "An owner past sixty with children in the business; an introduction once they agree",
        "A controller whose company sells online in several countries; mention me when you next meet",
        "Somebody who has just bought a company and inherited its tax filings; a first talk of twenty minutes",
        "A family that has moved abroad in the last two years; a word that we exist",
        "A head of logistics whose goods wait in customs; forward my two lines",
    ),
    "audit": (
        "A controller in the first year after a change of owner; forward my note",
        "A finance manager whose company must be audited for the first time; an introduction",
        "The chair of an audit committee who wants a second view of internal controls",
        "A group that has outgrown its reporting pack; the name of the person who prepares it",
        "A charity that has just received its first large grant; an introduction to the treasurer",
        "A lender who asks borrowers for audited figures; two lines for the next one who groans",
    ),
    "law": (
        "A founder about to sign with an investor; an introduction this month",
        "A head of HR who is planning a reorganisation; forward my two lines",
        "An owner in a quarrel with a supplier that may last; a word that we exist",
        "A managing director whose contracts were last read five years ago; forward my two lines",
        "A landlord or tenant in the middle of a rent review; an introduction, if they like",
        "Two partners who want to go separate ways; a quiet word that we do this calmly",
    ),
    "advisory": (
        "An owner who has had an unasked offer for the company; an introduction once they agree",
        "A bank that watches a customer's covenants; mention our first five days",
        "A managing director who is buying a competitor; forward my note",
        "A company that is losing people faster than it hires; the name of the person who minds",
        "Managers who would like to buy the place they work in; a talk without obligation",
        "A supplier whose largest customer has just left; mention us before the bank does",
    ),
    "firm-services": (
        "A client who said thank you at the front desk; may the partner ring them",
        "An organiser of the trade body's breakfast; a slot for one of our speakers",
        "A supplier whose own accountant is retiring; pass on our number",
    ),
}
CROSS_SELLS = (
    ("tax-advisory", "Indirect tax", "We deliver to three more countries, and nobody here knows which tax is due"),
    ("tax-advisory", "Transfer pricing", "They asked for our transfer prices; our table is six years old"),
    ("tax-advisory", "Private clients", "My daughter takes over next year. The will is older than she is"),
    ("tax-advisory", "Corporate tax", "We buy a second company in March and want one set of filings"),
    ("audit", "Financial reporting", "The new owner wants a reporting pack in ten days; it takes us twenty-five"),
    ("audit", "Internal audit", "Somebody paid the same invoice twice, and nobody can say how"),
    ("audit", "Financial reporting", "The bank asks for figures every month now, and we make them by hand"),
    ("law", "Commercial property", "We move in May and I have no idea what the old lease lets us do"),
    ("law", "Employment law", "Two of our managers left in one quarter, and the contracts say nothing"),
    ("law", "Disputes", "A supplier holds back parts because of an old invoice"),
    ("law", "Corporate law", "My brother wants to sell his share, and we never wrote down how"),
    ("advisory", "Deals", "A competitor asked whether we would talk. I said I would think about it"),
    ("advisory", "Restructuring", "One customer is a third of our sales, and they pay later each month"),
    ("advisory", "People consulting", "We hire ten people a year and lose nine"),
)
"""Who at the firm would help, with which service, and the need as the client put it."""
NEXT_STEPS = {
    "planned": (
        "Choose the moment",
        "Ask the relationship partner first",
        "Write the two lines",
        "Rehearse with a colleague",
    ),
    "asked": (
        "Send the two-line note",
        "Ask once more, kindly",
        "Thank them, whatever the answer",
        "Ring after the board meeting",
    ),
    "introduced": (
        "Propose two dates",
        "Thank the person who introduced us",
        "Read up on the company",
        "Conflict check",
    ),
    "in-conversation": (
        "Second talk, with a colleague from tax",
        "Send the checklist",
        "Meet at their office",
        "Ask what happens if nothing changes",
    ),
    "proposal": (
        "Go through the proposal by telephone",
        "Answer the question about the fee",
        "Ask who else decides",
        "Agree the start",
    ),
}
NOTES = {
    "planned": ("From my worksheet.", "Thought of them after the year-end meeting.", ""),
    "asked": (
        "Asked at the end of our call. They will think about it.",
        "Asked over coffee; they liked that they could say no.",
        "Sent the two lines they can forward.",
        "",
    ),
    "introduced": (
        "They put us in touch by e-mail the same day.",
        "Introduced at the trade body's breakfast.",
        "A warm note, with both of us in copy.",
        "",
    ),
    "in-conversation": (
        "Forty minutes, mostly their questions. They want to see us again.",
        "The finance director joined. The real worry is the bank.",
        "They asked how we are paid. Told them before they had to ask twice.",
        "",
    ),
    "proposal": ("Sent four pages and one figure.", "They asked for two options; sent both with our view.", ""),
    "nurture": (
        "Not this year. They asked me to ring again once the new system runs.",
        "The timing is wrong, the interest isn't.",
        "After the move, they said, and meant it.",
    ),
    "won": (
        "Signed. Rang the person who introduced us.",
        "They chose us because we asked first what would go wrong.",
        "Small start, with a review in the autumn.",
    ),
    "lost": (
        "They stay with their adviser; the fee was not the reason.",
        "Postponed to next year. I will ask again in spring.",
        "Went with somebody they knew from before.",
    ),
    "declined": (
        "They would rather not. Thanked them, and it is fine between us.",
        "Not allowed by their rules. Good to know.",
        "A clear no, kindly said.",
    ),
}
REPORTS = (
    "Said the pitch to my neighbour on the train. She asked what “one partner who answers” means, so I told her about "
    "the family with the factory.",
    "Used it at a school fair. I stumbled over the second sentence and have shortened it since.",
    "At the reception for new clients. Two people asked a question back, one gave me a card.",
    "Told the owner of the garage. He said his accountant does all that; I asked what she has to send elsewhere.",
    "On the telephone with a former colleague. Went well once I stopped listing services.",
    "At a dinner. I waited to be asked, which took until dessert, and then it was easy.",
)
SEARCHES = (
    "charities",
    "succession checklist",
    "pillar two",
    "fees for introductions",
    "hospital case study",
    "arabic",
    "pricing",
    "esg report",
)


def organisation(rng: random.Random) -> str:
    """An invented company."""
    return f"{rng.choice(PLACES)} {rng.choice(TRADES)}"


def facts(rng: random.Random, area: str) -> dict[str, str]:
    """What there is to say of one ask or one cross-sell, by somebody of an area of the firm; others do what is sold."""
    _seller, service, need = rng.choice([one for one in CROSS_SELLS if one[0] != area])
    where = organisation(rng)
    return {
        "contact": full_name(rng),
        "organisation": where,
        "client": where,
        "client-name": where,
        "ask": rng.choice(ASKS[area]),
        "service": service,
        "need": need,
        "next_step": rng.choice(NEXT_STEPS["planned"]),
    }
