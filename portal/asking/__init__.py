"""Before an ask: four lights by the firm's own rules, and whether a colleague asked the same person."""
