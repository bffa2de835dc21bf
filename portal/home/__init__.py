"""Today: what to do now, in two minutes."""
