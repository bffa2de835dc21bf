"""Reciting the pitch, and what came of it."""
