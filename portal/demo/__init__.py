"""A believable firm to try the portal with, the same for the same seed."""
