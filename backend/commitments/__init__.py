"""Weekly hours owed: to clients by package, to carers by contract, and the gap between."""
