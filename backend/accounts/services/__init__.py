"""Writes of users and their roles; each is one transaction with its audit entry."""
