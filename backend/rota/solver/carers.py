"""The carers of a branch week, as the scheduler sees them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from backend.core.periods import Week
from backend.people.models import Carer, CarerSkill, Contract
from backend.people.selectors import (
    Window,
    available_minutes,
    contracts_in_force,
    without_barred_days,
)
from backend.rota.models import Rota
from backend.rota.selectors.last_week import LastWeek, last_weeks
from backend.rota.solver.ids import branch_id, carer_id
from backend.rota.solver.skill_days import HeldSkill, SkillDays, days_in_date
from backend.rota.solver.wishes import wishes_of_week
from scheduler import Carer as ProblemCarer
from scheduler import Wish
from scheduler.units import DAY


@dataclass(frozen=True, slots=True)
class CarersOfWeek:
    """The carers of a rota, in the order of their keys, and all that says what they can work."""

    carers: Sequence[Carer]
    contracts: Mapping[int, Contract]
    available: Mapping[int, tuple[Window, ...]]
    usually_available: Mapping[int, tuple[Window, ...]]
    last: Mapping[int, LastWeek]
    wishes: Mapping[int, Sequence[Wish]]
    skills: SkillDays


def carers_of_week(rota: Rota, week: Week, zone: ZoneInfo) -> CarersOfWeek:
    """Read the carers of a branch who are employed in a week or stand in its rota."""
    carers = list(
        Carer.objects.filter(
            Q(branch=rota.branch_id)
            & (Q(starts_on__isnull=True) | Q(starts_on__lt=week.ends_before))
            & (Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on))
            | Q(assignments__visit__rota=rota)
        )
        .distinct()
        .order_by("pk")
    )
    available = available_minutes(carers, week, zone)
    usual = available_minutes(carers, week, zone, less_absences=False)
    under_contract = _days_under_contract(carers, week)
    return CarersOfWeek(
        carers=carers,
        contracts=contracts_in_force(carers, week),
        available=_on(under_contract, without_barred_days(carers, available, week)),
        usually_available=_on(under_contract, usual),
        last=last_weeks([carer.pk for carer in carers], week),
        wishes=wishes_of_week(rota.branch, [carer.pk for carer in carers], week),
        skills=SkillDays(_held_skills(rota, carers, week)),
    )


def problem_carer(row: Carer, week: CarersOfWeek, home: str) -> ProblemCarer:
    """Return one carer of the problem; without a contract in force, one who can take nothing.

    What the law leaves of their week is `law_limits.within_law`.
    """
    contract = week.contracts.get(row.pk)
    last = week.last.get(row.pk, LastWeek())
    return ProblemCarer(
        id=carer_id(row.pk),
        branch=branch_id(row.branch_id),
        home=home,
        mode=row.travel_mode,
        gender=row.gender,
        skills=week.skills.of_carer(row.pk),
        guaranteed_minutes=_guarantee(contract, row.pk, week),
        max_week_minutes=contract.maximum_minutes if contract else 0,
        max_days=contract.max_days if contract else 0,
        available=week.available[row.pk],
        last_end=last.last_end,
        worked_last_weekend=last.worked_weekend,
        preferences=tuple(week.wishes.get(row.pk, ())),
    )


def _days_under_contract(carers: Iterable[Carer], week: Week) -> dict[int, set[int]]:
    """Return the days (0 is Monday) on which each carer has a contract, whichever it is."""
    days: dict[int, set[int]] = defaultdict(set)
    for carer, starts_on, ends_before in Contract.objects.filter(
        carer__in=list(carers), starts_on__lt=week.ends_before
    ).values_list("carer_id", "starts_on", "ends_before"):
        days[carer] |= days_in_date(starts_on, ends_before, week)
    return days


def _on(
    days: Mapping[int, set[int]], available: Mapping[int, tuple[Window, ...]]
) -> dict[int, tuple[Window, ...]]:
    """Return the windows that lie on the days of each carer."""
    return {
        carer: tuple(window for window in windows if window[0] // DAY in days.get(carer, ()))
        for carer, windows in available.items()
    }


def _guarantee(contract: Contract | None, carer: int, week: CarersOfWeek) -> int:
    """Return the hours to be filled: a carer who is away for a part is owed the rest by work."""
    usual = sum(end - start for start, end in week.usually_available[carer])
    if contract is None or not usual:
        return 0
    left = sum(end - start for start, end in week.available[carer])
    return contract.guaranteed_minutes * left // usual


def _held_skills(rota: Rota, carers: Iterable[Carer], week: Week) -> list[HeldSkill]:
    """Return the carers' skills, and those of other branches that change inside the week.

    A skill's names must be the same in all branches, or a carer could be lent on a day on which
    their training is out of date.
    """
    inside = Q(completed_on__gt=week.starts_on, completed_on__lt=week.ends_before) | Q(
        ends_before__gt=week.starts_on, ends_before__lt=week.ends_before
    )
    return [
        HeldSkill(carer, code, days_in_date(completed_on, ends_before, week))
        for carer, code, completed_on, ends_before in CarerSkill.objects.filter(
            Q(carer__in=list(carers))
            | inside & Q(carer__branch__organisation=rota.branch.organisation_id)
        )
        .values_list("carer_id", "skill__code", "completed_on", "ends_before")
        .order_by("carer", "skill__code")
    ]
