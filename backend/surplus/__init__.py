"""What a year left over, and how it is divided."""
