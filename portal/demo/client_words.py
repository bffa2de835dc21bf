"""What is said of the clients of the demo firm. All of it is invented."""

from portal.clients.models import FlagKind, Use

INDUSTRIES = {
    "Food and drink": ("Bakeries", "Breweries", "Foods", "Cold Storage"),
    "Health and care": ("Dental Group", "Care Homes", "Medical Supplies", "Optics", "Labs"),
    "Manufacturing": ("Joinery", "Packaging", "Engineering", "Ceramics", "Fabrics", "Farm Machinery", "Print Works"),
    "Retail and leisure": ("Garden Centres", "Hotels"),
    "Software": ("Software",),
    "Logistics": ("Logistics", "Freight"),
    "Property and energy": ("Property", "Energy Services"),
    "Schools": ("Schools Trust",),
}
ENDINGS = ("Group", "Holdings", "North", "South", "& Sons")
"""Where a firm has more clients than places and trades make."""

LIKED = {
    "Food and drink": ("statutory-audit", "corporate-tax-returns", "indirect-tax", "employment-law"),
    "Health and care": ("statutory-audit", "employment-law", "people-consulting", "financial-reporting"),
    "Manufacturing": ("corporate-tax-returns", "transfer-pricing", "statutory-audit", "succession-planning"),
    "Retail and leisure": ("indirect-tax", "employment-law", "commercial-contracts"),
    "Software": ("company-law", "transfer-pricing", "deal-advice", "commercial-contracts"),
    "Logistics": ("indirect-tax", "restructuring", "corporate-tax-returns", "commercial-contracts"),
    "Property and energy": ("corporate-tax-returns", "due-diligence", "commercial-contracts", "financial-reporting"),
    "Schools": ("statutory-audit", "internal-audit", "employment-law"),
}
"""What clients of an industry mostly use."""
SERVICES = {
    "Indirect tax": "indirect-tax",
    "Transfer pricing": "transfer-pricing",
    "Private clients": "succession-planning",
    "Corporate tax": "corporate-tax-returns",
    "Financial reporting": "financial-reporting",
    "Internal audit": "internal-audit",
    "Commercial property": "commercial-contracts",
    "Employment law": "employment-law",
    "Disputes": "dispute-resolution",
    "Corporate law": "company-law",
    "Deals": "deal-advice",
    "Restructuring": "restructuring",
    "People consulting": "people-consulting",
}
"""How people write a service in an ask, and its key in the catalogue."""
NOTES = {
    Use.USES: ("Signed this week.", "The engagement letter is back.", "They asked us to begin at once."),
    Use.COULD_USE: (
        "The finance director sighed when it came up.",
        "They do it by hand, and late.",
        "Mentioned twice at the year-end meeting.",
    ),
    Use.OFFERED: ("Sent two lines; a call is agreed.", "Proposed at the year-end meeting."),
    Use.DECLINED: ("Not this year; ask again after the move.", "Their cousin does it."),
    Use.NOT_A_FIT: ("Too small for it.", "They sold that part of the business."),
}
FLAGS = (
    (FlagKind.INDEPENDENCE, "We audit them. Ask the audit partner before any other service is raised.", None),
    (FlagKind.DO_NOT_APPROACH, "A fee is in dispute. Nobody proposes anything until it is settled.", 40),
    (FlagKind.ASK_FIRST, "The owner is ill. Have a word with the steward first.", 75),
    (FlagKind.DO_NOT_APPROACH, "They are for sale, and we act for a bidder.", 120),
)
"""Kind, reason, and for how many more days it holds."""
POSITIONS = ("Finance director", "Managing director", "Head of HR", "Controller", "Owner", "General counsel")
