"""What comes round: telling authors that their piece is published, however it was published."""

from datetime import datetime

from portal.contributions import letters, queries
from portal.db import db
from portal.jobs import services as jobs


def tell_authors(now: datetime) -> None:
    """A round: each author is told once."""
    for contribution in queries.just_published():
        contribution.told_at = now
        for author in contribution.authors:
            author.news_at = now
            if author.person.is_active and contribution.item is not None:
                letters.published(
                    author.person,
                    title=contribution.item.title,
                    contribution_id=contribution.id,
                    item_key=contribution.item.key,
                )
    db.session.commit()
    jobs.hand_over()
