"""Skills that are in date for a part of the week only, in a format that knows no dates.

A problem's skills hold for the whole week. Training that runs out (or is completed) inside the
week must not keep a carer from the days on which it is in date, nor let them work on the others.
So for the days on which that makes a difference, and for no others, the skill gets a name of its
own, such as `medication@fri`: visits of that day ask for it, and carers in date on it have it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from backend.core.periods import Week

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAYS = frozenset(range(len(DAY_NAMES)))
SEPARATOR = "@"


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """A skill of a carer, and the days of the week (0 is Monday) on which it is in date."""

    carer: int
    code: str
    days: frozenset[int]


class SkillDays:
    """The names of skills in one week's problem."""

    def __init__(self, held: Iterable[HeldSkill]) -> None:
        self._held: dict[int, list[HeldSkill]] = defaultdict(list)
        self._split: dict[str, set[int]] = defaultdict(set)
        for skill in held:
            if skill.days:
                self._held[skill.carer].append(skill)
                self._split[skill.code] |= ALL_DAYS - skill.days

    def needed(self, codes: Iterable[str], day: int) -> tuple[str, ...]:
        """Return what a visit of a day asks for, in alphabetical order."""
        return tuple(sorted(self._name(code, day) for code in codes))

    def of_carer(self, carer: int) -> tuple[str, ...]:
        """Return what a carer has, in alphabetical order."""
        names: set[str] = set()
        for skill in self._held[carer]:
            names.update(self._name(skill.code, day) for day in skill.days)
        return tuple(sorted(names))

    def _name(self, code: str, day: int) -> str:
        # .get: asking must not add an entry for a skill that nobody has.
        differs = day in self._split.get(code, ())
        return f"{code}{SEPARATOR}{DAY_NAMES[day]}" if differs else code


def days_in_date(completed_on: date | None, ends_before: date | None, week: Week) -> frozenset[int]:
    """Return the days of a week on which training is in date, 0 is Monday."""
    return frozenset(
        number
        for number, day in enumerate(week.days())
        if (completed_on is None or completed_on <= day)
        and (ends_before is None or day < ends_before)
    )


def plain_code(name: str) -> str:
    """Return the code of the skill behind a name of a problem."""
    return name.split(SEPARATOR)[0]


def plain_names(names: Mapping[str, str], codes: Iterable[str]) -> list[str]:
    """Return the words for codes or names of a problem; a code without words stays as it is."""
    return [names.get(plain_code(code), plain_code(code)) for code in codes]
