"""What was used with which opportunity, how useful items are, and what is decided about them."""
