"""Adoption: what practice leaders see of their practices, and assigning."""
