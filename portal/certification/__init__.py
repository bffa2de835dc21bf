"""Being passed on a version of the pitch: what it needs, when it goes stale, and how to prove it."""
