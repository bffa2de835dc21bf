"""The studio: where marketing writes, revises and publishes."""
