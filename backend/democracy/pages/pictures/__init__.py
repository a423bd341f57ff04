"""Pictures of results as numbers for a drawing: the templates draw them, a table says the same.

All lengths are units of a drawing `WIDTH` wide, which a phone shows at its own width.
"""

WIDTH = 340
"""What a phone of 360 px has room for, so that words in a drawing keep their size there."""
