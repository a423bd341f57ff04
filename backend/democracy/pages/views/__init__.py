"""The pages themselves: each reads the request, calls one service or selector, and shows it."""
