"""Clients, who pays for them, and what care was agreed."""
