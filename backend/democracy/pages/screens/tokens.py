"""How much each rule counts: tokens placed one by one, or typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.counting.policy import present_as_tokens
from backend.democracy.pages.screens.screen import Draft, Option, Screen, whole_number


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One rule as it is shown; `focus` says which of its buttons was pressed last."""

    option: Option
    field: str
    given: int
    present: int
    may_add: bool
    may_take: bool
    focus: str


@dataclass(frozen=True)
class TokensScreen(Screen):
    """All tokens are placed on the rules, none on a rule below `floor`."""

    template = "ballots/screens/tokens.html"
    rules: tuple[Option, ...]
    tokens: int
    present: tuple[int, ...]
    floor: int = 0

    @property
    def fields(self) -> Sequence[str]:
        """Return one field for each rule, in paper order."""
        return [self.field(rule.number) for rule in self.rules]

    def press(self, draft: Draft, button: str) -> Draft:
        """Add a token, take one, place them as the present policy does, or take all."""
        given = self._given(draft)
        action, _, number = button.partition(".")
        place = whole_number(number) - 1
        if action == "keep":
            given = self._present
        elif action == "clear":
            given = [0] * len(self.rules)
        elif action == "add" and 0 <= place < len(given) and sum(given) < self.tokens:
            given[place] += 1
        elif action == "take" and 0 <= place < len(given) and given[place] > 0:
            given[place] -= 1
        return {**draft, **dict(zip(self.fields, map(str, given), strict=True))}

    def fault(self, draft: Draft) -> str:
        """Say how many tokens are left, or too many, or which rule has fewer than it must.

        Who placed none leaves the question blank.
        """
        left = self.left(draft)
        if left == self.tokens:
            return ""
        if left > 0:
            return f"You have {_tokens(left)} left. Place {'it' if left == 1 else 'them all'}."
        if left < 0:
            them = "it" if left == -1 else "them"
            return f"You have placed {_tokens(-left)} too many. Take {them} back."
        for rule, given in zip(self.rules, self._given(draft), strict=True):
            if given < self.floor:
                return f"“{rule.label}” needs at least {_tokens(self.floor)}."
        return ""

    def answer(self, draft: Draft) -> list[int] | None:
        """Return the tokens of each rule, in paper order."""
        return self._given(draft) if self.left(draft) < self.tokens else None

    def lines(self, draft: Draft) -> list[tuple[str, str]]:
        """Return each rule with its tokens."""
        given = self.answer(draft) or []
        return [(rule.label, _tokens(n)) for rule, n in zip(self.rules, given, strict=False)]

    def left(self, draft: Draft) -> int:
        """Return how many tokens are not placed yet; below 0 when too many are."""
        return self.tokens - sum(self._given(draft))

    def rows(self, draft: Draft, pressed: str = "") -> list[TokenRow]:
        """Return the rules as they are shown."""
        left, action = self.left(draft), pressed.partition(".")[0]
        rows = []
        for rule, field, given, present in zip(
            self.rules, self.fields, self._given(draft), self._present, strict=True
        ):
            may_add, may_take = left > 0, given > 0
            focus = action if pressed.partition(".")[2] == str(rule.number) else ""
            # A button that just shut cannot hold the focus; the other one of its rule can.
            if focus == "add" and not may_add:
                focus = "take"
            elif focus == "take" and not may_take:
                focus = "add"
            rows.append(TokenRow(rule, field, given, present, may_add, may_take, focus))
        return rows

    @property
    def _present(self) -> list[int]:
        return present_as_tokens(self.present, self.tokens)

    def _given(self, draft: Draft) -> list[int]:
        return [whole_number(draft.get(field, ""), most=self.tokens) for field in self.fields]


def _tokens(number: int) -> str:
    return f"{number} token" if number == 1 else f"{number} tokens"
