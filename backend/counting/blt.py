"""Ranked papers in the BLT format, as election programs exchange them.

```text
4 2                    candidates, seats
-3                     candidate 3 has withdrawn
28 1 2 0               28 papers: first 1, then 2; 0 ends the paper
(P17) 2 0              one paper with a label
1 2 - 4 0              a gap: counted as far as candidate 2
0                      end of the papers
"Ana (Office)"         names in number order, then the title
```

Comments begin with `#`; blank lines and what follows the title are ignored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backend.counting.input_error import InputError
from backend.counting.profile import Profile, profile

MOST_CANDIDATES = 400
MOST_SEATS = 10_000
MOST_DIGITS = 15

_LABEL = re.compile(r"\([^)]*\)")
_WITHDRAWN = re.compile(r"-\d+(\s+-\d+)*$")
_NAMES = re.compile(r'"([^"]*)"(?:\s+|$)')


@dataclass(frozen=True)
class _Line:
    number: int
    text: str

    def refuse(self, wrong: str) -> InputError:
        return InputError(f"line {self.number}", wrong)

    def words(self) -> list[str]:
        return self.text.split()

    def whole(self, word: str, what: str) -> int:
        if not (word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS):
            raise self.refuse(f"{word!r} is not {what}")
        return int(word)


@dataclass(frozen=True)
class _Head:
    candidates: int
    seats: int


def first_sign(text: str) -> str:
    """Return the first sign that is not in a comment; a BLT file has a digit there."""
    return next(_lines(text), _Line(0, "")).text[:1]


def read_blt(text: str) -> Profile:
    """Return the papers of a BLT file.

    Raises
    ------
    InputError
        Names the first line that cannot be understood.
    """
    lines = _lines(text)
    head = _read_head(lines)
    withdrawn: set[int] = set()
    lines_of_papers: list[_Line] = []
    for line in lines:
        if line.text == "0":
            break
        if _WITHDRAWN.match(line.text) and not lines_of_papers:
            withdrawn |= {_candidate(line, mark.removeprefix("-"), head) for mark in line.words()}
        else:
            lines_of_papers.append(line)
    else:
        raise InputError("", "the file ends before the line with 0 that ends the papers")
    papers = _read_papers(lines_of_papers, head)
    names, title = _read_names(lines, head)
    return profile(
        seats=head.seats, candidates=names, papers=papers, withdrawn=withdrawn, title=title
    )


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), 1):
        stripped = _without_comment(line).strip()
        if stripped:
            yield _Line(number, stripped)


def _without_comment(line: str) -> str:
    """Cut a comment off; a # within a quoted name is part of the name."""
    quoted = False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == "#" and not quoted:
            return line[:place]
    return line


def _read_head(lines: Iterator[_Line]) -> _Head:
    line = next(lines, None)
    if line is None:
        raise InputError("", "the file is empty")
    words = line.words()
    if len(words) != 2:
        raise line.refuse("the first line must hold two numbers: candidates and seats")
    candidates, seats = (
        line.whole(word, f"a number of {what}")
        for word, what in zip(words, ("candidates", "seats"), strict=True)
    )
    if not 1 <= candidates <= MOST_CANDIDATES:
        raise line.refuse(f"there must be 1 to {MOST_CANDIDATES} candidates, not {candidates}")
    if not 1 <= seats <= MOST_SEATS:
        raise line.refuse(f"there must be 1 to {MOST_SEATS} seats, not {seats}")
    return _Head(candidates, seats)


def _read_papers(lines: list[_Line], head: _Head) -> list[tuple[int, list[int | None]]]:
    words = [_LABEL.sub(" ", line.text).split() for line in lines]
    for line, marks in zip(lines, words, strict=True):
        if marks[-1:] != ["0"]:
            raise line.refuse("the paper does not end with 0")
    labelled = [
        marks for line, marks in zip(lines, words, strict=True) if line.text.startswith("(")
    ]
    label_counts_as_one = not _have_numbers_of_papers(labelled, head)
    papers = []
    for line, marks in zip(lines, words, strict=True):
        if label_counts_as_one and line.text.startswith("("):
            times, ranking = 1, marks
        elif len(marks) > 1:
            times, ranking = line.whole(marks[0], "a number of papers"), marks[1:]
        else:
            raise line.refuse("the paper does not say how often it was cast")
        papers.append((times, [_mark(line, mark, head) for mark in ranking[:-1]]))
    return papers


def _have_numbers_of_papers(labelled: list[list[str]], head: _Head) -> bool:
    """Return whether labelled papers also say how many they are; programs differ in that.

    They do if each begins with 1 and goes on, or if one makes no sense otherwise: with a number
    that is no candidate's, or one that comes twice.
    """
    if all(marks[0] == "1" and len(marks) > 2 for marks in labelled):
        return True
    return any(
        len({*marks}) < len(marks)
        or any(mark.isdigit() and int(mark) > head.candidates for mark in marks)
        for marks in labelled
    )


def _mark(line: _Line, word: str, head: _Head) -> int | None:
    """Return whom one place of a paper names; None for a gap or for several at once."""
    if word == "-":
        return None
    if "=" in word:
        for part in word.split("="):
            _candidate(line, part, head)
        return None
    return _candidate(line, word, head)


def _candidate(line: _Line, word: str, head: _Head) -> int:
    number = line.whole(word, "a candidate's number")
    if not 1 <= number <= head.candidates:
        raise line.refuse(f"there is no candidate {number}; they are 1 to {head.candidates}")
    return number


def _read_names(lines: Iterator[_Line], head: _Head) -> tuple[list[str], str]:
    """Return names and title; a file without any names gets numbers for names."""
    names: list[str] = []
    last = ""
    for line in lines:
        names += _names_in(line)
        last = f"line {line.number}"
        if len(names) > head.candidates:
            break
    if not names:
        return [f"Candidate {number}" for number in range(1, head.candidates + 1)], ""
    if len(names) < head.candidates:
        raise InputError(last, f"the file ends after {len(names)} of {head.candidates} names")
    title = names[head.candidates] if len(names) > head.candidates else ""
    return names[: head.candidates], title


def _names_in(line: _Line) -> list[str]:
    text = line.text.replace('\\"', "'")
    if _NAMES.sub("", text) == "":
        return [name.strip() for name in _NAMES.findall(text)]
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return [text[1:-1].strip()]
    return [text]
