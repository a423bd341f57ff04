"""Measuring the engine on problem files: one command prints the table, results.md keeps them."""
