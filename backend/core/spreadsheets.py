"""Text in files that spreadsheets open: none of it may run as a formula."""

# What a spreadsheet would take for a formula, or what our own mark in front of one looks like.
RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
MARK = "'"


def neutral(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; `plain` undoes it."""
    return MARK + text if text.startswith(RISKY) else text


def plain(text: str) -> str:
    """Return the text that `neutral` was given."""
    return text[1:] if text.startswith(MARK) and text[1:].startswith(RISKY) else text
