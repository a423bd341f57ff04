"""The members' pages of ballots, made by the server: they need no script and remember nothing."""
