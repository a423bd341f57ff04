"""Writes to the rota, one module for each use case."""
