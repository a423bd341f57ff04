"""The ballots of the demonstration: a policy vote and an election now over, one still open.

The services do every step; only the envelopes are put in together, since 850 calls would take
half a minute. The keys are made here and thrown away: what is open now can never be opened.
The first is over for so long that all weeks of the demonstration are made by the policy it became.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from backend.accounts.models import Role, User
from backend.demo.figures import seeded
from backend.democracy.envelopes import new_key_pair, open_ballot_envelope, receipt_of, seal_ballot
from backend.democracy.models import Ballot, BallotKind, RollEntry
from backend.democracy.services import (
    BallotPlan,
    appoint_scrutineers,
    close_ballot,
    confirm_share,
    create_ballot,
    declare_ballot,
    finish_ballot,
    freeze_roll,
    open_ballot,
    paper_of,
    receive_opened,
    set_key,
    set_paper,
    unlink_ballot,
)
from backend.membership.models import Constituency, Membership, MembershipStatus
from backend.organisation.models import Branch, Organisation
from backend.organisation.rota_policy import TOKENS

WISHED = (200, 540, 80, 40, 70, 40, 30)
"""How people spread their tokens over the rules, in the order of the paper."""
DAYS = timedelta(days=14)
TURNOUT = 0.6
CANDIDATES = 5

WEIGHTS: dict[str, object] = {"id": "weights", "ask": "weights"}
SPLITS: dict[str, object] = {
    "id": "max_splits_week",
    "ask": "limit",
    "low": 0,
    "high": 7,
    "present": 7,
}
DAYS_IN_A_ROW: dict[str, object] = {
    "id": "max_consecutive_days",
    "ask": "limit",
    "low": 3,
    "high": 6,
    "present": 6,
}
NOTICE: dict[str, object] = {"id": "rota_days", "ask": "limit", "low": 7, "high": 28, "step": 7}

Answer = Callable[[Random], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Office:
    """Who runs the ballots."""

    officer: User
    scrutineers: Sequence[User]


@transaction.atomic
def hold_ballots(organisation: Organisation, monday: date, shown: Branch) -> int:
    """Hold what is missing of the three ballots and return how many that were.

    Parameters
    ----------
    monday
        Of the current week; one ballot opens on it.
    shown
        The branch whose members elected somebody.
    """
    if Ballot.objects.filter(organisation=organisation).exists():
        return 0
    start = datetime.combine(monday, time(), UTC)
    users = User.objects.filter(organisation=organisation).order_by("pk")
    office = Office(
        officer=users.get(grants__role=Role.ADMIN),
        scrutineers=list(users.filter(grants__role=Role.BRANCH_MANAGER)[:3]),
    )
    _finished(
        office,
        _plan("policy-last", BallotKind.POLICY, "How should rotas be weighed?", start, weeks=12),
        [WEIGHTS, SPLITS],
        lambda rng: {
            "weights": _tokens(rng),
            "max_splits_week": min(7, max(0, round(rng.gauss(5, 1.2)))),
        },
    )
    _finished(
        office,
        _plan("council-last", BallotKind.ELECTION, f"Council: {shown.name}", start, weeks=10),
        _election_paper(shown),
        lambda rng: {"seats": rng.sample(range(1, CANDIDATES + 1), rng.randint(1, CANDIDATES))},
    )
    _open(
        office,
        _plan("policy-next", BallotKind.POLICY, "Which limits should rotas keep?", start, weeks=0),
        [WEIGHTS, DAYS_IN_A_ROW, NOTICE],
        lambda rng: {
            "weights": _tokens(rng),
            "max_consecutive_days": rng.choice((4, 5, 5, 6)),
            "rota_days": rng.choice((14, 14, 21, 28)),
        },
    )
    return 3


def _plan(code: str, kind: BallotKind, title: str, start: datetime, *, weeks: int) -> BallotPlan:
    opens_at = start - timedelta(weeks=weeks)
    return BallotPlan(
        code=code,
        kind=kind,
        title=title,
        record_on=opens_at.date() - timedelta(days=7),
        opens_at=opens_at,
        closes_at=opens_at + DAYS,
    )


def _finished(
    office: Office, plan: BallotPlan, paper: list[dict[str, object]], answer: Answer
) -> None:
    ballot, private = _open(office, plan, paper, answer)
    at = plan.closes_at
    close_ballot(ballot_id=ballot.pk, now=at)
    unlink_ballot(ballot_id=ballot.pk, now=at)
    # Made-up votes leave no traces that need to be wiped from the disk.
    Ballot.objects.filter(pk=ballot.pk).update(is_rewritten=True)
    opened = {
        str(row.random_id): open_ballot_envelope(
            bytes(row.sealed), private_key=private, ballot=ballot.code
        )
        for row in ballot.box.all()
    }
    receive_opened(ballot_id=ballot.pk, opened=opened, actor=office.scrutineers[0], now=at)
    declare_ballot(ballot_id=ballot.pk, actor=office.officer, now=at)
    finish_ballot(ballot_id=ballot.pk, now=at + timedelta(days=plan.challenge_days))


def _open(
    office: Office, plan: BallotPlan, paper: list[dict[str, object]], answer: Answer
) -> tuple[Ballot, bytes]:
    before = plan.opens_at - timedelta(days=1)
    officer, users = office.officer, office.scrutineers
    pk = create_ballot(plan=plan, actor=officer, now=before).pk
    set_paper(ballot_id=pk, paper=paper, actor=officer, now=before)
    appoint_scrutineers(
        ballot_id=pk, user_ids=[user.pk for user in users], actor=officer, now=before
    )
    freeze_roll(ballot_id=pk, actor=officer, now=before)
    private, public = new_key_pair()
    set_key(ballot_id=pk, public_key=public.hex(), actor=users[0], now=before)
    for user in users:
        confirm_share(ballot_id=pk, public_key=public.hex(), actor=user, now=before)
    ballot = open_ballot(ballot_id=pk, actor=officer, now=plan.opens_at)
    _vote(ballot, answer, public)
    return ballot, private


def _vote(ballot: Ballot, answer: Answer, public: bytes) -> None:
    rng, paper = seeded(f"votes of {ballot.code}"), paper_of(ballot)
    entries = list(ballot.roll.order_by("number"))
    voters = [entry for entry in entries if rng.random() < TURNOUT]
    for entry in voters:
        content = paper.for_constituency(entry.constituency_id).content_of(answer(rng))
        sealed = seal_ballot(
            content, public_key=public, ballot=ballot.code, size=ballot.paper_bytes or 0
        )
        entry.sealed, entry.receipt, entry.voted = sealed, receipt_of(sealed), True
    RollEntry.objects.bulk_update(voters, ["sealed", "receipt", "voted"], batch_size=200)


def _tokens(rng: Random) -> list[int]:
    given = [0] * len(WISHED)
    for place in rng.choices(range(len(WISHED)), weights=WISHED, k=TOKENS):
        given[place] += 1
    return given


def _election_paper(branch: Branch) -> list[dict[str, object]]:
    constituency = Constituency.objects.get(branch=branch)
    members = Membership.objects.filter(
        status=MembershipStatus.MEMBER, holder__carer__branch=branch
    ).select_related("holder")
    stand = seeded("candidates").sample(list(members.order_by("number")), CANDIDATES)
    return [
        {
            "id": "seats",
            "ask": "seats",
            "title": f"Two seats on the council for {branch.name}",
            "seats": 2,
            "constituency": constituency.pk,
            "candidates": [{"name": row.holder.name, "membership": row.pk} for row in stand],
        }
    ]
