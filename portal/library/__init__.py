"""The library: items that help in a conversation, their revisions, and finding them."""
