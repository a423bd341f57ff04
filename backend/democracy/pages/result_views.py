"""What a declared result says: a sentence, a picture, a table; all read from the package."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.counting import limits, meek, policy, schulze, stv, thresholds, vacancy
from backend.counting.questions import ApprovalQuestion
from backend.counting.stv import Action
from backend.democracy.pages.pictures import WIDTH
from backend.democracy.pages.pictures.scale_columns import scale_columns
from backend.democracy.pages.pictures.stage_flow import stage_flow
from backend.democracy.pages.pictures.weight_bars import LABEL_ROOM, weight_bars

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question's result: how it is headed, which template shows it, and with what."""

    heading: str
    template: str
    shown: dict[str, Any]


@dataclass(frozen=True, slots=True)
class VoteBar:
    """Votes for one answer."""

    label: str
    votes: int
    length: int


def answer_views(
    package: Json, *, headings: Mapping[str, str], labels: Mapping[str, str]
) -> list[AnswerView]:
    """Return the answers of a published package, in its order.

    Parameters
    ----------
    headings
        The questions' words by id; a question without words shows its id.
    labels
        Words for the names of rules; a name without words shows itself.
    """
    answers = package["declared"]["result"]["answers"]
    return [
        AnswerView(
            heading=headings.get(question["id"], question["id"]),
            template=_template(question["method"]),
            shown=_SHOWN[question["method"]](question["inputs"], answer["result"], labels),
        )
        for question, answer in zip(package["questions"], answers, strict=True)
    ]


def _template(method: str) -> str:
    return f"ballots/results/{_SHOWN_LIKE.get(method, method)}.html"


def _weights(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:
    words = [labels.get(rule, rule) for rule in inputs["rules"]]
    bars = weight_bars(words, decided=result["weights"], present=inputs["present"])
    heaviest = max(range(len(bars)), key=lambda place: result["weights"][place])
    first = f"“{bars[heaviest].label}” counts most, with {bars[heaviest].decided}."
    return {"sentence": f"{first} {_turnout(inputs, result)}", "bars": bars}


def _limit(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001
    value, present = result["value"], inputs["present"]
    columns = scale_columns(
        inputs["scale"], chosen=inputs["chosen"], decided=value, present=present
    )
    change = "as before" if value == present else f"before, it was {present}"
    return {
        "sentence": f"Decided: {value} ({change}). {_turnout(inputs, result)}",
        "columns": columns,
        "has_changed": value != present,
    }


def _turnout(inputs: Json, result: Json) -> str:
    said = f"{result['cast']} of {inputs['eligible']} members answered."
    missing = max(0, result["quorum_count"] - result["cast"])
    if missing:
        said += f" That is too few, so what was in force counted {missing} times as well."
    return said


def _resolution(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001
    votes = [("For", inputs["votes_for"]), ("Against", inputs["votes_against"])]
    if result["passed"]:
        said = "Passed."
    elif result["first_meeting"]:
        said = "Carried. A second meeting must confirm it."
    else:
        said = "Not passed."
    taking_part = sum(number for _, number in votes) + inputs["abstain"]
    return {
        "sentence": f"{said} {taking_part} of {inputs['eligible']} members took part.",
        "bars": _vote_bars([*votes, ("Abstained", inputs["abstain"])]),
    }


def _staff(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001
    said = "More" if result["majority_of_staff"] else "Not more"
    return {
        "sentence": f"{said} than half of all {inputs['eligible']} staff said yes.",
        "bars": _vote_bars(
            [("Yes", inputs["yes"]), ("No", inputs["no"]), ("Spoilt", inputs["spoilt"])]
        ),
    }


def _vote_bars(votes: Sequence[tuple[str, int]]) -> list[VoteBar]:
    most = max(1, *(number for _, number in votes))
    room = WIDTH - LABEL_ROOM
    return [VoteBar(label, number, number * room // most) for label, number in votes]


def _approval(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001
    best = ", ".join(inputs["options"][number - 1] for number in result["ranking"][0])
    return {
        "sentence": f"Most would be content with: {best}. {inputs['cast']} members answered.",
        "bars": _vote_bars(list(zip(inputs["options"], inputs["approved"], strict=True))),
    }


def _packages(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001
    options, preferred = inputs["options"], result["preferred"]
    # Options are numbered from 1, as on the paper.
    winner = result["winner"]
    rows = [
        {
            "label": option,
            "is_winner": place + 1 == winner,
            "cells": [
                {
                    "votes": "" if other == place else preferred[place][other],
                    "is_ahead": preferred[place][other] > preferred[other][place],
                }
                for other in range(len(options))
            ],
        }
        for place, option in enumerate(options)
    ]
    return {
        "sentence": f"Chosen: {options[winner - 1]}.",
        "options": options,
        "rows": rows,
    }


def _seats(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001
    elected = result["elected"]
    return _stages(inputs, result, elected) | {
        "sentence": f"Elected: {_names(inputs, elected)}.",
        "quota": result["quota"],
    }


def _free_seat(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001
    elected = [] if result["elected"] is None else [result["elected"]]
    said = f"{_names(inputs, elected)} takes the seat." if elected else "The seat stays empty."
    return _stages(inputs, result, elected) | {"sentence": said}


def _stages(inputs: Json, result: Json, elected: Sequence[int]) -> dict[str, Any]:
    stages = result["stages"]
    words = [_stage_words(stage, inputs["candidates"]) for stage in stages]
    return {
        "flow": stage_flow(stages, words),
        "stages": [
            {
                "number": stage["stage"],
                "words": _with_elected(said, stage, inputs),
                "non_transferable": stage["non_transferable"],
            }
            for stage, said in zip(stages, words, strict=True)
        ],
        "candidates": [
            {
                "number": number,
                "name": name,
                "is_elected": number in elected,
                "votes": [stage["votes"][number - 1] for stage in stages],
            }
            for number, name in enumerate(inputs["candidates"], start=1)
        ],
    }


def _stage_words(stage: Json, candidates: Sequence[str]) -> str:
    if stage["action"] == Action.FIRST_PREFERENCES:
        return "First choices"
    name = candidates[stage["candidate"] - 1]
    if stage["action"] == Action.TRANSFER_SURPLUS:
        return f"What {name} has above the quota goes on"
    return f"{name} drops out"


def _with_elected(said: str, stage: Json, inputs: Json) -> str:
    return (
        f"{said}. Elected: {_names(inputs, stage['elected'])}." if stage["elected"] else f"{said}."
    )


def _meek(inputs: Json, result: Json, labels: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001
    left = ", ".join(inputs["candidates"][number - 1] for number in result["excluded"])
    return {
        "sentence": f"Elected: {_names(inputs, result['elected'])}.",
        "more": f"Dropped out, in this order: {left}." if left else "",
    }


def _names(inputs: Json, numbers: Sequence[int]) -> str:
    return ", ".join(inputs["candidates"][number - 1] for number in numbers) or "nobody"


_SHOWN: Mapping[str, Callable[[Json, Json, Mapping[str, str]], dict[str, Any]]] = {
    policy.METHOD: _weights,
    limits.METHOD: _limit,
    thresholds.RESOLUTION_METHOD: _resolution,
    thresholds.SPIN_OUT_METHOD: _staff,
    ApprovalQuestion.method: _approval,
    schulze.METHOD: _packages,
    stv.METHOD: _seats,
    meek.METHOD: _meek,
    vacancy.METHOD: _free_seat,
}

_SHOWN_LIKE = {
    thresholds.SPIN_OUT_METHOD: thresholds.RESOLUTION_METHOD,
    ApprovalQuestion.method: thresholds.RESOLUTION_METHOD,
    vacancy.METHOD: stv.METHOD,
}
"""Counts that are shown like another."""
