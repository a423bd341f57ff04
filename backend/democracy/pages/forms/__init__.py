"""What the returning officer types in, read field by field; a fault stands beside its field."""
