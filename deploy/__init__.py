"""How Roundtable is run."""
