"""Rows for tests, with safe defaults: a test states only what it is about.

The default organisation has the rules every new one starts with. The default week is
`MONDAY`; a default carer can work every day, a default client can be rostered.
"""

from tests.backend.factories.moments import MONDAY, NOW

__all__ = ["MONDAY", "NOW"]
