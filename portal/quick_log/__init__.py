"""Logging a touch, an ask and the next step from one line, or from a file that was dropped on the page."""
