"""Classes of members, memberships, and the events that say what held when."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When

from backend.membership.models.bodies import Holder, LegalEntity


class ClassKind(models.TextChoices):
    """What a class of members is to the body; which kinds count as inside, see `control.py`."""

    WORKER = "worker", "Workers"
    WORKER_TRUST = "worker_trust", "Trust for all workers"
    USER = "user", "People who receive care"
    FAMILY = "family", "Families and unpaid carers"
    COMMUNITY = "community", "Community"
    INVESTOR = "investor", "Investor members"
    PRIVATE_INVESTOR = "private_investor", "Private investor"
    PUBLIC_BODY = "public_body", "Public bodies"
    FOUNDER = "founder", "Founders"
    FOUNDING_COOP = "founding_coop", "Founding co-operative"
    FRANCHISOR = "franchisor", "Parent of a franchise"
    UNION = "union", "Trade unions"
    EXTERNAL = "external", "People from outside"
    EX_OFFICIO = "ex_officio", "By office"
    OTHER = "other", "Others"
    UNDISCLOSED = "undisclosed", "Holder not known"


class Voting(models.TextChoices):
    """What gives members of a class their votes in the general meeting."""

    ONE_EACH = "one_each", "One member, one vote"
    BY_SHARES = "by_shares", "By shares held"
    NONE = "none", "No vote"


class MemberClass(models.Model):
    """A class of members of a body, as its rules name it."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="classes")
    kind = models.CharField(max_length=20, choices=ClassKind.choices)
    name = models.CharField(max_length=120)
    voting = models.CharField(max_length=10, choices=Voting.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "kind"], name="membership_class_kind_once")
        ]

    def __str__(self) -> str:
        return self.name


class MembershipStatus(models.TextChoices):
    """What somebody is to the class they asked to join."""

    APPLICANT = "applicant", "Applicant"
    PROBATION = "probation", "On probation"
    MEMBER = "member", "Member"
    SUSPENDED = "suspended", "Suspended"
    CEASED = "ceased", "Former member"
    LAPSED = "lapsed", "Application lapsed"
    REFUSED = "refused", "Refused"


OPEN_STATUSES = (
    MembershipStatus.APPLICANT,
    MembershipStatus.PROBATION,
    MembershipStatus.MEMBER,
    MembershipStatus.SUSPENDED,
)
ON_THE_REGISTER = (MembershipStatus.MEMBER, MembershipStatus.SUSPENDED)
"""Who is a member in the eyes of the law: a suspended member still owns."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Filters by what held on a date."""

    def on(self, day: date) -> Self:
        """Add `status_on` and `branch_id_on`, as at the end of a day; None before anything.

        A worker's membership ends with the employment, whether or not anybody has recorded that.
        """
        last = MembershipEvent.objects.filter(membership=OuterRef("pk"), on__lte=day).order_by(
            "-on", "-pk"
        )
        left = Q(member_class__kind=ClassKind.WORKER, holder__carer__ends_before__lte=day)
        was_member = Q(recorded_on__in=ON_THE_REGISTER)
        return self.annotate(
            recorded_on=Subquery(last.values("status")[:1]),
            status_on=Case(
                When(left & was_member, then=Value(MembershipStatus.CEASED)),
                default=F("recorded_on"),
            ),
            branch_id_on=Subquery(last.values("branch_id")[:1]),
        )

    def being(self, statuses: Collection[MembershipStatus], day: date) -> Self:
        """Keep those that had one of `statuses` at the end of a day; with the columns of `on`."""
        return self.on(day).filter(Q(("status_on__in", list(statuses))))


class Membership(models.Model):
    """One holder's way through one class of members of one body.

    `status` is as last recorded; what held on a date, and in which branch, is said by the events
    up to that date. A number is given on admission and never again.
    """

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="memberships")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="memberships")
    member_class = models.ForeignKey(
        MemberClass, on_delete=models.PROTECT, related_name="memberships"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=MembershipStatus.choices)

    objects = MembershipQuerySet.as_manager()

    # Only on rows that came through `on` or `being`.
    status_on: str | None
    branch_id_on: int | None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "number"], name="membership_number_never_reused"
            ),
            models.UniqueConstraint(
                fields=["holder", "member_class"],
                condition=Q(status__in=OPEN_STATUSES),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*ON_THE_REGISTER, MembershipStatus.CEASED])
                | Q(number__isnull=False),
                name="membership_members_have_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"no {self.number}" if self.number else f"{self.holder_id}, {self.status}"


class EventKind(models.TextChoices):
    """What happened to a membership."""

    APPLIED = "applied", "Applied"
    PROBATION_BEGAN = "probation_began", "Probation began"
    INDUCTED = "inducted", "Took a step of the induction"
    ADMITTED = "admitted", "Admitted"
    REFUSED = "refused", "Refused"
    LAPSED = "lapsed", "Application lapsed"
    SUSPENDED = "suspended", "Suspended"
    RESTORED = "restored", "Suspension ended"
    MOVED = "moved", "Moved to another branch"
    CEASED = "ceased", "Ceased"
    REVERSAL = "reversal", "Reversed an earlier entry"


class CeaseReason(models.TextChoices):
    """Why a membership ended."""

    LEFT_EMPLOYMENT = "left_employment", "Left employment"
    RESIGNED = "resigned", "Resigned"
    EXPELLED = "expelled", "Expelled"
    DIED = "died", "Died"
    LAPSED = "lapsed", "Lapsed under the rules"
    TRANSFERRED = "transferred", "Transferred all shares"
    DISSOLVED = "dissolved", "The body was dissolved"


class MembershipEvent(models.Model):
    """Something that happened on a day, with what holds from that day on. Never changed.

    `branch` None is the office or somebody outside. A reversal names what it takes back and says
    what holds again: what was recorded until then stays as it was recorded.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    on = models.DateField()
    status = models.CharField(max_length=10, choices=MembershipStatus.choices)
    branch = models.ForeignKey(
        "organisation.Branch", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cease_reason = models.CharField(max_length=20, choices=CeaseReason.choices, blank=True)
    reference = models.CharField(
        max_length=200, blank=True, help_text="the vote, minute or letter behind it"
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EventKind.REVERSAL, reverses__isnull=False)
                | (~Q(kind=EventKind.REVERSAL) & Q(reverses__isnull=True)),
                name="membership_event_reversal_names_its_event",
            ),
            models.CheckConstraint(
                condition=(Q(kind=EventKind.CEASED) & ~Q(cease_reason=""))
                | (~Q(kind=EventKind.CEASED) & Q(cease_reason="")),
                name="membership_ceasing_has_a_reason",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(kind=kind) | Q(status=status),
                    name=f"membership_event_{kind.value}_status",
                )
                for kind, status in (
                    (EventKind.APPLIED, MembershipStatus.APPLICANT),
                    (EventKind.PROBATION_BEGAN, MembershipStatus.PROBATION),
                    (EventKind.ADMITTED, MembershipStatus.MEMBER),
                    (EventKind.RESTORED, MembershipStatus.MEMBER),
                    (EventKind.SUSPENDED, MembershipStatus.SUSPENDED),
                    (EventKind.CEASED, MembershipStatus.CEASED),
                    (EventKind.REFUSED, MembershipStatus.REFUSED),
                    (EventKind.LAPSED, MembershipStatus.LAPSED),
                )
            ),
        ]
        indexes = [
            models.Index(fields=["membership", "-on", "-id"], name="membership_events_by_date")
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"
