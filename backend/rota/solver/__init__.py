"""The one door to `scheduler`: rows become a problem, a solution becomes a proposal."""
