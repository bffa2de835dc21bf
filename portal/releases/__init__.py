"""Publishing a message and all that follows from it."""
