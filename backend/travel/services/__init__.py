"""Writes of travel times."""
