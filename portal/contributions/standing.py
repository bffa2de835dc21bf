"""Where a contribution stands, in words, and who may do what with it now. Pure."""

from portal.contributions.models import Form, State
from portal.library.kinds import Kind

PUBLISHED = "published"
"""A state of its own on the page; it follows from the item."""

FORMS = {
    Form.POST: "Post",
    Form.ARTICLE: "Bylined article",
    Form.CASE_STUDY: "Case study",
    Form.INDUSTRY_UPDATE: "Industry update",
    Form.SLIDES: "Slides",
}
KIND = {
    Form.POST: Kind.ARTICLE,
    Form.ARTICLE: Kind.ARTICLE,
    Form.CASE_STUDY: Kind.CASE_STUDY,
    Form.INDUSTRY_UPDATE: Kind.INDUSTRY_UPDATE,
    Form.SLIDES: Kind.SLIDE_DECK,
}
"""What it is in the library."""
STATES = {
    State.IDEA: "An idea",
    State.DRAFT: "Draft",
    State.SUBMITTED: "Handed in",
    State.WITH_MARKETING: "With marketing",
    State.SUGGESTIONS: "Suggestions to look at",
    State.ACCEPTED: "In the library soon",
    PUBLISHED: "Published",
    State.DECLINED: "Not taken",
    State.WITHDRAWN: "Withdrawn",
}
EDITED_BY_AUTHORS = frozenset({State.IDEA, State.DRAFT, State.SUBMITTED})
"""While nobody at marketing works on it."""
HANDED_IN = frozenset({State.SUBMITTED, State.WITH_MARKETING, State.SUGGESTIONS, State.ACCEPTED, State.DECLINED})
"""What marketing sees; ideas and drafts are their authors' alone."""
CAN_BE_WITHDRAWN = frozenset({State.IDEA, State.DRAFT, State.SUBMITTED, State.WITH_MARKETING, State.SUGGESTIONS})
