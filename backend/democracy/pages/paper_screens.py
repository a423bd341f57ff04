"""The screens of one member's paper, in paper order, options in the member's own."""

from collections.abc import Sequence
from typing import Any

from backend.democracy.models import Ballot
from backend.democracy.pages.screens import (
    ApprovalScreen,
    ChoiceScreen,
    Option,
    OrderScreen,
    RanksScreen,
    ScaleScreen,
    Screen,
    TokensScreen,
)
from backend.democracy.pages.words import rule_words
from backend.democracy.papers import (
    Asked,
    AskedApproval,
    AskedLimit,
    AskedPackages,
    AskedResolution,
    AskedSeats,
    AskedWeights,
    read_paper,
)
from backend.democracy.selectors.ballots import MyQuestion
from backend.democracy.services import paper_of

YES_NO = (("for", "Yes, I am for it"), ("against", "No, I am against it"))
ABSTAIN = ("abstain", "I abstain")
STAFF = "staff"


def screens_of(questions: Sequence[MyQuestion], *, kind: str) -> list[Screen]:
    """Return one screen for each question of a member's paper; none for whoever has no paper."""
    if not questions:
        return []
    asked = read_paper([question.row for question in questions], kind=kind).questions
    return [_screen(one, question.order) for one, question in zip(asked, questions, strict=True)]


def printed_screens(ballot: Ballot, constituency: int | None) -> list[Screen]:
    """Return the screens of whoever votes in a constituency, options in the order of the paper."""
    paper = paper_of(ballot).for_constituency(constituency)
    return [_screen(one, range(1, one.options + 1)) for one in paper.questions]


def _screen(asked: Asked, order: Sequence[int]) -> Screen:
    words: dict[str, Any] = {
        "id": asked.id,
        "heading": str(asked.row["title"]),
        "note": str(asked.row.get("note", "")),
    }
    match asked:
        case AskedWeights():
            rules = tuple(
                Option(number, *rule_words(name)) for number, name in enumerate(asked.rules, 1)
            )
            return TokensScreen(
                **words,
                rules=rules,
                tokens=asked.tokens,
                present=asked.present,
                floor=asked.floor,
            )
        case AskedLimit():
            return _scale_screen(words, asked)
        case AskedResolution():
            choices = YES_NO if asked.kind == STAFF else (*YES_NO, ABSTAIN)
            return ChoiceScreen(**words, choices=choices)
        case AskedPackages():
            return RanksScreen(**words, options=_options(asked.names, order, _notes(asked)))
        case AskedSeats():
            notes = [str(row.get("note", "")) for row in _rows(asked.row["candidates"])]
            candidates = _options(asked.names, order, notes)
            return OrderScreen(**words, candidates=candidates, seats=asked.seats)
        case AskedApproval():
            return ApprovalScreen(**words, options=_options(asked.names, order, _notes(asked)))
        case _:
            message = f"no screen asks {asked.ask}"
            raise TypeError(message)


def _scale_screen(words: dict[str, Any], asked: AskedLimit) -> ScaleScreen:
    scale, unit = asked.scale, str(asked.row.get("unit", ""))
    shown = range(scale.low, scale.high + 1, scale.step)
    # The step beyond the end that the law closes: people see that there is one, and where.
    beyond = {"high": scale.high + scale.step, "low": scale.low - scale.step}
    closed = beyond.get(str(asked.row.get("law_end", "")))
    return ScaleScreen(
        **words,
        values=tuple((value, scale_label(value, unit)) for value in shown),
        present=asked.present,
        closed=() if closed is None else ((closed, scale_label(closed, unit)),),
        law=str(asked.row.get("law", "")),
    )


def scale_label(value: int, unit: str) -> str:
    """Return a value with its unit; minutes of the day as a time."""
    if unit == "clock":
        return f"{value // 60:02}:{value % 60:02}"
    return f"{value} {unit}".strip()


def _rows(rows: Any) -> list[dict[str, Any]]:
    return list(rows)


def _notes(asked: Asked) -> list[str]:
    notes: Any = asked.row.get("notes") or []
    return [str(one) for one in notes]


def _options(
    names: Sequence[str], order: Sequence[int], notes: Sequence[str] = ()
) -> tuple[Option, ...]:
    return tuple(
        Option(number, names[number - 1], notes[number - 1] if notes else "") for number in order
    )
