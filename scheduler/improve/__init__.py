"""The search for a better week: a compiled kernel, and CP-SAT where exactness pays."""
