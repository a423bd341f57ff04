"""Pages of sign-in that need no script."""
