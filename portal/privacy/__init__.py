"""Leaving the firm: one's own contacts go along and are erased, the firm's things pass on, the statistics stay."""
