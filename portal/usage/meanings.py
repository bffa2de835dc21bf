"""What each figure of an item is called, and the rule behind it in words; pages and exports speak with these."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure: how it is counted in the days, what it is called, and what it means."""

    key: str
    label: str
    meaning: str


BY_DAY = (
    Figure("views", "Reads", "One for each person and day, however often they opened it on that day."),
    Figure("readers", "New readers", "People who read it for the first time."),
    Figure("found", "Found by search", "Times it was opened from the results of a search."),
    Figure("copied", "Copied", "Times somebody copied text of it to use elsewhere."),
    Figure("downloaded", "Downloaded", "Times somebody took the item or one of its files away."),
    Figure("shared", "Shared", "Times a link to it was made for somebody outside the firm."),
    Figure("opened", "Opened", "Times such a link was opened by somebody who is surely a person, not a mail scanner."),
    Figure("used", "Used", "Times it was logged as used with an opportunity or a contact, or named by a client."),
    Figure("helped", "Helped", "People who said that it helped; each person’s last word counts."),
    Figure("did_not_help", "Didn’t help", "People who said that it didn’t help; each person’s last word counts."),
)
"""What is counted by day; a day is the day where the person was."""
PEOPLE = Figure(
    "people",
    "People",
    "Different people who read it in this time. They are counted, and never named.",
)
LABELS = {figure.key: figure.label for figure in BY_DAY}
