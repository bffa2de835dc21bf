"""Tracked links and rooms for one person outside the firm: what they show, and who may have opened them."""
