"""Two organisations with two branches each, and everybody who might call.

To cover a new operation, add what its address and body need: `TARGETS` says which object of a
place stands for a path parameter, `BODIES` what to send (as JSON, or as a form where the schema
says so), `ALWAYS` the query parameters it cannot do without. Everything else follows from the
policy table and the schema.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from backend.accounts.models import OFFICE_ROLES, Role, RoleGrant, User
from backend.accounts.policy import Reach, Rule
from backend.clients.models import Client, PackageLine
from backend.clients.services import set_key_safe_code
from backend.democracy.models import BallotKind
from backend.democracy.services import challenge_ballot, close_ballot
from backend.exchange.export import rows_of_branch
from backend.exchange.models import ImportJob
from backend.exchange.services import check_import
from backend.exchange.writing import as_zip
from backend.membership.models import Membership
from backend.organisation.models import Branch
from backend.organisation.selectors import zone_of
from backend.people.models import Carer
from backend.rota.models import (
    GroupRun,
    PlacedWish,
    Rota,
    RotaProposal,
    RunState,
    Scenario,
    SolverRun,
    Visit,
)
from tests.backend.democracy.ballots import RESOLUTION, Poll
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import (
    RoleGrantFactory,
    UserFactory,
    admin_of,
    branch_manager_of,
    carer_user_of,
    coordinator_of,
    member_of,
)
from tests.backend.factories.clients import CarePackageFactory, ClientFactory, PackageLineFactory
from tests.backend.factories.membership import member_in
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    GroupRunFactory,
    PlacedWishFactory,
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    RotaProposalFactory,
    ScenarioFactory,
    SolverRunFactory,
    VisitFactory,
    WishListFactory,
    allocate,
)

AT_THE_VISIT = datetime(2026, 6, 1, 7, 10, tzinfo=UTC)
"""Ten minutes into every place's visit, when its carer may see the client and the code."""

GONE = 999_999_999
"""The number of no object."""


@dataclass
class Place:
    """One branch with one object of every kind; `carer` was told of `visit`."""

    branch: Branch
    carer: Carer = field(init=False)
    client: Client = field(init=False)
    line: PackageLine = field(init=False)
    rota: Rota = field(init=False)
    wish: PlacedWish = field(init=False)
    visit: Visit = field(init=False)
    run: SolverRun = field(init=False)
    proposal: RotaProposal = field(init=False)
    scenario: Scenario = field(init=False)
    group_run: GroupRun = field(init=False)
    checked_import: ImportJob = field(init=False)
    officer: User = field(init=False)
    scrutineers: list[User] = field(init=False)
    polls: dict[str, Poll] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.carer = working_carer(branch=self.branch, user=carer_user_of(self.branch))
        self.wish = PlacedWishFactory(
            wish_list=WishListFactory(carer=self.carer, placed=4),
            kind="day_off",
            on=MONDAY + timedelta(days=9),
        )
        self.client = ClientFactory(branch=self.branch)
        set_key_safe_code(client=self.client, code="1234", actor=None, now=NOW)
        package = CarePackageFactory(client=self.client)
        self.line = PackageLineFactory(package=package)
        self.rota = RotaFactory(branch=self.branch)
        self.visit = allocate(
            VisitFactory(rota=self.rota, client=self.client, line=self.line), self.carer
        )
        publication = PublicationFactory(rota=self.rota)
        PublishedAssignmentFactory(visit=self.visit, carer=self.carer, publication=publication)
        self.run = SolverRunFactory(rota=self.rota, state=RunState.FINISHED)
        self.proposal = RotaProposalFactory(run=self.run)
        self.scenario = ScenarioFactory(rota=self.rota)
        self.group_run = GroupRunFactory(
            organisation=self.branch.organisation, state=RunState.FINISHED
        )
        self.checked_import = check_import(
            content=as_zip(rows_of_branch(self.branch), zone_of(self.branch.organisation)),
            file_name="branch.zip",
            branch_id=self.branch.pk,
            actor=coordinator_of(self.branch),
            now=NOW,
        )
        organisation = self.branch.organisation
        self.officer = member_of(organisation)
        self.scrutineers = [member_of(organisation) for _ in range(3)]

    def poll_at(self, stage: str) -> Poll:
        """Return a ballot of this place that has come so far; by the database's clock, open."""
        if stage not in self.polls:
            self.polls[stage] = _poll(self, stage)
        return self.polls[stage]


def _poll(place: Place, stage: str) -> Poll:
    poll = Poll(
        paper=RESOLUTION,
        kind=BallotKind.RESOLUTION,
        members=1,
        code=f"{stage}-{place.branch.pk}",
        organisation=place.branch.organisation,
        opens_at=datetime(2020, 1, 1, tzinfo=UTC),
        closes_at=datetime(2100, 1, 1, tzinfo=UTC),
        challenge_days=30_000,
        appointed=place.officer,
        scrutineers=place.scrutineers,
    )
    # Whoever signs in as a member is on the roll, so that some call succeeds.
    for user in User.objects.filter(
        organisation=place.branch.organisation, grants__role=Role.MEMBER
    ).exclude(holder__memberships__isnull=False):
        member_in(place.branch.organisation, user=user)
    for step in STAGES[stage]:
        step(poll)
    return poll


def _issue(poll: Poll) -> None:
    poll.ballot.roll.filter(membership=poll.memberships[0]).update(paper_issued=True)


def _close(poll: Poll) -> None:
    close_ballot(ballot_id=poll.pk, now=datetime(2100, 1, 1, tzinfo=UTC))


def _challenge(poll: Poll) -> None:
    challenge_ballot(ballot_id=poll.pk, reason="", actor=poll.users[0], now=AT_THE_VISIT)


STAGES: Mapping[str, list[Callable[[Poll], Any]]] = {
    "draft": [Poll.asked],
    "frozen": [Poll.frozen],
    "open": [Poll.opened],
    "papers": [Poll.opened, _issue, _close],
    "unlinked": [Poll.opened, Poll.unlinked],
    "opened": [Poll.opened, Poll.unlinked, Poll.received],
    "declared": [Poll.opened, Poll.unlinked, Poll.received, Poll.declared],
    "challenged": [Poll.opened, Poll.unlinked, Poll.received, Poll.declared, _challenge],
}

STAGE_OF: Mapping[str, str] = {
    "get_ballot_result": "declared",
    "download_ballot_package": "declared",
    "challenge_ballot": "declared",
    "set_ballot_questions": "draft",
    "appoint_scrutineers": "draft",
    "freeze_roll": "draft",
    "correct_roll": "frozen",
    "open_ballot": "frozen",
    "set_ballot_key": "frozen",
    "confirm_key_share": "frozen",
    "enter_paper_ballots": "papers",
    "download_sealed_box": "unlinked",
    "bring_opened_ballots": "unlinked",
    "declare_ballot": "opened",
    "decide_ballot_challenge": "challenged",
}
"""How far a ballot has come on which an operation is tried; open where nothing is said."""


@dataclass
class Principal:
    """Somebody who calls; `user` None is not signed in."""

    name: str
    user: User | None

    @cached_property
    def browser(self) -> APIClient:
        """A browser in which they are signed in, and stay so: calls are undone, this is not."""
        browser = APIClient()
        if self.user is not None:
            browser.force_login(self.user)
        return browser

    @cached_property
    def grants(self) -> list[RoleGrant]:
        """Roles that count: an account that was switched off has none."""
        if self.user is None or not self.user.is_active:
            return []
        return list(self.user.grants.select_related("branch"))

    def expected(self, rule: Rule, place: Place | None, *, has_object: bool) -> str:
        """Return "in", or the status that the policy table promises instead.

        `place` None: an object that does not exist.
        """
        if rule.is_public:
            return "in"
        if self.user is None or not self.user.is_active:
            return "401"
        if not any(grant.role in rule.roles for grant in self.grants):
            return "403"
        if rule.reach is Reach.EVERY_BRANCH and not has_object:
            return "in" if self._plans_all_of(self.user.organisation_id) else "404"
        return "in" if not has_object or (place and self._reaches(rule, place)) else "404"

    def _reaches(self, rule: Rule, place: Place) -> bool:
        if rule.reach is Reach.OWN:
            return place.carer.user == self.user
        if rule.reach is Reach.EVERY_BRANCH:
            return self._plans_all_of(place.branch.organisation_id)
        if rule.reach is Reach.ORGANISATION:
            return self._is_of_organisation(place)
        if rule.reach in OFFICES_OF_A_BALLOT:
            return self.user in OFFICES_OF_A_BALLOT[rule.reach](place)
        return any(
            grant.role in rule.roles
            and (
                grant.branch == place.branch
                or (grant.role == Role.ADMIN and self._is_of_organisation(place))
            )
            for grant in self.grants
        )

    def _plans_all_of(self, organisation: int | None) -> bool:
        branches = Branch.objects.filter(organisation=organisation)
        return set(branches.values_list("pk", flat=True)) <= self.office_branches

    def _is_of_organisation(self, place: Place) -> bool:
        return self.user is not None and self.user.organisation == place.branch.organisation

    @property
    def office_branches(self) -> set[int]:
        """The branches whose office this person works in."""
        return {
            grant.branch_id
            for grant in self.grants
            if grant.role in OFFICE_ROLES and grant.branch_id is not None
        }


OFFICES_OF_A_BALLOT: Mapping[Reach, Callable[[Place], list[User]]] = {
    Reach.OFFICER: lambda place: [place.officer],
    Reach.SCRUTINEER: lambda place: place.scrutineers,
    Reach.OFFICES: lambda place: [place.officer, *place.scrutineers],
}


@dataclass
class World:
    """All places, by what they are to the people of `own`, and everybody who calls."""

    own: Place = field(init=False)
    other_branch: Place = field(init=False)
    other_organisation: Place = field(init=False)
    our_member: Membership = field(init=False)
    their_member: Membership = field(init=False)

    def __post_init__(self) -> None:
        ours, theirs = OrganisationFactory(), OrganisationFactory()
        self.our_member, self.their_member = member_in(ours), member_in(theirs)
        self.own = Place(BranchFactory(organisation=ours))
        self.other_branch = Place(BranchFactory(organisation=ours))
        self.other_organisation = Place(BranchFactory(organisation=theirs))
        BranchFactory(organisation=theirs)

    @cached_property
    def places(self) -> Mapping[str, Place | None]:
        """Return the places by name; None stands for an object that does not exist."""
        return {
            "own": self.own,
            "other branch": self.other_branch,
            "other organisation": self.other_organisation,
            "gone": None,
        }

    @cached_property
    def principals(self) -> list[Principal]:
        """Return everybody who calls."""
        branch, organisation = self.own.branch, self.own.branch.organisation
        colleague = carer_user_of(branch)
        working_carer(branch=branch, user=colleague)
        return [
            Principal("anonymous", None),
            Principal("carer", self.own.carer.user),
            Principal("colleague of the carer", colleague),
            Principal("carer of another branch", self.other_branch.carer.user),
            Principal("coordinator", coordinator_of(branch)),
            Principal("coordinator of another branch", coordinator_of(self.other_branch.branch)),
            Principal("coordinator of all branches", self._coordinator_of_all()),
            Principal("branch manager", branch_manager_of(branch)),
            Principal("member", member_of(organisation)),
            Principal("returning officer", self.own.officer),
            Principal("scrutineer", self.own.scrutineers[0]),
            Principal("admin", admin_of(organisation)),
            Principal("without a role", UserFactory(organisation=organisation)),
            Principal("deactivated coordinator", coordinator_of(branch, is_active=False)),
            Principal(
                "coordinator of another organisation",
                coordinator_of(self.other_organisation.branch),
            ),
        ]

    def _coordinator_of_all(self) -> User:
        user = coordinator_of(self.own.branch)
        RoleGrantFactory(user=user, role=Role.COORDINATOR, branch=self.other_branch.branch)
        return user


TARGETS: Mapping[str, Callable[[Place], int]] = {
    "branch_id": lambda place: place.branch.pk,
    "carer_id": lambda place: place.carer.pk,
    "client_id": lambda place: place.client.pk,
    "package_id": lambda place: place.line.package_id,
    "line_id": lambda place: place.line.pk,
    "rota_id": lambda place: place.rota.pk,
    "visit_id": lambda place: place.visit.pk,
    "run_id": lambda place: place.run.pk,
    "scenario_id": lambda place: place.scenario.pk,
    "group_run_id": lambda place: place.group_run.pk,
    "proposal_id": lambda place: place.proposal.pk,
    "import_id": lambda place: place.checked_import.pk,
}
"""The object of a place that stands for a path parameter."""

ALWAYS: Mapping[str, str] = {"week": MONDAY.isoformat()}
"""Parameters that name no object: the same for everybody."""

BODIES: Mapping[str, Callable[[Place], dict[str, Any]]] = {
    "sign_in": lambda _: {"username": "nobody", "password": "not the password"},
    "confirm_client_pin": lambda _: {"easting": 430_000.0, "northing": 430_000.0},
    "set_key_safe_code": lambda _: {"code": "4321"},
    "reveal_key_safe_code": lambda _: {"reason": "The carer's phone is lost"},
    "change_package_line": lambda _: {
        "from_on": "2026-06-08",
        "target_minute": 540,
        "earliest_minute": 510,
        "latest_minute": 570,
        "minutes": 45,
        "carers_required": 1,
        "criticality": "important",
    },
    "suspend_package": lambda _: {"starts_at": "2026-06-08T08:00:00Z"},
    "mark_my_changes_seen": lambda _: {"number": 1},
    "place_my_wishes": lambda _: {"wishes": [{"kind": "no_split", "points": 3}]},
    "publish_rota": lambda _: {"version": 1, "note": "for the test"},
    "start_run": lambda _: {"seconds": 10},
    "start_repair": lambda place: {
        "kind": "carer_away",
        "carer_id": place.carer.pk,
        "starts_on": "2026-06-01",
        "reason": "leave",
    },
    "cancel_run": lambda _: {"keep_best": True},
    "start_group_run": lambda _: {"seconds": 30},
    "cancel_group_run": lambda _: {"keep_best": True},
    "ask_scenario": lambda _: {
        "seconds": 10,
        "change": {"weights": {"travel": 2}, "limits": {}, "more_carers": None},
    },
    "relax_policy": lambda _: {
        "name": "travel",
        "value": 50,
        "starts_on": "2026-06-08",
        "weeks": 1,
        "reason": "The bridge is closed",
    },
    "try_policy": lambda _: {
        "tokens": {
            "continuity": 5,
            "travel": 4,
            "weekend_fairness": 3,
            "contract_hours": 3,
            "preferred_times": 3,
            "gaps": 1,
            "rota_stability": 1,
        }
    },
    "assign_visit": lambda place: {
        "carer_ids": [place.carer.pk],
        "start_minute": 480,
        "version": 1,
    },
    "unassign_visit": lambda _: {"version": 1},
    "lock_visit": lambda _: {"version": 1},
    "unlock_visit": lambda _: {"version": 1},
    "create_ballot": lambda _: {
        "code": "new-ballot",
        "kind": "resolution",
        "title": "Bicycles",
        "record_on": "2026-05-20",
        "opens_at": "2026-06-08T08:00:00Z",
        "closes_at": "2026-06-22T17:00:00Z",
    },
    "cast_ballot": lambda _: {"answers": {"motion": "for"}},
    "challenge_ballot": lambda _: {"reason": "My receipt is missing"},
    "set_ballot_questions": lambda _: {"paper": RESOLUTION},
    "appoint_scrutineers": lambda place: {"user_ids": [one.pk for one in place.scrutineers]},
    "correct_roll": lambda place: {
        "membership_id": place.poll_at("frozen").memberships[0].pk,
        "is_added": False,
        "reason": "left",
    },
    "issue_paper_ballot": lambda place: {"number": place.poll_at("open").memberships[0].number},
    "enter_paper_ballots": lambda _: {"papers": [{"answers": {"motion": "for"}}]},
    "decide_ballot_challenge": lambda _: {"is_upheld": False, "reason": "It is there"},
    "void_ballot": lambda _: {"reason": "A question was wrong"},
    "set_ballot_key": lambda _: {"public_key": "ab" * 32},
    "confirm_key_share": lambda place: {"public_key": place.poll_at("frozen").again().public_key},
    "bring_opened_ballots": lambda place: {"opened": place.poll_at("unlinked").contents()},
    "check_import": lambda _: {"file": SimpleUploadedFile("branch.xlsx", b"no workbook")},
}
"""A valid body for each operation that takes one."""

HEADERS: Mapping[str, dict[str, str]] = {
    # A client that has heard everything; the stream itself is another test's subject.
    "stream_run_events": {"Last-Event-ID": "last"},
}
