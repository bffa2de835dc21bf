"""Taking the rules of asking over from content: all files together are one version."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from portal.asking.models import AskRuleVersion
from portal.db import db
from portal.errors import Refused
from portal.markup import fingerprint, rendered

SPANS = ("asked_within", "planned_within")


def load(files: Sequence[dict[str, Any]], *, now: datetime) -> list[str]:
    """Take the rules over from their files, each with key, title, text and rules. What differs in any of them makes a
    new version of the whole; checks that were kept stay with theirs."""
    if not files:
        return []
    days: dict[str, Any] = {name: one[name] for one in files for name in SPANS if name in one}
    _differ(files)
    mark = fingerprint([[one["key"], one["title"], one["text"], one["rules"]] for one in files], days)
    newest = db.session.scalar(select(func.max(AskRuleVersion.number))) or 0
    known = db.session.get(AskRuleVersion, newest) if newest else None
    if known and known.fingerprint == mark:
        return []
    subjects = [
        {"key": one["key"], "title": one["title"], "html": rendered(one["text"]), "rules": one["rules"]}
        for one in files
    ]
    db.session.add(AskRuleVersion(number=newest + 1, subjects=subjects, days=days, fingerprint=mark, at=now))
    db.session.flush()  # checks refer to it
    return [f"rules of asking: {'new' if not newest else f'version {newest + 1}'}"]


def _differ(files: Sequence[dict[str, Any]]) -> None:
    seen: dict[str, str] = {}
    for one in files:
        for rule in one["rules"]:
            if rule["key"] in seen:
                raise Refused(f"The rule '{rule['key']}' stands in rules/{seen[rule['key']]}.md already.")
            seen[rule["key"]] = one["key"]
