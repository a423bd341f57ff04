"""From applying to admission, as the rules ask."""

from datetime import date

import pytest

from backend.audit.models import AuditEntry
from backend.membership.models import (
    CeaseReason,
    EventKind,
    Membership,
    MembershipStatus,
    OrganisationForm,
)
from backend.membership.selectors import members_on
from backend.membership.services.events import BeforeLastEventError, NotNowError
from backend.membership.services.found_membership import FormRecordedError, found_membership
from backend.membership.services.joining import (
    InductionMissingError,
    NotAWorkerError,
    OthersHolderError,
    TooEarlyError,
    VoteMissingError,
    admit_member,
    apply_for_membership,
    begin_probation,
    holder_for_carer,
    lapse_application,
    record_induction,
    refuse_applicant,
)
from backend.membership.services.standing import cease_membership
from tests.backend.factories import NOW
from tests.backend.factories.accounts import admin_of
from tests.backend.factories.membership import (
    HolderFactory,
    MemberClassFactory,
    ShareEntryFactory,
    member_in,
)
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import CarerFactory

pytestmark = pytest.mark.django_db

STARTED = date(2025, 8, 31)
SIX_MONTHS = date(2026, 2, 28)


def _applicant() -> Membership:
    """Return a carer of August 2025 who has asked to join a society's workers."""
    carer = CarerFactory(starts_on=STARTED)
    entity = found_membership(
        organisation=carer.branch.organisation,
        form=OrganisationForm.COOP_SOCIETY,
        registrar_no="RS1",
        actor=None,
        now=NOW,
    )
    return apply_for_membership(
        member_class_id=entity.classes.get().pk,
        holder_id=holder_for_carer(carer).pk,
        branch=carer.branch,
        on=date(2025, 9, 1),
        actor=None,
        now=NOW,
    )


def _ready() -> Membership:
    membership = _applicant()
    when = {"on": date(2025, 9, 1), "actor": None, "now": NOW}
    begin_probation(membership_id=membership.pk, **when)  # type: ignore[arg-type]
    for step in ("what a member decides", "how money flows"):
        record_induction(membership_id=membership.pk, step=step, **when)  # type: ignore[arg-type]
    return membership


def _admit(membership: Membership, *, on: date = SIX_MONTHS, vote: str = "ballot 7") -> Membership:
    return admit_member(membership_id=membership.pk, vote=vote, on=on, actor=None, now=NOW)


def test_a_carer_applies_passes_probation_and_is_admitted_with_a_number() -> None:
    membership = _admit(_ready())

    assert (membership.status, membership.number) == (MembershipStatus.MEMBER, 1)
    assert list(membership.events.order_by("pk").values_list("kind", flat=True)) == [
        "applied",
        "probation_began",
        "inducted",
        "inducted",
        "admitted",
    ]
    entry = AuditEntry.objects.get(event="membership.admitted")
    assert entry.body["on"] == "2026-02-28"
    organisation = membership.entity.kept_by
    assert members_on(organisation, SIX_MONTHS) == []  # the £1 share is not paid yet
    share = membership.entity.share_classes.get()
    for kind, quantity in (("allot", 1), ("pay", 0)):
        ShareEntryFactory(share_class=share, holder=membership.holder, kind=kind, quantity=quantity)
    [entry_of_roll] = members_on(organisation, SIX_MONTHS)
    assert entry_of_roll.constituency_id == membership.entity.constituencies.get().pk
    assert entry_of_roll.branch_id == membership.holder.carer.branch_id  # type: ignore[union-attr]


def test_six_months_of_service_are_counted_to_the_day() -> None:
    membership = _ready()

    with pytest.raises(TooEarlyError) as refused:
        _admit(membership, on=date(2026, 2, 27))

    assert refused.value.params == {"possible_on": "2026-02-28"}


def test_both_steps_of_the_induction_come_first_and_one_step_does_not_count_twice() -> None:
    membership = _applicant()
    for _ in range(2):
        record_induction(
            membership_id=membership.pk,
            step="what a member decides",
            on=date(2025, 10, 1),
            actor=None,
            now=NOW,
        )

    with pytest.raises(InductionMissingError) as refused:
        _admit(membership)

    assert refused.value.params == {"taken": 1, "needed": 2}


def test_admission_names_the_vote() -> None:
    with pytest.raises(VoteMissingError):
        _admit(_ready(), vote=" ")


def test_every_step_twice_changes_nothing_the_second_time() -> None:
    membership = _admit(_ready())
    events = membership.events.count()

    assert _admit(membership, on=date(2026, 3, 1)).number == membership.number
    again = apply_for_membership(
        member_class_id=membership.member_class_id,
        holder_id=membership.holder_id,
        branch=None,
        on=date(2026, 3, 1),
        actor=None,
        now=NOW,
    )

    assert again == membership
    assert membership.events.count() == events


def test_a_number_is_never_given_again() -> None:
    first = _admit(_ready())
    cease_membership(
        membership_id=first.pk,
        reason=CeaseReason.RESIGNED,
        reference="",
        on=date(2026, 4, 1),
        actor=None,
        now=NOW,
    )
    carer = CarerFactory(branch=first.holder.carer.branch, starts_on=STARTED)  # type: ignore[union-attr]
    second = apply_for_membership(
        member_class_id=first.member_class_id,
        holder_id=holder_for_carer(carer).pk,
        branch=None,
        on=date(2026, 4, 1),
        actor=None,
        now=NOW,
    )
    for step in ("one", "two"):
        record_induction(
            membership_id=second.pk, step=step, on=date(2026, 4, 1), actor=None, now=NOW
        )

    assert _admit(second, on=date(2026, 4, 2)).number == 2


def test_somebody_refused_or_lapsed_is_not_admitted_but_may_apply_again() -> None:
    membership = _ready()
    end = {"membership_id": membership.pk, "on": date(2026, 1, 5), "actor": None, "now": NOW}
    for _ in range(2):
        refuse_applicant(vote="ballot 8", **end)  # type: ignore[arg-type]

    with pytest.raises(NotNowError) as refused:
        _admit(membership)
    assert refused.value.params == {"status": "refused"}
    assert membership.events.filter(kind=EventKind.REFUSED).count() == 1

    again = apply_for_membership(
        member_class_id=membership.member_class_id,
        holder_id=membership.holder_id,
        branch=None,
        on=date(2026, 2, 1),
        actor=None,
        now=NOW,
    )
    assert again != membership
    lapsed = lapse_application(membership_id=again.pk, on=date(2026, 3, 1), actor=None, now=NOW)
    assert lapsed.status == MembershipStatus.LAPSED


def test_what_happened_is_written_down_in_order() -> None:
    membership = _ready()

    with pytest.raises(BeforeLastEventError) as refused:
        refuse_applicant(
            membership_id=membership.pk, vote="", on=date(2025, 8, 1), actor=None, now=NOW
        )

    assert refused.value.params == {"last_on": "2025-09-01"}


def test_only_people_who_work_here_join_the_workers() -> None:
    worker_class = member_in(OrganisationFactory()).member_class
    stranger = HolderFactory(kept_by=worker_class.entity.kept_by)

    with pytest.raises(NotAWorkerError):
        apply_for_membership(
            member_class_id=worker_class.pk,
            holder_id=stranger.pk,
            branch=None,
            on=SIX_MONTHS,
            actor=None,
            now=NOW,
        )


def test_holders_and_branches_of_another_organisation_are_refused() -> None:
    of_class = MemberClassFactory()

    for holder, branch in (
        (HolderFactory(), None),
        (HolderFactory(kept_by=of_class.entity.kept_by), BranchFactory()),
    ):
        with pytest.raises(OthersHolderError):
            apply_for_membership(
                member_class_id=of_class.pk,
                holder_id=holder.pk,
                branch=branch,
                on=SIX_MONTHS,
                actor=None,
                now=NOW,
            )


def test_somebody_of_another_organisation_finds_no_membership() -> None:
    membership = _ready()

    with pytest.raises(Membership.DoesNotExist):
        admit_member(
            membership_id=membership.pk,
            vote="ballot 7",
            on=SIX_MONTHS,
            actor=admin_of(OrganisationFactory()),
            now=NOW,
        )


def test_an_organisation_has_one_legal_form_and_changes_it_only_by_conversion() -> None:
    organisation = OrganisationFactory()

    def found(form: OrganisationForm) -> int:
        return found_membership(
            organisation=organisation, form=form, registrar_no="RS1", actor=None, now=NOW
        ).pk

    assert found(OrganisationForm.COOP_SOCIETY) == found(OrganisationForm.COOP_SOCIETY)
    with pytest.raises(FormRecordedError):
        found(OrganisationForm.COMPANY_SHARES)
