"""Learning: modules, their steps, and how far each person has come."""
