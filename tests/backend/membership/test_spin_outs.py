"""Spin-out cases against the conditions of the best-practice agreement."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from backend.audit.models import AuditEntry
from backend.membership.models import (
    Condition,
    CovenantKind,
    EntityKind,
    EntityRelation,
    InitiatedBy,
    LegalEntity,
    SpinOutCase,
    SpinOutState,
    Waiver,
)
from backend.membership.selectors.spin_outs import (
    AUTOMATIC,
    ConditionState,
    case_report,
    spin_outs_for,
)
from backend.membership.services.load_histories import load_histories
from backend.membership.services.spin_outs import (
    CaseNotInStateError,
    ConditionsOpenError,
    NotToBeWaivedError,
    StaffBallot,
    VotesDoNotFitError,
    add_evidence,
    approve_spin_out,
    begin_consulting,
    call_staff_ballot,
    declare_staff_ballot,
    propose_spin_out,
    reject_spin_out,
    transfer_service,
    waive_condition,
)
from tests.backend.factories import NOW
from tests.backend.factories.accounts import admin_of
from tests.backend.factories.membership import (
    AppointmentFactory,
    CovenantFactory,
    LegalEntityFactory,
    MemberClassFactory,
    MembershipEventFactory,
    MembershipFactory,
    SeatFactory,
)
from tests.backend.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
BALLOT = StaffBallot(
    "ballot 9", date(2026, 4, 1), is_secret=True, eligible=450, yes=230, no=60, spoilt=0
)
BY_EVIDENCE = [condition for condition in Condition if condition not in AUTOMATIC]


def _case(*, initiated_by: InitiatedBy = InitiatedBy.WORKERS) -> SpinOutCase:
    """Return a case whose proposed society its workers own and steer, with an asset lock."""
    parent = LegalEntityFactory()
    proposed = LegalEntityFactory(
        kept_by=parent.kept_by, kind=EntityKind.PARTNER, has_asset_lock=True
    )
    MembershipEventFactory(
        membership=MembershipFactory(member_class=MemberClassFactory(entity=proposed))
    )
    AppointmentFactory(seat=SeatFactory(entity=proposed, term_months=None))
    CovenantFactory(
        entity=proposed, kind=CovenantKind.NO_DILUTION, class_kind="", bound_bp=None, text="Never"
    )
    return propose_spin_out(
        parent=parent,
        proposed=proposed,
        service="Night care",
        initiated_by=initiated_by,
        actor=None,
        now=NOW,
    )


def _evidence(case: SpinOutCase, condition: Condition, on: date = date(2026, 1, 5)) -> None:
    add_evidence(case_id=case.pk, condition=condition, text="minutes", on=on, actor=None, now=NOW)


def _declared(case: SpinOutCase, ballot: StaffBallot = BALLOT) -> SpinOutCase:
    begin_consulting(case_id=case.pk, actor=None, now=NOW)
    call_staff_ballot(case_id=case.pk, options_chosen_on=date(2026, 3, 1), actor=None, now=NOW)
    return declare_staff_ballot(case_id=case.pk, ballot=ballot, actor=None, now=NOW)


def _approve(case: SpinOutCase) -> SpinOutCase:
    return approve_spin_out(case_id=case.pk, on=DAY, actor=None, now=NOW)


def _open(case: SpinOutCase) -> set[str]:
    case.refresh_from_db()
    return {condition.value for condition in case_report(case, DAY).open_conditions}


def test_a_case_goes_from_draft_to_transfer_when_every_condition_is_met() -> None:
    case = _case()
    for condition in BY_EVIDENCE:
        _evidence(case, condition)
    _declared(case)

    assert _open(case) == set()
    for _ in range(2):
        assert _approve(case).state == SpinOutState.APPROVED
    for _ in range(2):
        transfer_service(case_id=case.pk, on=DAY, actor=None, now=NOW)

    relation = EntityRelation.objects.get(child=case.proposed)
    assert (relation.kind, relation.parent) == ("spun_out_of", case.parent)
    assert list(
        AuditEntry.objects.filter(subject=f"spin_out:{case.pk}")
        .exclude(event="spin_out.evidence_added")
        .order_by("seq")
        .values_list("event", flat=True)
    ) == [
        "spin_out.proposed",
        "spin_out.consulting",
        "spin_out.ballot_called",
        "spin_out.ballot_declared",
        "spin_out.approved",
        "spin_out.transferred",
    ]


@pytest.mark.parametrize(
    ("ballot", "opened"),
    [
        (replace(BALLOT, yes=220, no=40), {"majority_of_staff"}),
        (replace(BALLOT, yes=225, no=0), {"majority_of_staff"}),
        (replace(BALLOT, yes=226, no=224), set()),
        (replace(BALLOT, is_secret=False), {"ballot_of_staff"}),
    ],
)
def test_only_a_secret_majority_of_all_staff_counts_as_support(
    ballot: StaffBallot, opened: set[str]
) -> None:
    case = _case()
    for condition in BY_EVIDENCE:
        _evidence(case, condition)
    _declared(case, ballot)

    assert _open(case) == opened


def test_nothing_is_approved_while_conditions_are_open() -> None:
    case = _declared(_case(initiated_by=InitiatedBy.ABOVE))

    with pytest.raises(ConditionsOpenError) as refused:
        _approve(case)

    assert set(refused.value.params["conditions"]) == {  # type: ignore[call-overload]
        "from_the_workers",
        *(condition.value for condition in BY_EVIDENCE),
    }


def test_unions_count_as_involved_only_from_before_the_options_were_chosen() -> None:
    case = _case()
    _evidence(case, Condition.UNIONS_INVOLVED, on=date(2026, 3, 1))
    _declared(case)
    assert "unions_involved" in _open(case)

    _evidence(case, Condition.UNIONS_INVOLVED, on=date(2026, 2, 28))
    assert "unions_involved" not in _open(case)


def test_evidence_may_be_waived_with_reason_and_name_but_no_figure_of_the_case() -> None:
    case = _case()
    for _ in range(2):
        waive_condition(
            case_id=case.pk,
            condition=Condition.OPTIONS_COMPARED,
            reason="The council is closing the service.",
            waived_by="Ana Brook, secretary",
            on=date(2026, 2, 1),
            actor=None,
            now=NOW,
        )

    [check] = [
        row
        for row in case_report(case, DAY).conditions
        if row.condition is Condition.OPTIONS_COMPARED
    ]
    assert check.state is ConditionState.WAIVED
    assert check.waiver is not None
    assert check.waiver.waived_by == "Ana Brook, secretary"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Waiver.objects.update(reason="")
    for condition in AUTOMATIC:
        with pytest.raises(NotToBeWaivedError):
            waive_condition(
                case_id=case.pk,
                condition=condition,
                reason="because",
                waived_by="nobody",
                on=DAY,
                actor=None,
                now=NOW,
            )


def test_control_assets_and_dilution_follow_from_the_proposed_body() -> None:
    case = _case()
    proposed = case.proposed
    assert not {"control", "assets_protected", "no_dilution"} & _open(case)

    LegalEntity.objects.filter(pk=proposed.pk).update(has_asset_lock=False)
    proposed.covenants.all().delete()
    proposed.seats.get().appointments.all().delete()

    assert {"control", "assets_protected", "no_dilution"} <= _open(case)


def test_steps_are_taken_in_order_and_votes_fit_the_staff() -> None:
    case = _case()

    with pytest.raises(CaseNotInStateError):
        declare_staff_ballot(case_id=case.pk, ballot=BALLOT, actor=None, now=NOW)
    with pytest.raises(CaseNotInStateError):
        _approve(case)
    begin_consulting(case_id=case.pk, actor=None, now=NOW)
    call_staff_ballot(case_id=case.pk, options_chosen_on=DAY, actor=None, now=NOW)
    with pytest.raises(VotesDoNotFitError):
        declare_staff_ballot(
            case_id=case.pk, ballot=replace(BALLOT, eligible=289), actor=None, now=NOW
        )
    declare_staff_ballot(case_id=case.pk, ballot=BALLOT, actor=None, now=NOW)
    assert reject_spin_out(case_id=case.pk, actor=None, now=NOW).state == SpinOutState.REJECTED
    with pytest.raises(CaseNotInStateError):
        _evidence(case, Condition.EMPLOYMENT)


def test_mycsp_as_it_was_fails_engagement_and_governance() -> None:
    organisation = OrganisationFactory()
    load_histories(organisation=organisation, actor=None, now=NOW)
    case = propose_spin_out(
        parent=LegalEntityFactory(kept_by=organisation, form="public_body"),
        proposed=LegalEntity.objects.get(external_id="mycsp"),
        service="Civil service pensions",
        initiated_by=InitiatedBy.ABOVE,
        actor=None,
        now=NOW,
    )

    opened = {row.value for row in case_report(case, date(2012, 5, 31)).open_conditions}

    assert {"from_the_workers", "ballot_of_staff", "majority_of_staff", "control"} <= opened
    assert "no_dilution" in opened


def test_cases_of_other_organisations_are_out_of_reach() -> None:
    case = _case()
    stranger = admin_of(OrganisationFactory())

    assert list(spin_outs_for(admin_of(case.parent.kept_by))) == [case]
    assert list(spin_outs_for(stranger)) == []
    with pytest.raises(SpinOutCase.DoesNotExist):
        begin_consulting(case_id=case.pk, actor=stranger, now=NOW)
