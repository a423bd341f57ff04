"""Keeping carers: who comes, who stays and for how long."""
