"""The demonstration co-operative: fictional people, realistic sizes."""
