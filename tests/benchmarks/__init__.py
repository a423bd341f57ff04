"""Measurements of the whole system; they run when they are asked for by name."""
