"""What an owner allows at a client's page."""

from portal.network.models import Contact


def show_at_client(contact: Contact, *, is_shown: bool) -> None:
    """Let the client's page name a contact and who knows them, or no longer."""
    if contact.is_shown_at_client != is_shown:
        contact.is_shown_at_client = is_shown
