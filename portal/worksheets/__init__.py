"""Worksheets: defined in content, filled in by people, saved as they type."""
