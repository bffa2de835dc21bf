"""Who brought in what: a ledger of shared credit, disputes about it, and what hangs on whom."""
