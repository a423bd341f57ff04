"""Measuring the engine: one command prints the tables, docs/benchmarks.md keeps them."""
