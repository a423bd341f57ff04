"""Exact answers by OR-Tools: proofs about small weeks, and what an open visit would need."""
