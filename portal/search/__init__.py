"""Finding documents by their words: index, spelling, other names, ranking, passages; what they are, others know."""
