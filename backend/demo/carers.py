"""The carers of a branch: contracts, availability, training, checks, time away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Model

from backend.core.periods import WEEK_DAYS, at_wall_minute
from backend.demo.figures import Deck, Share, seeded
from backend.demo.names import NameBook
from backend.demo.places import BranchPlan, Town, somewhere
from backend.organisation.models import Branch, Skill
from backend.people.models import (
    Absence,
    AbsenceKind,
    Availability,
    Carer,
    CarerCheck,
    CarerSkill,
    CheckKind,
    Contract,
    Gender,
    PayRate,
    TravelMode,
    VisaHours,
    WorkingTimeOptOut,
)

Windows = tuple[tuple[int, int], ...]

WEEKEND = (5, 6)
HISTORY_WEEKS = 5
"""Weeks before the current one for which the carers' papers must already have held."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """When a kind of carer works: minutes of weekdays and of Saturday and Sunday."""

    name: str
    weekdays: Windows
    weekend: Windows
    guarantees: tuple[int, ...]


WHOLE_DAY = ((405, 1380),)
PATTERNS = (
    Share(Pattern("early", ((405, 885),), ((405, 885),), (0, 16, 20, 25, 25, 30)), 0.24),
    Share(Pattern("late", ((870, 1380),), ((870, 1380),), (0, 16, 20, 25, 30)), 0.21),
    Share(Pattern("long", WHOLE_DAY, WHOLE_DAY, (0, 0, 20, 25, 30)), 0.29),
    Share(
        Pattern("split", ((405, 720), (960, 1350)), ((405, 720), (960, 1350)), (0, 16, 20, 25)),
        0.11,
    ),
    Share(Pattern("school", ((555, 900),), (), (0, 10, 16)), 0.07),
    Share(Pattern("weekend", (), WHOLE_DAY, (0, 10)), 0.05),
    Share(Pattern("evening", ((1020, 1380),), ((1020, 1380),), (0, 10, 16)), 0.03),
)

MODES = (
    Share(TravelMode.CAR, 0.74),
    Share(TravelMode.WALK, 0.16),
    Share(TravelMode.CYCLE, 0.10),
)
GENDERS = (Share(Gender.FEMALE, 0.83), Share(Gender.MALE, 0.16), Share(Gender.OTHER, 0.01))

SKILL_SHARES = {
    "personal_care": 1.0,
    "medication": 0.90,
    "moving_handling": 0.91,
    "dementia": 0.55,
    "catheter": 0.30,
    "peg": 0.13,
    "safeguarding": 1.0,
    "basic_life_support": 1.0,
}
YEAR_DAYS = 365.25
STUDENT_MINUTES = 20 * 60
MOST_OF_A_STUDENT = 16 * 60
"""Nobody is guaranteed more than a visa allows, with room for the ways."""

PAID_FOR_ALL = (1360, 1271, 1271, 35)
PAID_FOR_CONTACT = (1420, 0, 0, 25)
"""Pence an hour with clients, on the way and waiting, and a mile; the second is too little for
most weeks, as section 2.3 of the domain rules shows."""

SHARED_WEEKENDS = 0.40
"""Share of carers who work every other weekend."""


@dataclass
class MadeCarers:
    """Rows that are not yet in the database, in the order in which they can be put there."""

    carers: list[Carer] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    availability: list[Availability] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    skills: list[CarerSkill] = field(default_factory=list)
    checks: list[CarerCheck] = field(default_factory=list)
    opt_outs: list[WorkingTimeOptOut] = field(default_factory=list)
    visa_hours: list[VisaHours] = field(default_factory=list)
    pay_rates: list[PayRate] = field(default_factory=list)
    codes: dict[int, frozenset[str]] = field(default_factory=dict)
    """Codes of what each carer can do, by place in `carers`."""


class CarerMaker:
    """Makes one branch's carers from its own random numbers."""

    def __init__(
        self,
        branch: Branch,
        plan: BranchPlan,
        towns: tuple[Town, ...],
        skills: dict[str, Skill],
        monday: date,
        zone: ZoneInfo,
    ) -> None:
        self.rng = seeded(f"carers of {plan.external_id}")
        self.branch, self.plan, self.towns, self.skills = branch, plan, towns, skills
        self.monday, self.zone = monday, zone
        self.long_ago = monday - timedelta(weeks=52)
        self.made = MadeCarers()
        self._cycle_week: dict[str, int] = {}

    def make(self, names: NameBook) -> MadeCarers:
        """Return the branch's carers with everything that is theirs."""
        patterns, modes = Deck(self.rng, PATTERNS), Deck(self.rng, MODES)
        genders = Deck(self.rng, GENDERS)
        has_skill = {
            code: Deck(self.rng, (Share(of=True, weight=share), Share(of=False, weight=1 - share)))
            for code, share in SKILL_SHARES.items()
        }
        for number in range(1, self.plan.carers + 1):
            pattern, gender = patterns.deal(), genders.deal()
            carer = self._carer(number, names.name(gender), gender, modes.deal())
            self._contracts(carer, pattern)
            self._availability(carer, pattern)
            held = [code for code, deck in has_skill.items() if deck.deal()]
            self._skills(carer, number, held)
            self._checks(carer, number)
            self._absences(carer, number)
            self._visa_and_pay(carer, number)
        return self.made

    def _carer(self, number: int, name: str, gender: Gender, mode: TravelMode) -> Carer:
        _, easting, northing, postcode = somewhere(self.rng, self.towns, self.plan.postcode_area)
        # Two in a branch began in the past weeks, so that nobody knows them yet.
        is_new = number % 70 == 0
        started = 21 if is_new else self.rng.randint(120, 3_000)
        age = 19 + number * 7 % 44
        if number % 140 == 61:  # one in a branch is seventeen
            started, age = 100, 17
        carer = Carer(
            branch=self.branch,
            external_id=f"C{number:03d}",
            name=name,
            gender=gender,
            travel_mode=mode,
            home_postcode=postcode,
            home_easting=easting,
            home_northing=northing,
            starts_on=self.monday - timedelta(days=started),
            born_on=self.monday - timedelta(days=started + round((age + 0.4) * YEAR_DAYS)),
            is_night_worker=number % 50 == 7,
            night_assessed_on=self.monday - timedelta(days=150) if number % 100 == 7 else None,
        )
        self.made.carers.append(carer)
        return carer

    def _contracts(self, carer: Carer, pattern: Pattern) -> None:
        guaranteed = self.rng.choice(pattern.guarantees)
        most = max(guaranteed + 6, self.rng.choice((25, 30, 36, 40)))
        if pattern.name in ("school", "weekend", "evening"):
            most = max(guaranteed, min(most, 25))
        days = self.rng.choice((5, 5, 5, 6, 6))
        first = carer.starts_on or self.long_ago
        if guaranteed >= 16 and self.rng.random() < 0.04:
            # More hours from the first of a month in the past, or from next week.
            change = self.monday + timedelta(weeks=self.rng.choice((-9, 1)))
            if first < change:
                self._contract(carer, (guaranteed - 4, most, days), first, change)
                first = change
        self._contract(carer, (guaranteed, most, days), first, None)
        if most >= 40 and self.rng.random() < 0.4:
            signed = (carer.starts_on or self.long_ago) + timedelta(days=14)
            self.made.opt_outs.append(WorkingTimeOptOut(carer=carer, signed_on=signed))

    def _contract(
        self, carer: Carer, hours: tuple[int, int, int], first: date, before: date | None
    ) -> None:
        guaranteed, most, days = hours
        self.made.contracts.append(
            Contract(
                carer=carer,
                guaranteed_minutes=guaranteed * 60,
                maximum_minutes=most * 60,
                max_days=days,
                starts_on=first,
                ends_before=before,
            )
        )

    def _availability(self, carer: Carer, pattern: Pattern) -> None:
        off = set()
        if pattern.weekdays and self.rng.random() < 0.4:
            off.add(self.rng.randrange(5))
        alternates = bool(pattern.weekdays) and self.rng.random() < SHARED_WEEKENDS
        never = not alternates and bool(pattern.weekdays) and self.rng.random() < 0.10
        if alternates:
            # Of each pattern, as many work on the one weekend as on the other.
            self._cycle_week[pattern.name] = 3 - self._cycle_week.get(pattern.name, 2)
        cycle_week = self._cycle_week.get(pattern.name, 1)
        for weekday in range(WEEK_DAYS):
            is_weekend = weekday in WEEKEND
            if weekday in off or (is_weekend and never):
                continue
            cycle = (2, cycle_week) if is_weekend and alternates else (1, 1)
            for start, end in pattern.weekend if is_weekend else pattern.weekdays:
                self.made.availability.append(
                    Availability(
                        carer=carer,
                        weekday=weekday,
                        from_minute=start,
                        to_minute=end,
                        cycle_weeks=cycle[0],
                        cycle_week=cycle[1],
                        cycle_anchor_on=self.long_ago,
                        starts_on=carer.starts_on or self.long_ago,
                    )
                )

    def _skills(self, carer: Carer, number: int, held: list[str]) -> None:
        for code in held:
            skill = self.skills[code]
            months = skill.refresh_months
            if months is None:
                self._skill(carer, skill, self._days_ago(100, 1_500), None)
                continue
            # Renewed at some time in the months for which it holds, and before the past weeks.
            age = self._days_ago(7 * HISTORY_WEEKS + 40, months * 30 - 25)
            renewed_for = timedelta(days=round(months * 30.4))
            ends = age + renewed_for
            if code == "medication" and number % 47 == 5:
                # In the middle of the week to be built: visits after that day are at stake.
                ends = self.monday + timedelta(days=WEEK_DAYS + self.rng.randint(2, 5))
            elif code == "moving_handling" and number % 71 == 9:
                ends = self.monday - timedelta(days=self.rng.randint(1, 3))
            elif ends <= self.monday + timedelta(weeks=2):
                ends = self.monday + timedelta(days=self.rng.randint(15, 60))
            self._skill(carer, skill, ends - renewed_for, ends)
        place = len(self.made.carers) - 1
        self.made.codes[place] = frozenset(held)

    def _skill(self, carer: Carer, skill: Skill, done: date, ends: date | None) -> None:
        self.made.skills.append(
            CarerSkill(carer=carer, skill=skill, completed_on=done, ends_before=ends)
        )

    def _checks(self, carer: Carer, number: int) -> None:
        started = carer.starts_on or self.long_ago
        done = started - timedelta(days=20)
        ends: dict[CheckKind, date | None] = {
            CheckKind.IDENTITY: None,
            CheckKind.RIGHT_TO_WORK: None,
            CheckKind.DBS: self.monday + timedelta(days=self.rng.randint(30, 1_000)),
            CheckKind.REFERENCES: None,
        }
        if number % 9 == 0:  # here on a visa, with a date to follow up
            ends[CheckKind.RIGHT_TO_WORK] = self.monday + timedelta(days=self.rng.randint(60, 700))
        if carer.travel_mode == TravelMode.CAR:
            ends[CheckKind.DRIVING] = self.monday + timedelta(days=self.rng.randint(15, 360))
            if number % 90 == 31:
                ends[CheckKind.DRIVING] = self.monday + timedelta(days=WEEK_DAYS + 3)
        self.made.checks.extend(
            CarerCheck(carer=carer, kind=kind, completed_on=done, ends_before=before)
            for kind, before in ends.items()
        )

    def _visa_and_pay(self, carer: Carer, number: int) -> None:
        guaranteed = self.made.contracts[-1].guaranteed_minutes
        if number % 18 == 0 and guaranteed <= MOST_OF_A_STUDENT:
            # A student's term, from before the past weeks to after the one to be built.
            self.made.visa_hours.append(
                VisaHours(
                    carer=carer,
                    weekly_minutes=STUDENT_MINUTES,
                    starts_on=self.monday - timedelta(weeks=8),
                    ends_before=self.monday + timedelta(weeks=5),
                )
            )
        contact, travel, waiting, mile = PAID_FOR_CONTACT if number % 24 == 5 else PAID_FOR_ALL
        self.made.pay_rates.append(
            PayRate(
                carer=carer,
                starts_on=carer.starts_on or self.long_ago,
                contact_pence=contact,
                travel_pence=travel,
                waiting_pence=waiting,
                mileage_pence=mile,
            )
        )

    def _absences(self, carer: Carer, number: int) -> None:
        for week in range(-4, 2):
            if self.rng.random() < 0.055:
                kind, first, days = self._absence()
                self._away(carer, kind, self.monday + timedelta(days=week * 7 + first), days)
        if number % 60 == 17:
            # Off sick since the current week, and nobody knows yet until when.
            self._away(carer, AbsenceKind.SICKNESS, self.monday + timedelta(days=3), None)
        if number % 35 == 11:
            day = self.monday + timedelta(days=WEEK_DAYS + self.rng.randrange(5))
            self.made.absences.append(
                Absence(
                    carer=carer,
                    kind=AbsenceKind.TRAINING,
                    starts_at=at_wall_minute(day, 9 * 60, self.zone),
                    ends_at=at_wall_minute(day, 13 * 60, self.zone),
                )
            )

    def _absence(self) -> tuple[AbsenceKind, int, int]:
        """Return why, from which day of the week, and for how many days."""
        kinds: tuple[Callable[[], tuple[AbsenceKind, int, int]], ...] = (
            lambda: (AbsenceKind.LEAVE, 0, 7),
            lambda: (AbsenceKind.LEAVE, self.rng.randrange(5), self.rng.randint(1, 3)),
            lambda: (AbsenceKind.SICKNESS, self.rng.randrange(5), self.rng.randint(1, 4)),
            lambda: (AbsenceKind.UNAVAILABLE, self.rng.randrange(7), 1),
        )
        return self.rng.choice(kinds)()

    def _away(self, carer: Carer, kind: AbsenceKind, first: date, days: int | None) -> None:
        end = None if days is None else at_wall_minute(first + timedelta(days=days), 0, self.zone)
        self.made.absences.append(
            Absence(
                carer=carer,
                kind=kind,
                starts_at=at_wall_minute(first, 0, self.zone),
                ends_at=end,
            )
        )

    def _days_ago(self, least: int, most: int) -> date:
        return self.monday - timedelta(days=self.rng.randint(least, max(least, most)))


def rows_of(made: MadeCarers) -> Iterator[list[Model]]:
    """Yield the tables, each after those that its rows point to."""
    yield list(made.carers)
    yield list(made.contracts)
    yield list(made.availability)
    yield list(made.absences)
    yield list(made.skills)
    yield list(made.checks)
    yield list(made.opt_outs)
    yield list(made.visa_hours)
    yield list(made.pay_rates)
