"""Pages that the server makes itself, for what must work on any phone without a script."""
