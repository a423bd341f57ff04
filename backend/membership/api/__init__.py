"""The HTTP layer of this app."""
