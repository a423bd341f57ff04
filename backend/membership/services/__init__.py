"""Everything that changes memberships, shares and seats."""
