"""The HTTP parts every app shares."""
