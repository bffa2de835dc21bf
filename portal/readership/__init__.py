"""What readers do with items: must-reads and acknowledgements, comments and answers, what is new for a person."""
