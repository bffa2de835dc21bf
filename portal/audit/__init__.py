"""What happened: an append-only log of security events and admin actions."""
