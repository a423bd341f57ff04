"""The clients of a branch with what carers must know, their packages and suspensions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Model

from backend.accounts.models import User
from backend.clients.models import (
    CarePackage,
    Client,
    Criticality,
    Funder,
    PackageLine,
    PackageSuspension,
    RiskClass,
    WantedGender,
)
from backend.core.periods import WEEK_DAYS, at_wall_minute
from backend.demo.calls import FLEXIBLE, RHYTHMS, SHORT_REASON, Call, CallMaker, Rhythm
from backend.demo.figures import Deck, Share, seeded
from backend.demo.names import AT_THE_DOOR, CONTINGENCY, NameBook, address
from backend.demo.places import BranchPlan, Town, somewhere
from backend.organisation.models import Branch

CRITICAL_GAP_MINUTES = 120
"""Between two doses of medicine: a time-critical call starts this long after the one before."""

GENDERS = (
    Share(WantedGender.ANY, 0.885),
    Share(WantedGender.FEMALE, 0.105),
    Share(WantedGender.MALE, 0.010),
)
NEEDS = {"medication": 0.50, "dementia": 0.15, "catheter": 0.06, "peg": 0.02}


@dataclass
class MadeClients:
    """Rows that are not yet in the database; lines in waves, each after those it points to."""

    clients: list[Client] = field(default_factory=list)
    packages: list[CarePackage] = field(default_factory=list)
    lines: dict[int, list[PackageLine]] = field(default_factory=dict)
    line_skills: list[tuple[PackageLine, frozenset[str]]] = field(default_factory=list)
    suspensions: list[PackageSuspension] = field(default_factory=list)
    key_safes: list[tuple[Client, str]] = field(default_factory=list)
    needs: list[frozenset[str]] = field(default_factory=list)
    """Codes of what each client's carers must be able to do, by place in `clients`."""


class ClientMaker:
    """Makes one branch's clients from its own random numbers, until its hours are reached."""

    def __init__(
        self,
        branch: Branch,
        plan: BranchPlan,
        towns: tuple[Town, ...],
        funders: dict[str, Funder],
        monday: date,
        zone: ZoneInfo,
        confirmed_by: User,
    ) -> None:
        self.rng = seeded(f"clients of {plan.external_id}")
        self.branch, self.plan, self.towns = branch, plan, towns
        self.monday, self.zone = monday, zone
        self.confirmed_by = confirmed_by
        self.funders = Deck(
            self.rng,
            (
                Share(funders[plan.external_id], 0.74),
                Share(funders["chc"], 0.08),
                Share(funders["private"], 0.11),
                Share(funders["direct"], 0.06),
                Share(funders["isf"], 0.01),
            ),
        )
        self.private = funders["private"]
        self.calls = CallMaker(self.rng)
        self.genders = Deck(self.rng, GENDERS)
        self.doubles: dict[Rhythm, Deck[bool]] = {
            row.of: Deck(
                self.rng,
                (
                    Share(of=True, weight=row.of.double_ups),
                    Share(of=False, weight=1 - row.of.double_ups),
                ),
            )
            for row in RHYTHMS
        }
        self.made = MadeClients()

    def make(self, names: NameBook, carer_minutes: int) -> MadeClients:
        """Return clients whose care comes to `carer_minutes` in the week after the current one."""
        rhythms = Deck(self.rng, RHYTHMS)
        left = carer_minutes
        while left > 0:
            left -= self._client(names, rhythms.deal(), most=left + 8 * 60)
        return self.made

    def _client(self, names: NameBook, rhythm: Rhythm, *, most: int) -> int:
        """Make one client; return the care owed in the week to be built, or 0 if above `most`."""
        needs = {"personal_care"} if FLEXIBLE not in rhythm.calls else set()
        needs |= {code for code, share in NEEDS.items() if self.rng.random() < share}
        carers = 2 if self.doubles[rhythm].deal() else 1
        if carers == 2:
            needs.add("moving_handling")
        is_critical = "medication" in needs and self.rng.random() < 0.35
        calls = self.calls.day(rhythm, is_critical=is_critical)
        if rhythm.days * carers * sum(call.minutes for call in calls) > most:
            return 0
        client = self._person(names, rhythm, is_critical=is_critical)
        self.made.needs.append(frozenset(needs))
        writer = _PackageWriter(self, client, frozenset(needs), carers)
        return writer.write(rhythm, calls, self.funders.deal())

    def _person(self, names: NameBook, rhythm: Rhythm, *, is_critical: bool) -> Client:
        rng = self.rng
        town, easting, northing, postcode = somewhere(rng, self.towns, self.plan.postcode_area)
        risk = RiskClass.R2 if rng.random() < 0.78 else RiskClass.R3
        if FLEXIBLE in rhythm.calls:
            risk = RiskClass.R3 if rng.random() < 0.4 else RiskClass.R4
        elif is_critical and rng.random() < 0.6:
            risk = RiskClass.R1
        number = len(self.made.clients) + 1
        client = Client(
            branch=self.branch,
            external_id=f"K{number:04d}",
            name=names.name(rng.choice("ffmfm")),
            address=address(rng, town.name),
            postcode=postcode,
            easting=easting,
            northing=northing,
            pin_confirmed_at=self._moment(self.monday - timedelta(days=rng.randint(40, 900))),
            pin_confirmed_by=self.confirmed_by,
            risk_class=risk,
            wanted_gender=self.genders.deal(),
            at_the_door=rng.choice(AT_THE_DOOR),
            contingency_plan=rng.choice(CONTINGENCY),
        )
        self.made.clients.append(client)
        if rng.random() < 0.62:
            self.made.key_safes.append((client, f"{rng.randrange(10_000):04d}"))
        return client

    def _moment(self, day: date) -> datetime:
        return at_wall_minute(day, 10 * 60, self.zone)


class _PackageWriter:
    """Writes one client's package: its lines, changes, alternating weeks, suspension."""

    def __init__(
        self, maker: ClientMaker, client: Client, needs: frozenset[str], carers: int
    ) -> None:
        self.maker, self.made, self.rng = maker, maker.made, maker.rng
        self.client, self.needs, self.carers = client, needs, carers
        self.monday = maker.monday
        self.anchor = self.monday - timedelta(weeks=52)
        self.minutes = 0
        self.waves: dict[str, int] = {}

    def write(self, rhythm: Rhythm, calls: tuple[Call, ...], funder: Funder) -> int:
        """Return the carer-minutes owed in the week to be built."""
        rng = self.rng
        age = rng.randint(60, 900)
        if rng.random() < 0.025:
            age = rng.randint(1, 25)  # a new client of these weeks
        package = self._package(funder, self.monday - timedelta(days=age))
        days = sorted(rng.sample(range(WEEK_DAYS), rhythm.days))
        # The last call of the day, which no other call must follow.
        changed_slot = calls[-1].slot if rng.random() < 0.035 else None
        alternating = rng.choice(days) if rng.random() < 0.05 and rhythm.days == 7 else None
        fortnightly = rhythm.days == 1 and rng.random() < 0.5
        for day in days:
            before: PackageLine | None = None
            for call in calls:
                cycles = [(1, 1, call.minutes)]
                if fortnightly:
                    cycles = [(2, rng.choice((1, 2)), call.minutes)]
                elif day == alternating and call.slot == "morning" and call.minutes == 30:
                    cycles = [(2, 1, 30), (2, 2, 45)]  # a bath every other week
                lines = [self._line(package, day, call, cycle, before) for cycle in cycles]
                if call.slot == changed_slot:
                    for line in lines:
                        self._change(line)
                before = lines[0] if len(lines) == 1 else None
        if rng.random() < 0.03:
            self._suspend(package)
        if rhythm.days == 7 and rng.random() < 0.04:
            self._second_package()
        return self.minutes

    def _package(self, funder: Funder, starts_on: date) -> CarePackage:
        number = 1 + sum(row.client is self.client for row in self.made.packages[-2:])
        package = CarePackage(
            client=self.client,
            funder=funder,
            external_id=f"{self.client.external_id}-{number}",
            starts_on=starts_on,
        )
        self.made.packages.append(package)
        return package

    def _line(
        self,
        package: CarePackage,
        day: int,
        call: Call,
        cycle: tuple[int, int, int],
        before: PackageLine | None,
    ) -> PackageLine:
        weeks, week, minutes = cycle
        suffix = f"-{week}of{weeks}" if weeks > 1 else ""
        follows = before if call.criticality == Criticality.TIME_CRITICAL else None
        line = PackageLine(
            package=package,
            external_id=f"{call.slot}-{day + 1}{suffix}",
            weekday=day,
            target_minute=call.target,
            earliest_minute=call.earliest,
            latest_minute=call.latest,
            minutes=minutes,
            carers_required=self.carers,
            criticality=call.criticality,
            tasks=list(call.tasks),
            follows=follows,
            gap_minutes=CRITICAL_GAP_MINUTES if follows else 0,
            cycle_weeks=weeks,
            cycle_week=week,
            cycle_anchor_on=self.anchor,
            starts_on=package.starts_on,
        )
        if minutes < 30:
            line.short_visit_reason = SHORT_REASON
            line.short_visit_agreed_on = package.starts_on
        self._keep(line)
        # 53 weeks after the anchor is the second week of a cycle of two.
        if weeks == 1 or week == 2:
            self.minutes += minutes * self.carers
        return line

    def _change(self, line: PackageLine) -> None:
        """End a line from a date on and start another: half an hour later, a little longer."""
        on = self.monday + timedelta(days=self.rng.choice((-12, 9, 9)))
        if line.starts_on >= on:
            return
        line.ends_before = on
        later = 15 if line.follows or line.latest_minute + line.minutes > 1300 else 30
        follower = PackageLine(
            package=line.package,
            external_id=f"{line.external_id}-new",
            weekday=line.weekday,
            target_minute=line.target_minute + later,
            earliest_minute=line.earliest_minute + later,
            latest_minute=line.latest_minute + later,
            minutes=line.minutes,
            carers_required=line.carers_required,
            criticality=line.criticality,
            tasks=line.tasks,
            follows=line.follows,
            gap_minutes=line.gap_minutes,
            cycle_weeks=line.cycle_weeks,
            cycle_week=line.cycle_week,
            cycle_anchor_on=line.cycle_anchor_on,
            starts_on=on,
            replaces=line,
            short_visit_reason=line.short_visit_reason,
            short_visit_agreed_on=line.short_visit_agreed_on,
        )
        self._keep(follower)

    def _keep(self, line: PackageLine) -> None:
        pointed_to = [row for row in (line.follows, line.replaces) if row is not None]
        wave = 1 + max((self.waves[row.external_id] for row in pointed_to), default=-1)
        self.waves[line.external_id] = wave
        self.made.lines.setdefault(wave, []).append(line)
        self.made.line_skills.append((line, self.needs))

    def _suspend(self, package: CarePackage) -> None:
        """Hospital or respite: in the past weeks, from now on, or for a part of next week."""
        first, days, reason = self.rng.choice(
            ((-18, 6, "Hospital"), (-2, None, "Hospital"), (9, 5, "Respite"), (10, 3, "Holiday"))
        )
        start = self.monday + timedelta(days=first)
        end = (
            None
            if days is None
            else at_wall_minute(start + timedelta(days=days), 12 * 60, self.maker.zone)
        )
        self.made.suspensions.append(
            PackageSuspension(
                package=package,
                starts_at=at_wall_minute(start, 14 * 60, self.maker.zone),
                ends_at=end,
                reason=reason,
            )
        )
        if days is None:
            self.minutes = 0
        elif first > 0:
            self.minutes -= self.minutes * days // WEEK_DAYS

    def _second_package(self) -> None:
        """An hour a week of help at home that the family pays for."""
        package = self._package(
            self.maker.private, self.monday - timedelta(days=self.rng.randint(30, 300))
        )
        call = self.maker.calls.day(Rhythm((FLEXIBLE,), 1, 0.0), is_critical=False)[0]
        self.carers, self.needs = 1, frozenset()
        self._line(package, self.rng.randrange(5), call, (1, 1, call.minutes), None)


def rows_of(made: MadeClients) -> Iterator[list[Model]]:
    """Yield the tables, each after those that its rows point to."""
    yield list(made.clients)
    yield list(made.packages)
    for wave in sorted(made.lines):
        yield list(made.lines[wave])
    yield list(made.suspensions)
