"""A practitioner's own contacts, when to be in touch with them, and when they were."""
