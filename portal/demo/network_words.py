"""What the people of the firm note about those they know. All of it is invented."""

from portal.demo.names import listed
from portal.network.models import Relation

POSITIONS = listed(
    """
Finance director; Managing director; Head of tax; Group controller; General counsel; Head of HR; Operations director;
Owner; Chair of the board; Treasurer; Head of procurement; Company secretary; Bank manager; Recruiter; Architect;
Journalist; Lecturer; Head teacher; Insurance broker; Head of logistics
""",
    ";",
)
CARES_ABOUT = (
    "Selling online in more than one country, and who pays the tax",
    "Handing the company over to her children without a quarrel",
    "Energy prices, and what they do to the margin",
    "Finding people, and keeping them",
    "Opening a first branch abroad",
    "The new reporting on sustainability",
    "Buying a competitor, quietly",
    "Transfer pricing, since the last inspection",
    "Retail, and whether the high street comes back",
    "Manufacturing closer to home",
    "A cleaner year-end than the last one",
    "Employment contracts for people who work from home",
    "Technology that the board does not understand yet",
    "The school choir, and its trip in May",
    "Sailing; and a slower life, one day",
)
HOW_MET = {
    Relation.CLIENT: ("On the first engagement", "Took over from a predecessor", "At their year-end meeting"),
    Relation.FORMER_CLIENT: ("A matter that ended well", "When they were at another company"),
    Relation.ASSOCIATE: ("In my first job", "We studied together", "On the other side of a deal"),
    Relation.FRIEND: ("Through the children", "University", "A walking holiday"),
    Relation.RELATIVE: ("Family", "By marriage"),
    Relation.NEIGHBOUR: ("Across the road", "The residents’ meeting"),
    Relation.EVENT: ("Panel at the autumn conference", "Sat beside each other at a trade dinner", "A breakfast talk"),
}
TAGS = listed("choir, energy, family business, board, retail, alumni, export, introduces, golf, property", ",")
NOTES = (
    "Prefers the phone. Never before ten.",
    "Makes up her mind slowly, then keeps to it.",
    "Would introduce us if asked plainly.",
    "Ask about the move to the new building.",
    "Reads everything; likes it short.",
)
TOUCHES = (
    "Coffee; the new plant is nearly done",
    "Sent the update on indirect tax, and a line",
    "Rang to ask how the audit went",
    "Lunch. Looking for a controller",
    "Congratulated on the new role",
    "Met at the breakfast talk, spoke for ten minutes",
    "Thanked for the introduction",
    "Wrote before the holidays",
    "",
    "",
    "",
)
SHOWN = (
    ("practitioner2", "practitioner", "Asked me about tax on a first branch abroad; that is yours rather than mine."),
    ("practitioner", "coach", "Moves to a group that you know well. Worth a call, once I have said that you will."),
)
