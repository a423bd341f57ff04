"""What is said of a file that cannot be counted."""


class InputError(ValueError):
    """What was given cannot be counted; the message names the place in it and what is wrong.

    Parameters
    ----------
    place
        A line (`line 12`) or a path (`cases[3].votes`); empty for the file as a whole.
    """

    def __init__(self, place: str, wrong: str) -> None:
        super().__init__(f"{place}: {wrong}" if place else wrong)
        self.place = place
        self.wrong = wrong
