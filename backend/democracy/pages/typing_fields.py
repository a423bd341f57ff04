"""A paper form as one page of plain fields, quick to type in; the same drafts as on the screens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from backend.democracy.pages.screens import (
    ApprovalScreen,
    ChoiceScreen,
    Draft,
    OrderScreen,
    RanksScreen,
    ScaleScreen,
    Screen,
    TokensScreen,
)

NO_ANSWER = ("", "No answer")


@dataclass(frozen=True, slots=True)
class TypedField:
    """One field: a list to choose from, a tick, or (neither) text."""

    name: str
    label: str
    value: str
    choices: Sequence[tuple[str, str]] = ()
    is_tick: bool = False


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """One question of the form; `help` says how to type it in."""

    heading: str
    help: str
    fields: Sequence[TypedField]


@sensitive_variables("draft")
def typed_question(screen: Screen, draft: Draft) -> TypedQuestion:
    """Return the fields of a question with what is typed so far."""

    def field(name: str, label: str, choices: Sequence[tuple[str, str]] = ()) -> TypedField:
        return TypedField(name, label, draft.get(name, ""), choices)

    match screen:
        case TokensScreen():
            rows = zip(screen.fields, screen.rules, strict=True)
            return TypedQuestion(
                screen.heading,
                f"All {screen.tokens} tokens, or none.",
                [field(name, rule.label) for name, rule in rows],
            )
        case ScaleScreen():
            values = [(str(value), label) for value, label in screen.values]
            return _single(screen, field(screen.fields[0], screen.heading, [NO_ANSWER, *values]))
        case ChoiceScreen():
            return _single(
                screen, field(screen.fields[0], screen.heading, [NO_ANSWER, *screen.choices])
            )
        case OrderScreen():
            names = ", ".join(f"{one.number} {one.label}" for one in screen.candidates)
            label = "Numbers, first preference first"
            return TypedQuestion(
                screen.heading, f"With commas. {names}", [field(screen.fields[0], label)]
            )
        case RanksScreen():
            places = [("", "No place"), *((str(place), str(place)) for place in screen.places)]
            options = zip(screen.fields, screen.options, strict=True)
            return TypedQuestion(
                screen.heading,
                "The place that each has.",
                [field(name, option.label, places) for name, option in options],
            )
        case ApprovalScreen():
            return TypedQuestion(
                screen.heading,
                "",
                [
                    TypedField(row.field, row.option.label, draft.get(row.field, ""), is_tick=True)
                    for row in screen.rows(draft)
                ],
            )
        case _:
            message = f"no fields for {type(screen).__name__}"
            raise TypeError(message)


@sensitive_variables("draft")
def typing_fault(screens: Sequence[Screen], draft: Draft) -> str:
    """Say what of a form cannot be what stands on it; empty when all can.

    On a screen a wrong number is left out in sight of the voter; here it is a slip of the hand.
    """
    faults = []
    for screen in screens:
        fault = screen.fault(draft)
        if isinstance(screen, OrderScreen) and not fault:
            typed = draft.get(screen.fields[0], "").replace(" ", "").strip(",")
            if typed != ",".join(map(str, screen.order(draft))):
                fault = "a number is not on the paper, or stands there twice."
        if fault:
            faults.append(f"{screen.heading}: {fault}")
    if not faults and all(screen.answer(draft) is None for screen in screens):
        return "This form has no answer. Leave blank and spoilt forms out."
    return " ".join(faults)


def _single(screen: Screen, field: TypedField) -> TypedQuestion:
    return TypedQuestion(screen.heading, "", [field])
