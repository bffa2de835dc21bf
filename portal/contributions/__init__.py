"""What practitioners write or have an idea for; marketing edits, the author accepts, and both see what it led to."""
