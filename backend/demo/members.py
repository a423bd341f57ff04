"""The members of the demonstration: who was admitted when, their shares, and the council.

Put in table by table, without the services: 850 admissions one by one would take minutes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import Model

from backend.accounts.models import User
from backend.demo.figures import seeded
from backend.demo.names import NameBook
from backend.membership.models import (
    Appointment,
    ClassKind,
    Constituency,
    EventKind,
    Holder,
    HolderKind,
    LegalEntity,
    MemberClass,
    Membership,
    MembershipEvent,
    MembershipStatus,
    Seat,
    SeatHow,
    ShareClass,
    ShareEntry,
    ShareEntryKind,
    Voting,
)
from backend.membership.terms import months_after
from backend.organisation.models import Branch
from backend.people.models import Carer

SERVICE_MONTHS = 6
USER_MEMBERS = 40
TERM_MONTHS = 24
LAST_ELECTION_WEEKS = (24, 76)
"""Half of the council was elected so many weeks before the current week, half a year earlier."""
SEATS_OF_A_BRANCH, SEATS_OF_THE_OFFICE, SEATS_OF_USERS = 2, 3, 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who has worked here since a day, and in which branch (None: the office)."""

    holder: Holder
    since: date
    branch: Branch | None


@dataclass
class MadeMembers:
    """Unsaved rows; each list only points to those before it."""

    holders: list[Holder] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    events: list[MembershipEvent] = field(default_factory=list)
    entries: list[ShareEntry] = field(default_factory=list)
    constituencies: list[Constituency] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)

    def tables(self) -> Iterable[Sequence[Model]]:
        """Yield the tables in the order in which they are put in."""
        yield self.holders
        yield self.memberships
        yield self.events
        yield self.entries
        yield self.constituencies
        yield self.seats
        yield self.appointments


class MemberMaker:
    """Makes the members of one legal entity, and the council they elected."""

    def __init__(self, entity: LegalEntity, monday: date, now: datetime) -> None:
        self.entity = entity
        self.monday = monday
        self.now = now
        self.rng: Random = seeded("members")
        self.workers = MemberClass.objects.get(entity=entity, kind=ClassKind.WORKER)
        self.share = ShareClass.objects.get(entity=entity)
        self.made = MadeMembers()
        self.next_number = 1

    def make(self, carers: Iterable[Carer], office: Iterable[User]) -> MadeMembers:
        """Return everything about members.

        Parameters
        ----------
        carers
            All of the co-operative, with their branches; those who began less than six months ago
            are on probation.
        office
            Office staff, who have been here longest.
        """
        began = self.monday - timedelta(weeks=260)
        staff = [
            Candidate(self._holder(user.display_name, user=user), began, None) for user in office
        ]
        workers = [
            Candidate(self._holder(carer.name, carer=carer), carer.starts_on or began, carer.branch)
            for carer in carers
        ]
        users_class, users = self._users(began)
        by_admission = sorted((*staff, *workers), key=lambda row: row.since)
        members = [(row, self._worker(row)) for row in by_admission]
        admitted = [row for row, is_admitted in members if is_admitted]
        self._council(admitted, users_class, users)
        return self.made

    def _holder(self, name: str, *, carer: Carer | None = None, user: User | None = None) -> Holder:
        holder = Holder(
            kept_by_id=self.entity.kept_by_id,
            kind=HolderKind.PERSON,
            name=name,
            address=f"{carer.home_postcode}" if carer else "",
            carer=carer,
            user=user,
        )
        self.made.holders.append(holder)
        return holder

    def _worker(self, row: Candidate) -> bool:
        """Make one worker's way in; say whether they have been admitted."""
        applied_on = months_after(row.since, SERVICE_MONTHS - 1)
        admitted_on = months_after(row.since, SERVICE_MONTHS) + timedelta(
            days=self.rng.randrange(14)
        )
        is_admitted = admitted_on < self.monday
        membership = self._membership(row.holder, self.workers, is_member=is_admitted)
        begins = min(applied_on, self.monday - timedelta(days=7))
        steps = [
            (EventKind.APPLIED, MembershipStatus.APPLICANT, begins, ""),
            (EventKind.PROBATION_BEGAN, MembershipStatus.PROBATION, begins, ""),
        ]
        if is_admitted:
            steps += [
                (EventKind.INDUCTED, MembershipStatus.PROBATION, applied_on, "what members decide"),
                (EventKind.INDUCTED, MembershipStatus.PROBATION, applied_on, "how money flows"),
                (
                    EventKind.ADMITTED,
                    MembershipStatus.MEMBER,
                    admitted_on,
                    f"branch ballot of {admitted_on:%B %Y}",
                ),
            ]
            self._share_of(row.holder, admitted_on)
        for kind, status, on, reference in steps:
            self._event(membership, kind, status, on, reference, row.branch)
        return is_admitted

    def _users(self, since: date) -> tuple[MemberClass, list[Holder]]:
        users_class = MemberClass.objects.create(
            entity=self.entity,
            kind=ClassKind.USER,
            name="Clients and families",
            voting=Voting.ONE_EACH,
        )
        names = NameBook(seeded("user members"))
        holders = [self._holder(names.name(self.rng.choice("fm"))) for _ in range(USER_MEMBERS)]
        for holder in holders:
            joined = since + timedelta(days=self.rng.randrange(1500))
            membership = self._membership(holder, users_class, is_member=True)
            self._event(
                membership, EventKind.ADMITTED, MembershipStatus.MEMBER, joined, "council", None
            )
            self._share_of(holder, joined)
        return users_class, holders

    def _membership(
        self, holder: Holder, member_class: MemberClass, *, is_member: bool
    ) -> Membership:
        status = MembershipStatus.MEMBER if is_member else MembershipStatus.PROBATION
        membership = Membership(
            entity=self.entity, holder=holder, member_class=member_class, status=status
        )
        if is_member:
            membership.number, self.next_number = self.next_number, self.next_number + 1
        self.made.memberships.append(membership)
        return membership

    def _event(
        self,
        membership: Membership,
        kind: EventKind,
        status: MembershipStatus,
        on: date,
        reference: str,
        branch: Branch | None,
    ) -> None:
        self.made.events.append(
            MembershipEvent(
                membership=membership,
                kind=kind,
                status=status,
                on=on,
                reference=reference,
                branch=branch,
                recorded_at=self.now,
            )
        )

    def _share_of(self, holder: Holder, on: date) -> None:
        for kind, quantity in ((ShareEntryKind.ALLOT, 1), (ShareEntryKind.PAY, 0)):
            self.made.entries.append(
                ShareEntry(
                    share_class=self.share,
                    holder=holder,
                    kind=kind,
                    quantity=quantity,
                    amount_pence=self.share.nominal_pence,
                    on=on,
                    recorded_at=self.now,
                )
            )

    def _council(
        self, admitted: Sequence[Candidate], users_class: MemberClass, users: Sequence[Holder]
    ) -> None:
        of_office = Constituency.objects.get(entity=self.entity)
        of_office.name = "Office and support"
        of_office.save(update_fields=["name"])
        branches = {row.branch.pk: row.branch for row in admitted if row.branch is not None}
        for branch in sorted(branches.values(), key=lambda branch: branch.name):
            constituency = self._constituency(branch.name, self.workers, branch)
            voters = [row.holder for row in admitted if row.branch == branch]
            self._seats(constituency, ClassKind.WORKER, voters, SEATS_OF_A_BRANCH)
        staff = [row.holder for row in admitted if row.branch is None]
        self._seats(of_office, ClassKind.WORKER, staff, SEATS_OF_THE_OFFICE)
        of_users = self._constituency(users_class.name, users_class, None)
        self._seats(of_users, ClassKind.USER, users, SEATS_OF_USERS)
        self.made.seats.append(
            Seat(
                entity=self.entity,
                name="Union observer",
                class_kind=ClassKind.UNION,
                how=SeatHow.APPOINTED,
                has_vote=False,
                starts_on=self.monday - timedelta(weeks=104),
            )
        )

    def _constituency(
        self, name: str, member_class: MemberClass, branch: Branch | None
    ) -> Constituency:
        constituency = Constituency(
            entity=self.entity, name=name, member_class=member_class, branch=branch
        )
        self.made.constituencies.append(constituency)
        return constituency

    def _seats(
        self, constituency: Constituency, kind: ClassKind, voters: Sequence[Holder], count: int
    ) -> None:
        elected = self.rng.sample(list(voters), count)
        for number, holder in enumerate(elected, start=1):
            weeks = LAST_ELECTION_WEEKS[number % len(LAST_ELECTION_WEEKS)]
            declared_on = self.monday - timedelta(weeks=weeks)
            starts_on = declared_on + timedelta(weeks=2)
            seat = Seat(
                entity=self.entity,
                name=f"{constituency.name} {number}",
                class_kind=kind,
                constituency=constituency,
                how=SeatHow.ELECTED,
                term_months=TERM_MONTHS,
                max_terms=3,
                starts_on=self.monday - timedelta(weeks=104),
            )
            self.made.seats.append(seat)
            self.made.appointments.append(
                Appointment(
                    seat=seat,
                    holder=holder,
                    chosen_by=f"election of {declared_on:%B %Y}",
                    elected_on=declared_on,
                    starts_on=starts_on,
                    ends_before=months_after(starts_on, TERM_MONTHS),
                )
            )
