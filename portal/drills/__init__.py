"""Drills: cards in decks, asked again when FSRS says they are about to be forgotten."""
