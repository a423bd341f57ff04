"""The control statement, from the rows of a register and a board."""

from datetime import date

import pytest

from backend.counting.chains import THROUGH_HOLDINGS
from backend.counting.control import Verdict
from backend.membership.models import (
    ClassKind,
    EntityKind,
    Holder,
    HolderKind,
    LegalEntity,
    OrganisationForm,
    SeatHow,
    ShareClass,
    ShareEntryKind,
    ShareVotes,
    Voting,
)
from backend.membership.selectors import control_statement
from backend.membership.statement import ControlStatement, FlagCode
from backend.organisation.models import RuleArea
from tests.backend.factories.membership import (
    AppointmentFactory,
    CovenantFactory,
    HolderFactory,
    LegalEntityFactory,
    MemberClassFactory,
    MembershipEventFactory,
    MembershipFactory,
    SeatFactory,
    ShareClassFactory,
    ShareEntryFactory,
    member_in,
)
from tests.backend.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def _flags(statement: ControlStatement) -> list[str]:
    return [flag.code.value for flag in statement.flags]


def _shares(entity: LegalEntity) -> ShareClass:
    return ShareClassFactory(entity=entity, votes=ShareVotes.PER_SHARE)


def _holder(
    share_class: ShareClass, kind: ClassKind, votes: int, *, body: LegalEntity | None = None
) -> Holder:
    """Return a body that holds shares and is a member of a class by them."""
    entity = share_class.entity
    holder = HolderFactory(
        kept_by=entity.kept_by, kind=HolderKind.BODY, entity=body, name=f"The {kind}"
    )
    of_class = MemberClassFactory(entity=entity, kind=kind, voting=Voting.BY_SHARES)
    MembershipEventFactory(membership=MembershipFactory(member_class=of_class, holder=holder))
    ShareEntryFactory(share_class=share_class, holder=holder, quantity=votes)
    return holder


def test_a_worker_cooperative_with_an_elected_council_is_genuine() -> None:
    organisation = OrganisationFactory()
    members = [member_in(organisation) for _ in range(3)]
    entity = members[0].entity
    for _ in range(2):
        AppointmentFactory(
            seat=SeatFactory(entity=entity), starts_on=DAY, elected_on=date(2026, 5, 1)
        )

    statement = control_statement(entity, DAY)

    assert statement.verdict.verdict is Verdict.GENUINE
    assert statement.is_accountable is True
    assert [(row.kind, row.votes, row.share_bp) for row in statement.votes] == [
        ("worker", 3, 10_000)
    ]
    assert [(row.kind, row.seats) for row in statement.board] == [("worker", 2)]
    assert statement.flags == ()


@pytest.mark.parametrize(
    ("since", "how", "fault"),
    [
        (date(2024, 6, 1), SeatHow.ELECTED, "term_overrun"),
        (date(2024, 6, 2), SeatHow.ELECTED, None),
        (date(2026, 5, 1), SeatHow.APPOINTED, "not_elected"),
    ],
)
def test_a_seat_that_does_not_answer_to_its_voters_makes_the_verdict_doubtful(
    since: date, how: SeatHow, fault: str | None
) -> None:
    membership = member_in(OrganisationFactory())
    seat = SeatFactory(entity=membership.entity, how=how)
    AppointmentFactory(seat=seat, starts_on=since, elected_on=date(2024, 5, 1))

    statement = control_statement(membership.entity, DAY)

    assert [flag.detail for flag in statement.flags] == ([fault] if fault else [])
    assert statement.verdict.verdict is (Verdict.AMBIGUOUS if fault else Verdict.GENUINE)


def test_an_election_longer_ago_than_the_rules_allow_is_said_even_without_a_term() -> None:
    membership = member_in(OrganisationFactory())
    seat = SeatFactory(entity=membership.entity, term_months=None)
    AppointmentFactory(seat=seat, elected_on=date(2023, 5, 31))

    assert [flag.detail for flag in control_statement(membership.entity, DAY).flags] == [
        "election_long_ago"
    ]


def test_one_who_sits_longer_than_the_rules_allow_in_a_row_is_said() -> None:
    membership = member_in(OrganisationFactory())
    seat = SeatFactory(entity=membership.entity, max_terms=1)
    holder = membership.holder
    AppointmentFactory(
        seat=seat, holder=holder, starts_on=date(2023, 6, 1), ends_before=date(2025, 6, 1)
    )
    AppointmentFactory(
        seat=seat, holder=holder, starts_on=date(2025, 6, 1), elected_on=date(2025, 5, 20)
    )

    assert [flag.detail for flag in control_statement(membership.entity, DAY).flags] == [
        "too_many_terms"
    ]


def test_an_empty_seat_and_a_seat_without_a_vote_do_not_count() -> None:
    membership = member_in(OrganisationFactory())
    SeatFactory(entity=membership.entity)
    AppointmentFactory(seat=SeatFactory(entity=membership.entity, has_vote=False))
    AppointmentFactory(seat=SeatFactory(entity=membership.entity), ends_before=DAY)

    assert control_statement(membership.entity, DAY).board == ()


def test_the_rules_may_count_the_community_as_inside() -> None:
    organisation = OrganisationFactory()
    entity = member_in(organisation).entity
    for _ in range(3):
        member_in(organisation, kind=ClassKind.COMMUNITY)
    assert control_statement(entity, DAY).verdict.inside_votes_bp == 2500

    rules = organisation.rule_sets.get(area=RuleArea.MEMBERSHIP)
    rules.values["inside_classes"] = ["community"]
    rules.save()

    assert control_statement(entity, DAY).verdict.inside_votes_bp == 10_000


def test_shares_without_a_known_holder_are_counted_and_flagged() -> None:
    entity = LegalEntityFactory(form=OrganisationForm.COMPANY_SHARES)
    share_class = _shares(entity)
    _holder(share_class, ClassKind.WORKER_TRUST, 80)
    ShareEntryFactory(share_class=share_class, quantity=20)

    statement = control_statement(entity, DAY)

    assert statement.verdict.inside_votes_bp == 8000
    assert [(flag.code, flag.share_bp) for flag in statement.flags] == [
        (FlagCode.UNDISCLOSED, 2000)
    ]


def test_votes_of_a_body_that_workers_own_count_through_it() -> None:
    entity = LegalEntityFactory(form=OrganisationForm.COMPANY_SHARES)
    parent = LegalEntityFactory(kept_by=entity.kept_by, kind=EntityKind.PARTNER)
    upper = _shares(parent)
    _holder(upper, ClassKind.WORKER_TRUST, 3)
    _holder(upper, ClassKind.INVESTOR, 1)
    shares = _shares(entity)
    _holder(shares, ClassKind.WORKER_TRUST, 20)
    _holder(shares, ClassKind.FRANCHISOR, 80, body=parent)

    statement = control_statement(entity, DAY)

    assert statement.verdict.inside_votes_bp == 8000
    assert [(step.holder, step.inside_bp) for step in statement.steps] == [("The franchisor", 7500)]
    # Shown as held, with the part that counts beside it: no class of that name exists.
    assert THROUGH_HOLDINGS not in {row.kind for row in statement.votes}


def test_less_for_workers_than_a_year_ago_is_said_with_both_figures() -> None:
    entity = LegalEntityFactory(form=OrganisationForm.COMPANY_SHARES)
    share_class = _shares(entity)
    trust = _holder(share_class, ClassKind.WORKER_TRUST, 60)
    investor = _holder(share_class, ClassKind.INVESTOR, 40)
    CovenantFactory(entity=entity, bound_bp=6000, text="At least 60 %")
    day = date(2026, 3, 1)
    out = ShareEntryFactory(
        share_class=share_class,
        holder=trust,
        kind=ShareEntryKind.TRANSFER_OUT,
        quantity=1,
        on=day,
    )
    ShareEntryFactory(
        share_class=share_class,
        holder=investor,
        kind=ShareEntryKind.TRANSFER_IN,
        quantity=1,
        counterpart=out,
        on=day,
    )

    before, after = control_statement(entity, date(2026, 2, 28)), control_statement(entity, DAY)

    assert _flags(before) == ["can_block"]
    assert _flags(after) == ["can_block", "diluted", "covenant_breached"]
    diluted = after.flags[1]
    assert (diluted.share_bp, diluted.bound_bp) == (5900, 6000)
    assert [state.is_kept for state in after.covenants] == [False]
