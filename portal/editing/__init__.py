"""Writing together: what is typed and not saved yet, and bringing two editors' changes together."""
