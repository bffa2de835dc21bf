"""What the worksheets put on Today."""

from portal.home.sources.reading import Part

PARTS: list[Part] = []
