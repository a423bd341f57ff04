"""Who owns and controls the co-operative: members, shares, seats, and what follows from them."""
