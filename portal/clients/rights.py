"""Who may change a client: its steward, the leaders of its practice, and admins. Anybody may say what a client uses."""

from collections.abc import Iterable

from portal.access import Can
from portal.accounts.viewer import Viewer


def may_change(viewer: Viewer, *, steward_id: int | None, practice_path: str, led: Iterable[str]) -> bool:
    """Whether somebody may correct a client, flag it, or hand it to another steward; `led` are the paths they lead."""
    if Can.ADMINISTER in viewer.powers or (steward_id is not None and steward_id == viewer.id):
        return True
    return any(practice_path.startswith(path) for path in led)
