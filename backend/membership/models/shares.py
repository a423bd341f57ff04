"""Classes of shares, and the entries from which every holding follows."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.membership.models.bodies import Holder, LegalEntity


class ShareVotes(models.TextChoices):
    """What a share says about votes."""

    PER_MEMBER = "per_member", "One vote, however many are held"
    PER_SHARE = "per_share", "A vote for each share"
    NONE = "none", "No vote"


class ShareDividend(models.TextChoices):
    """What a share may earn."""

    NONE = "none", "Nothing"
    INTEREST = "interest", "Interest, capped by the rules"
    PROFIT = "profit", "A part of the profit"


class ShareClass(models.Model):
    """A class of shares of a body."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="share_classes")
    name = models.CharField(max_length=120)
    nominal_pence = models.PositiveIntegerField()
    is_withdrawable = models.BooleanField(default=False)
    is_transferable = models.BooleanField(default=False)
    is_redeemable = models.BooleanField(default=False)
    votes = models.CharField(max_length=10, choices=ShareVotes.choices)
    dividend = models.CharField(max_length=10, choices=ShareDividend.choices)
    interest_cap_bp = models.PositiveIntegerField(
        null=True, blank=True, help_text="hundredths of a per cent a year"
    )
    max_per_holder = models.PositiveIntegerField(null=True, blank=True, help_text="shares")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "name"], name="membership_share_class_name_once"
            ),
            models.CheckConstraint(
                condition=~Q(dividend=ShareDividend.INTEREST) | Q(interest_cap_bp__isnull=False),
                name="membership_share_interest_is_capped",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ShareEntryKind(models.TextChoices):
    """What an entry records; `shares.py` says what each does to a holding."""

    ALLOT = "allot", "Allotted"
    CALL = "call", "Payment called"
    PAY = "pay", "Paid"
    FREE_ALLOT = "free_allot", "Allotted free"
    TRANSFER_OUT = "transfer_out", "Transferred away"
    TRANSFER_IN = "transfer_in", "Received by transfer"
    CANCEL_REQUEST = "cancel_request", "Asked to withdraw"
    WITHDRAW = "withdraw", "Withdrawn and repaid"
    REDEEM = "redeem", "Redeemed"
    FORFEIT = "forfeit", "Forfeited"
    REVERSAL = "reversal", "Reversed an earlier entry"


MONEY_ALONE = (ShareEntryKind.CALL, ShareEntryKind.PAY)


class ShareEntry(models.Model):
    """One entry about one holder's shares of a class. Never changed.

    Numbers are never negative; the kind says what they do. `amount_pence` is the price of what is
    allotted or called, the money that came or went, and for a transfer what had been paid up. A
    transfer in names its transfer out, a payment of shares withdrawn the request, a reversal what
    it takes back.
    """

    share_class = models.ForeignKey(ShareClass, on_delete=models.PROTECT, related_name="entries")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="share_entries")
    kind = models.CharField(max_length=15, choices=ShareEntryKind.choices)
    quantity = models.PositiveIntegerField(default=0)
    amount_pence = models.PositiveBigIntegerField(default=0)
    on = models.DateField()
    counterpart = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    note = models.CharField(max_length=200, blank=True)
    request_key = models.UUIDField(
        null=True, blank=True, unique=True, help_text="the same key makes no second entry"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MONEY_ALONE, quantity=0, amount_pence__gt=0)
                | Q(kind=ShareEntryKind.REVERSAL)
                | (~Q(kind__in=[*MONEY_ALONE, ShareEntryKind.REVERSAL]) & Q(quantity__gt=0)),
                name="membership_share_entry_counts_something",
            ),
            models.CheckConstraint(
                condition=Q(kind=ShareEntryKind.REVERSAL, reverses__isnull=False)
                | (~Q(kind=ShareEntryKind.REVERSAL) & Q(reverses__isnull=True)),
                name="membership_share_reversal_names_its_entry",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[ShareEntryKind.TRANSFER_IN, ShareEntryKind.WITHDRAW])
                | Q(counterpart__isnull=False),
                name="membership_share_entry_names_its_counterpart",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("id")),
                name="membership_share_entry_reverses_another",
            ),
        ]
        indexes = [
            models.Index(fields=["share_class", "holder", "on"], name="membership_shares_by_holder")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity} on {self.on}"
