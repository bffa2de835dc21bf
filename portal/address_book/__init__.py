"""The ways in and out of the network by file: LinkedIn, vCard, CSV and XLSX, with duplicates, merging and undo."""
