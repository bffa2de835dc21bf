"""What this room shows on the page of an item, and on the page of an opportunity."""

from typing import Any

from portal.accounts.viewer import Viewer
from portal.library.beside import Beside as BesideItem
from portal.library.models import ItemState
from portal.pipeline.beside import Beside as BesideOpportunity
from portal.pipeline.models import Opportunity
from portal.usage import queries
from portal.usage.forms import UsedForm
from portal.usage.wording import how_said

READABLE = (ItemState.PUBLISHED, ItemState.UNDER_REVIEW)


def on_item(viewer: Viewer, item: Any) -> BesideItem | None:
    """With what one used it, and the way to say so."""
    if item.state not in READABLE:
        return None
    own, form = queries.own(viewer, item.id), UsedForm(formdata=None)
    form.offer(own.open)
    return BesideItem("usage/_used_with.html", {"form": form, "links": own.links, "how_said": how_said})


def on_opportunity(viewer: Viewer, opportunity: Opportunity) -> BesideOpportunity | None:
    """Content that was used with it."""
    values = {"rows": queries.used_with(opportunity), "viewer_id": viewer.id, "how_said": how_said}
    return BesideOpportunity("usage/_content_used.html", values)
