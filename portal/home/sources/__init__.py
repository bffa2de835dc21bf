"""What other rooms put on Today: one file for each, all read with one statement."""
