"""What people of the demo firm ask marketing for, and what they hear outside."""

from typing import Any

from portal.insights.models import InsightKind, Source

REQUESTS: tuple[tuple[str, str, str | None, tuple[str, ...], dict[str, Any]], ...] = (
    (
        "A one-pager on handing a family firm to two children",
        "First talks with owners over sixty. They ask what happens when only one child wants to run it.",
        "one-pager",
        ("practitioner2", "leader2", "coach"),
        {"asked": 41, "answered": 19, "item": "succession-family-manufacturer"},
    ),
    (
        "An answer to “your hourly rate is too high”",
        "I hear it in every second first meeting, mostly from software companies that buy everything by subscription.",
        "objection-answer",
        ("practitioner", "practitioner2", "leader", "coach"),
        {"asked": 12, "note": "A tender in three weeks"},
    ),
    (
        "Slides for the chamber’s breakfast on e-invoicing",
        "Twelve minutes in front of forty owners. I have the facts, I lack pictures.",
        "slide-deck",
        ("practitioner", "leader"),
        {"asked": 9, "writer": True},
    ),
    (
        "How other logistics companies got through a bank’s covenant test",
        "Finance directors want to hear of a peer, with figures.",
        "case-study",
        ("coach", "leader2"),
        {
            "asked": 55,
            "declined": "Both clients withheld their names and their figures. Ben can tell the story in person.",
        },
    ),
    (
        "Something short about hiring abroad for the first time",
        "Two clients asked within a week; I sent them an old mail.",
        None,
        ("practitioner",),
        {"asked": 6, "answered": 2, "words": "The employment team keeps a checklist; it is now in the library."},
    ),
    (
        "A template for the letter after a first meeting",
        "So that it goes out the same day.",
        "template",
        ("leader2", "practitioner2"),
        {"asked": 3},
    ),
)
"""Title, what for, kind, who wants it (the first asks), and what became of it."""

INSIGHTS = (
    (
        InsightKind.OBJECTION,
        "“We will wait until the new rules are final.” Said by two owners at one table.",
        Source.CLIENT,
        2,
        "retail",
    ),
    (InsightKind.TREND, "Banks ask for a forecast of cash by week now, not by month.", Source.CLIENT, 3, "logistics"),
    (
        InsightKind.COMPETITOR,
        "A rival offers the first review of contracts for free, as a download.",
        Source.COLLEAGUE,
        1,
        "software",
    ),
    (
        InsightKind.MOVE,
        "The trade body of machine builders recommends a yearly check of transfer prices.",
        Source.READ,
        1,
        "manufacturing",
    ),
    (
        InsightKind.PRODUCT,
        "Clients like the yearly table, and would rather have it in autumn than in spring.",
        Source.CLIENT,
        2,
        "",
    ),
    (InsightKind.TREND, "More sellers ask about staying on as a minority owner.", Source.CLIENT, 2, "software"),
    (
        InsightKind.OBJECTION,
        "“Our cousin does our tax.” It is said with a smile, and it is meant.",
        Source.CLIENT,
        3,
        "retail",
    ),
    (
        InsightKind.MOVE,
        "Two of the five large haulers in the region merged their workshops.",
        Source.READ,
        1,
        "logistics",
    ),
    (
        InsightKind.COMPETITOR,
        "They now sign their letters with the name of a team, no longer of a person.",
        Source.COLLEAGUE,
        1,
        "",
    ),
    (
        InsightKind.TREND,
        "Owners under forty ask for a call by video first, and bring their questions in writing.",
        Source.CLIENT,
        2,
        "software",
    ),
    (InsightKind.PRODUCT, "Nobody knows that we do payroll abroad.", Source.CLIENT, 3, "manufacturing"),
    (InsightKind.OBJECTION, "“You are too big for us.”", Source.CLIENT, 2, "retail"),
)
"""Kind, what was heard, where from, how often, and the industry."""

ANSWERS = (
    "Read, thank you. It goes into the next industry update.",
    "We heard it from three of you now: the pitch will say so from the next version.",
    "The answer to it is among the objection answers; tell us if it doesn’t work.",
    "Passed on to the service line; they call you.",
)
"""What marketing says."""
