"""Background work: saved with its cause, run after the commit, tried again when it fails."""
