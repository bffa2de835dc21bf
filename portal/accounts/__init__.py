"""People: who they are, which practice they belong to, what they may do, and how they sign in."""
