"""One client seen whole, merging two into one, and how far the firm's services reach."""
