"""An item on its way out and back: checks, schedule, expiry, review dates, owners."""
