"""Papers are read from files of many programs, and a slip is named with its line."""

import pytest

from backend.counting.blt import read_blt
from backend.counting.input_error import InputError

PLAIN = """3 2
4 1 2 0
3 1 3 0
0
"Ana (Office)"
"Bea"
"Cal"
"Council"
"""


def test_papers_names_and_title() -> None:
    papers = read_blt(PLAIN)

    assert papers.papers == ((4, (1, 2)), (3, (1, 3)))
    assert papers.candidates == ("Ana (Office)", "Bea", "Cal")
    assert (papers.seats, papers.title, papers.valid) == (2, "Council", 7)


def test_comments_blank_lines_and_what_follows_the_title_are_left_out() -> None:
    noisy = (
        "\n# made by a program\r\n3 2 # three, two\r\n\r\n4 1 2 0 # four\r\n  3   1 3 0\r\n0\r\n"
        '"Ana (Office)" # first\r\n"Bea"\r\n\r\n"Cal"\r\n"Council"\r\n"a comment"\r\nmore\r\n'
    )

    assert read_blt(noisy) == read_blt(PLAIN)


def test_a_hash_or_quotes_within_a_name_are_part_of_it() -> None:
    papers = read_blt('2 1\n1 1 0\n0\n"Ana #2"\n"Bea "Bee" Smith"\n"T"')

    assert papers.candidates == ("Ana #2", 'Bea "Bee" Smith')


def test_names_may_stand_on_one_line_or_without_quotes_or_be_missing() -> None:
    assert read_blt('2 1\n1 1 0\n0\n"Ana" "Bea"\n"T"').candidates == ("Ana", "Bea")
    assert read_blt("2 1\n1 1 0\n0\nAna\nBea (Office)").candidates == ("Ana", "Bea (Office)")
    assert read_blt("2 1\n1 1 0\n0\n").candidates == ("Candidate 1", "Candidate 2")


@pytest.mark.parametrize("withdrawn", ["-2", "-2 -1", "-2\n-1"])
def test_papers_skip_who_has_withdrawn(withdrawn: str) -> None:
    papers = read_blt(f"3 1\n{withdrawn}\n2 2 3 0\n1 3 0\n5 2 0\n0\n")

    assert papers.papers == ((3, (3,)),)
    assert 2 in papers.withdrawn
    assert papers.rejected == 5


def test_papers_count_up_to_the_first_gap_or_repeated_or_doubled_mark() -> None:
    papers = read_blt("4 1\n1 1 2 2 3 0\n1 1 - 3 0\n1 1 2=3 4 0\n1 - 1 0\n2 0\n0 3 0\n0\n")

    assert papers.papers == ((2, (1,)), (1, (1, 2)))
    assert papers.rejected == 3


def test_labels_stand_for_one_paper_or_before_a_number_of_papers() -> None:
    assert read_blt("3 1\n(P1) 2 1 0\n(P2) 1 0\n2 3 0\n0\n").papers == (
        (1, (1,)),
        (1, (2, 1)),
        (2, (3,)),
    )
    assert read_blt("3 1\n(P1) 1 2 1 0\n(P2) 1 3 0\n0\n").papers == ((1, (2, 1)), (1, (3,)))
    assert read_blt("3 1\n(P1) 35 2 1 0\n(P2) 1 3 0\n0\n").papers == ((35, (2, 1)), (1, (3,)))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("3\n", "line 1: the first line must hold two numbers"),
        ("3 x\n", "line 1: 'x' is not a number of seats"),
        ("0 1\n0\n", "line 1: there must be 1 to 400 candidates, not 0"),
        ("3 0\n0\n", "line 1: there must be 1 to 10000 seats, not 0"),
        ("3 1\n1 2 0\n", "the file ends before the line with 0"),
        ("3 1\n\n1 2\n0\n", "line 3: the paper does not end with 0"),
        ("3 1\n1 4 0\n0\n", "line 2: there is no candidate 4; they are 1 to 3"),
        ("3 1\n1 two 0\n0\n", "line 2: 'two' is not a candidate's number"),
        ("3 1\n-4\n0\n", "line 2: there is no candidate 4"),
        ("3 1\n1.5 2 0\n0\n", "line 2: '1.5' is not a number of papers"),
        ("3 1\n1 2 0\n-3\n0\n", "line 3: the paper does not end with 0"),
        ('3 1\n1 2 0\n0\n"Ana"\n"Bea"\n', "line 5: the file ends after 2 of 3 names"),
        (f"3 1\n{'9' * 5000} 2 0\n0\n", "is not a number of papers"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_line(text: str, wrong: str) -> None:
    with pytest.raises(InputError, match=wrong.replace("(", r"\(")):
        read_blt(text)
