"""The tables that are searched in. Only `index` and `changes` write them; they can be made anew at any time."""

from sqlalchemy import Integer, LargeBinary, Text, column, table

ENTRIES = table("item_search_entries", column("term", Text), column("block", Integer), column("entries", LargeBinary))
"""Which documents have a word, by its stem; the entries of neighbouring ones lie in one row, see `postings`. A document
is an item of the library, and is called so by the columns."""
TEXTS = table("item_search_texts", column("item_id", Integer), column("text", Text), column("words", Text))
"""What a document says, as plain text for passages; and every different word of it and of its files."""
WORDS = table("item_search_words", column("word", Text), column("items", Integer), column("changed", Integer))
"""How many documents have a word; the list by which spelling is corrected and beginnings are completed."""
CHANGES = table("item_search_changes", column("number", Integer), column("token", Text), column("item_id", Integer))
"""What changed, newest last; without a document: everything. So others read anew only what changed."""
STATE = table("item_search_state", column("id", Integer), column("token", Text), column("number", Integer))
"""One row: the newest change. Its token is random rather than the number alone, so that a change that was
undone is never mistaken for a later one."""
