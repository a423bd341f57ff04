"""Carers: contracts, availability, absences, skills and checks."""
