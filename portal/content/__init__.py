"""Content files: reading, checking and loading them, all or nothing."""
