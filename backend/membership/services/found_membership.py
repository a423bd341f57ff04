"""Record an organisation's own legal form, with what its first members need."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.membership.forms import rules_of
from backend.membership.models import (
    ClassKind,
    Constituency,
    EntityKind,
    LegalEntity,
    MemberClass,
    OrganisationForm,
    ShareClass,
    ShareDividend,
    ShareVotes,
    Voting,
)
from backend.organisation.models import Organisation

SHARE_PENCE = 100


class FormRecordedError(RefusalError):
    """Another legal form, `form`, is recorded; a change of form is a conversion."""

    code = "membership.form_recorded"


@transaction.atomic
def found_membership(
    *,
    organisation: Organisation,
    form: OrganisationForm,
    registrar_no: str,
    actor: User | None,
    now: datetime,
) -> LegalEntity:
    """Record the legal form, workers with one vote each, and the members of all branches.

    A society gets its £1 share besides: withdrawable, without dividend, one vote for each member.
    A second call with the same form returns the entity as it is.

    Raises
    ------
    FormRecordedError
        Another form is recorded already.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = LegalEntity.objects.filter(kept_by=organisation, kind=EntityKind.OWN).first()
    if known is not None:
        if known.form != form:
            raise FormRecordedError(form=known.form)
        return known
    entity = LegalEntity.objects.create(
        kept_by=organisation,
        kind=EntityKind.OWN,
        external_id=organisation.external_id,
        name=organisation.name,
        form=form,
        registrar_no=registrar_no,
    )
    workers = MemberClass.objects.create(
        entity=entity, kind=ClassKind.WORKER, name="Workers", voting=Voting.ONE_EACH
    )
    Constituency.objects.create(entity=entity, member_class=workers, name="All workers")
    if rules_of(form).is_society:
        ShareClass.objects.create(
            entity=entity,
            name="Member's share",
            nominal_pence=SHARE_PENCE,
            is_withdrawable=True,
            votes=ShareVotes.PER_MEMBER,
            dividend=ShareDividend.NONE,
        )
    record(
        "entity.founded",
        actor=actor,
        subject=f"entity:{entity.pk}",
        at=now,
        chain=f"organisation:{organisation.pk}",
        body={"form": form.value, "registrar_no": registrar_no},
    )
    return entity
