"""Reads of the rota, by subject; what a viewer may see starts in `visibility`."""
