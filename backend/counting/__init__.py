"""Counting, pure and exact: votes go in, a result and its proof come out.

Standard library only, so that a count needs no database, no settings and no installation.
"""
