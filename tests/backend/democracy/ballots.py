"""Ballots for tests: members who sign in, an officer, three scrutineers, and a key in hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from backend.accounts.models import User
from backend.democracy.envelopes import new_key_pair, open_ballot_envelope
from backend.democracy.models import Ballot, BallotKind
from backend.democracy.services import (
    BallotPlan,
    appoint_scrutineers,
    cast_ballot,
    close_ballot,
    confirm_share,
    create_ballot,
    declare_ballot,
    freeze_roll,
    open_ballot,
    receive_opened,
    rewrite_roll,
    set_key,
    set_paper,
    unlink_ballot,
)
from backend.membership.models import Membership
from backend.organisation.models import Organisation
from backend.organisation.rota_policy import RULE_NAMES
from tests.backend.factories.accounts import UserFactory
from tests.backend.factories.membership import member_in
from tests.backend.factories.organisation import OrganisationFactory

OPENS = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 6, 15, 17, 0, tzinfo=UTC)
BEFORE = OPENS - timedelta(days=1)
DURING = OPENS + timedelta(days=3)
AFTER = CLOSES + timedelta(hours=1)
RECORD_ON = date(2026, 5, 20)

POLICY: list[dict[str, Any]] = [
    {"id": "weights", "ask": "weights"},
    {
        "id": "max_splits_week",
        "ask": "limit",
        "title": "Most split shifts a week",
        "low": 0,
        "high": 7,
        "present": 3,
    },
]
"""As an officer sets it: the rules and what is in force are put in by the service."""
RESOLUTION: list[dict[str, Any]] = [
    {"id": "motion", "ask": "resolution", "title": "Buy six bicycles?", "kind": "ordinary"}
]


def tokens(*given: int) -> list[int]:
    """Return a ballot's tokens on the first rules of the paper, and none on the others."""
    return [*given, *[0] * (len(RULE_NAMES) - len(given))]


@dataclass
class Poll:
    """One ballot on its way; the private key is here, where the product never has it."""

    paper: list[dict[str, Any]] = field(default_factory=lambda: list(POLICY))
    kind: BallotKind = BallotKind.POLICY
    members: int = 5
    code: str = "policy-2026"
    organisation: Organisation = field(default_factory=OrganisationFactory)
    opens_at: datetime = OPENS
    closes_at: datetime = CLOSES
    challenge_days: int = 7
    later: timedelta = timedelta(0)
    """By how much everything is later than usual."""
    appointed: User | None = None
    scrutineers: list[User] = field(default_factory=list)
    officer: User = field(init=False)
    users: list[User] = field(init=False)
    memberships: list[Membership] = field(init=False)
    private: bytes = field(init=False, repr=False)
    ballot: Ballot = field(init=False)

    def __post_init__(self) -> None:
        self.opens_at, self.closes_at = self.opens_at + self.later, self.closes_at + self.later
        self.users = [UserFactory(organisation=self.organisation) for _ in range(self.members)]
        self.memberships = [member_in(self.organisation, user=user) for user in self.users]
        self.officer = self.appointed or UserFactory(organisation=self.organisation)
        self.scrutineers = self.scrutineers or [
            UserFactory(organisation=self.organisation) for _ in range(3)
        ]
        self.private, self.public = new_key_pair()
        self.ballot = create_ballot(
            plan=BallotPlan(
                code=self.code,
                kind=self.kind,
                title="A ballot",
                record_on=RECORD_ON,
                opens_at=self.opens_at,
                closes_at=self.closes_at,
                challenge_days=self.challenge_days,
            ),
            actor=self.officer,
            now=BEFORE + self.later,
        )

    @property
    def pk(self) -> int:
        """The ballot's key."""
        return self.ballot.pk

    def again(self) -> Ballot:
        """Return the ballot as the database has it now."""
        return Ballot.objects.get(pk=self.pk)

    def asked(self) -> "Poll":
        """Set the questions and name the scrutineers."""
        by: dict[str, Any] = {"ballot_id": self.pk, "now": BEFORE + self.later}
        set_paper(**by, paper=self.paper, actor=self.officer)
        appoint_scrutineers(
            **by, user_ids=[user.pk for user in self.scrutineers], actor=self.officer
        )
        return self

    def frozen(self) -> "Poll":
        """Set everything up to the frozen roll, with the key and its confirmations."""
        by: dict[str, Any] = {"ballot_id": self.pk, "now": BEFORE + self.later}
        self.asked()
        freeze_roll(**by, actor=self.officer)
        set_key(**by, public_key=self.public.hex(), actor=self.scrutineers[0])
        for user in self.scrutineers:
            confirm_share(**by, public_key=self.public.hex(), actor=user)
        return self

    def opened(self) -> "Poll":
        """Open it."""
        self.frozen()
        open_ballot(ballot_id=self.pk, actor=self.officer, now=OPENS + self.later)
        return self

    def cast(self, member: int, answers: Mapping[str, object], now: datetime = DURING) -> str:
        """Cast one member's ballot and return the receipt."""
        return cast_ballot(
            ballot_id=self.pk,
            answers=answers,
            is_assisted=False,
            actor=self.users[member],
            now=now,
        )

    def unlinked(self) -> "Poll":
        """Close it and take the names off."""
        close_ballot(ballot_id=self.pk, now=max(AFTER, self.closes_at))
        unlink_ballot(ballot_id=self.pk, now=AFTER)
        Ballot.objects.filter(pk=self.pk).update(is_rewritten=True)
        return self

    def rewritten(self) -> "Poll":
        """The same as it is done outside of a test's transaction."""
        close_ballot(ballot_id=self.pk, now=AFTER)
        unlink_ballot(ballot_id=self.pk, now=AFTER)
        rewrite_roll(ballot_id=self.pk, now=AFTER)
        return self

    def contents(self) -> dict[str, str]:
        """Open every envelope as the scrutineers would."""
        return {
            str(row.random_id): open_ballot_envelope(
                bytes(row.sealed), private_key=self.private, ballot=self.ballot.code
            )
            for row in self.ballot.box.all()
        }

    def received(self) -> "Poll":
        """Bring the opened ballots."""
        receive_opened(
            ballot_id=self.pk, opened=self.contents(), actor=self.scrutineers[0], now=AFTER
        )
        return self

    def declared(self) -> "Poll":
        """Count and declare."""
        declare_ballot(ballot_id=self.pk, actor=self.officer, now=AFTER + self.later)
        return self
