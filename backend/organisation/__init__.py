"""The co-operative, its branches, and the dated rules its members decide."""
