"""How the roles and the states of disputes are called on the page."""

from portal.credit.models import DisputeState
from portal.pipeline.shares import CreditRole

ROLES = {
    CreditRole.SOURCE: "Source",
    CreditRole.INTRODUCER: "Introducer",
    CreditRole.OPENER: "Opener",
    CreditRole.EXPERT: "Expert",
    CreditRole.CLOSER: "Closer",
    CreditRole.CONTENT: "Content",
}
MEANS = {
    CreditRole.SOURCE: "had the idea or the relationship",
    CreditRole.INTRODUCER: "made the introduction",
    CreditRole.OPENER: "held the first conversation",
    CreditRole.EXPERT: "showed that the firm can do it",
    CreditRole.CLOSER: "agreed the work",
    CreditRole.CONTENT: "an item of the library that helped",
}
STATES = {
    DisputeState.RAISED: "Raised",
    DisputeState.ANSWERED: "Answered",
    DisputeState.DECIDED: "Decided",
    DisputeState.WITHDRAWN: "Taken back",
}
