"""What practitioners ask marketing for, with votes, and what they hear outside; each is answered."""
