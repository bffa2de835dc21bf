"""Small running totals per practice, discipline and day, kept in the same transaction as what they count."""
