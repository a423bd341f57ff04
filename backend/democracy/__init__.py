"""How members decide: questions put to a vote, and how the votes are counted."""
