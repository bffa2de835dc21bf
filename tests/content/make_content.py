"""A small content folder for tests, and ways to spoil it."""

from pathlib import Path

MODULE = """---
title: Ask for referrals
short: Referrals
order: 1
outcome: Ask.
---
An introduction.
"""
LESSON = """---
kind: lesson
title: Whom to ask
summary: Those who know you.
---
Ask somebody who has seen you work.
"""
CHECK = """---
kind: check
title: What would you say?
pass_mark: 1
questions:
  - key: first
    ask: Which one?
    answers:
      - text: This
        right: true
        why: It fits.
      - text: That
        why: It doesn't.
---
"""
DRILLS = """---
kind: drills
title: Practise
deck: referrals
---
"""
SHEET = """---
kind: worksheet
title: Plan it
worksheet: plan
---
"""
TASK = """---
kind: field-task
title: Do it
logged_as: report
---
Ask one person.
"""
DECK = """---
title: Asking
discipline: referrals
cards:
  - key: one
    kind: recall
    front: What do you say?
    back: Thank you.
  - key: two
    kind: cloze
    front: Ask for {{one}} introduction.
    back: One is enough.
  - key: three
    kind: choice
    front: When?
    options: [Today, Never]
    right: 1
    back: Today is best.
---
"""
WORKSHEET = """---
title: Plan
discipline: referrals
summary: Prepare one request.
minutes: 10
sections:
  - key: who
    title: Who
    fields:
      - key: person
        label: Whom I ask
        kind: line
      - key: asks
        label: My requests
        kind: table
        becomes: referral
        columns:
          - {key: contact, label: Contact, kind: line}
          - {key: organisation, label: Organisation, kind: line}
          - {key: ask, label: Ask, kind: text}
          - {key: next_step, label: Next step, kind: line}
          - {key: next_on, label: On, kind: date}
---
Begin with a name.
"""
PITCH = """---
title: The pitch
change: The first version.
claims:
  - key: opener
    kind: opener
    text: We help owners.
  - key: too-small
    kind: objection
    text: You are too small.
    answer: What would worry you?
---
"""
ITEM = """---
title: A case
kind: case-study
summary: What happened.
disciplines: [referrals]
industries: [retail]
stages: [planned]
review_on: 2027-05-31
---
It went well.
"""
FILES = {
    "modules/referrals/module.md": MODULE,
    "modules/referrals/01-whom.md": LESSON,
    "modules/referrals/02-check.md": CHECK,
    "modules/referrals/03-drills.md": DRILLS,
    "modules/referrals/04-sheet.md": SHEET,
    "modules/referrals/05-task.md": TASK,
    "decks/referrals.md": DECK,
    "worksheets/plan.md": WORKSHEET,
    "pitches/firm.md": PITCH,
    "library/a-case.md": ITEM,
}


def folder(path: Path) -> Path:
    """A folder in which everything is right."""
    for name, text in FILES.items():
        write(path, name, text)
    return path


def write(path: Path, name: str, text: str | bytes) -> None:
    """Put a file into the folder."""
    place = path / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode())


def spoil(path: Path, name: str, before: str, after: str) -> None:
    """Replace some words of a file."""
    text = (path / name).read_text()
    assert before in text
    (path / name).write_text(text.replace(before, after, 1))
