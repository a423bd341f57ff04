"""Legal entities, member classes, members, shares and seats."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from backend.membership.models import (
    Appointment,
    ClassKind,
    Constituency,
    Covenant,
    CovenantKind,
    EntityKind,
    EventKind,
    Holder,
    HolderKind,
    LegalEntity,
    Meeting,
    MeetingKind,
    MemberClass,
    Membership,
    MembershipEvent,
    MembershipStatus,
    OrganisationForm,
    Seat,
    SeatHow,
    ShareClass,
    ShareDividend,
    ShareEntry,
    ShareEntryKind,
    ShareVotes,
    Voting,
)
from backend.organisation.models import Branch, Organisation
from tests.backend.factories.moments import LONG_AGO, NOW
from tests.backend.factories.organisation import OrganisationFactory


class LegalEntityFactory(DjangoModelFactory[LegalEntity]):
    """An organisation's own entity: a co-operative society."""

    class Meta:
        model = LegalEntity

    kept_by = factory.SubFactory(OrganisationFactory)
    kind = EntityKind.OWN
    external_id = factory.Sequence(lambda n: f"entity-{n}")
    name = factory.Sequence(lambda n: f"Society {n}")
    form = OrganisationForm.COOP_SOCIETY


class MemberClassFactory(DjangoModelFactory[MemberClass]):
    """Workers, one vote each."""

    class Meta:
        model = MemberClass

    entity = factory.SubFactory(LegalEntityFactory)
    kind = ClassKind.WORKER
    name = factory.LazyAttribute(lambda row: ClassKind(row.kind).label)
    voting = Voting.ONE_EACH


class HolderFactory(DjangoModelFactory[Holder]):
    """A person who does not sign in."""

    class Meta:
        model = Holder

    kept_by = factory.SubFactory(OrganisationFactory)
    kind = HolderKind.PERSON
    name = factory.Sequence(lambda n: f"Member {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    """A membership without any event; see `member_in` for a whole one."""

    class Meta:
        model = Membership

    entity = factory.SelfAttribute("member_class.entity")
    member_class = factory.SubFactory(MemberClassFactory)
    holder = factory.SubFactory(
        HolderFactory, kept_by=factory.SelfAttribute("..member_class.entity.kept_by")
    )
    number = factory.Sequence(lambda n: n + 1)
    status = MembershipStatus.MEMBER


class MembershipEventFactory(DjangoModelFactory[MembershipEvent]):
    """Admitted long ago."""

    class Meta:
        model = MembershipEvent

    membership = factory.SubFactory(MembershipFactory)
    kind = EventKind.ADMITTED
    on = LONG_AGO
    status = MembershipStatus.MEMBER
    recorded_at = NOW


class ConstituencyFactory(DjangoModelFactory[Constituency]):
    """All members of a class."""

    class Meta:
        model = Constituency

    entity = factory.SelfAttribute("member_class.entity")
    member_class = factory.SubFactory(MemberClassFactory)
    name = factory.Sequence(lambda n: f"Constituency {n}")


class ShareClassFactory(DjangoModelFactory[ShareClass]):
    """A £1 share of a society: withdrawable, one vote for each member, no dividend."""

    class Meta:
        model = ShareClass

    entity = factory.SubFactory(LegalEntityFactory)
    name = factory.Sequence(lambda n: f"Share {n}")
    nominal_pence = 100
    is_withdrawable = True
    votes = ShareVotes.PER_MEMBER
    dividend = ShareDividend.NONE


class ShareEntryFactory(DjangoModelFactory[ShareEntry]):
    """One share allotted long ago, not yet paid for."""

    class Meta:
        model = ShareEntry

    share_class = factory.SubFactory(ShareClassFactory)
    holder = factory.SubFactory(
        HolderFactory, kept_by=factory.SelfAttribute("..share_class.entity.kept_by")
    )
    kind = ShareEntryKind.ALLOT
    quantity = 1
    amount_pence = 100
    on = LONG_AGO
    recorded_at = NOW


class SeatFactory(DjangoModelFactory[Seat]):
    """A seat that workers elect to, for two years."""

    class Meta:
        model = Seat

    entity = factory.SubFactory(LegalEntityFactory)
    name = factory.Sequence(lambda n: f"Seat {n}")
    class_kind = ClassKind.WORKER
    how = SeatHow.ELECTED
    term_months = 24
    starts_on = LONG_AGO


class AppointmentFactory(DjangoModelFactory[Appointment]):
    """Somebody without a recorded name, in the seat since long ago."""

    class Meta:
        model = Appointment

    seat = factory.SubFactory(SeatFactory)
    starts_on = LONG_AGO


class CovenantFactory(DjangoModelFactory[Covenant]):
    """The trust keeps at least 51 % of the votes."""

    class Meta:
        model = Covenant

    entity = factory.SubFactory(LegalEntityFactory)
    kind = CovenantKind.TRUST_MINIMUM
    text = "The trust keeps at least 51 % of the votes."
    class_kind = ClassKind.WORKER_TRUST
    bound_bp = 5100
    starts_on = LONG_AGO


class MeetingFactory(DjangoModelFactory[Meeting]):
    """A general meeting that has been called."""

    class Meta:
        model = Meeting

    entity = factory.SubFactory(LegalEntityFactory)
    kind = MeetingKind.GENERAL
    called_at = NOW
    notice_days = 14
    quorum = 10


def member_in(
    organisation: Organisation,
    *,
    branch: Branch | None = None,
    since: date = LONG_AGO,
    kind: ClassKind = ClassKind.WORKER,
    **holder: object,
) -> Membership:
    """Return a member of an organisation's own entity, which is made where it is missing.

    `holder` takes the fields of `Holder`: name, user, carer.
    """
    entity = LegalEntity.objects.filter(kept_by=organisation, kind=EntityKind.OWN).first()
    entity = entity or LegalEntityFactory(kept_by=organisation)
    member_class = MemberClass.objects.filter(entity=entity, kind=kind).first()
    membership = MembershipFactory(
        member_class=member_class or MemberClassFactory(entity=entity, kind=kind),
        holder=HolderFactory(kept_by=organisation, **holder),
    )
    MembershipEventFactory(membership=membership, on=since, branch=branch)
    return membership
