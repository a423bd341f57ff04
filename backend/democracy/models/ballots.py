"""A ballot: what is asked, of whom, when, and how far it has come."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class BallotKind(models.TextChoices):
    """What a ballot is about; what stands on its paper is in `paper`."""

    POLICY = "policy", "Weights and limits of the rota"
    RESOLUTION = "resolution", "Resolution"
    PACKAGES = "packages", "Choice of a whole package"
    ELECTION = "election", "Election to seats"
    POLL = "poll", "Advisory poll"


class BallotState(models.TextChoices):
    """How far a ballot has come; `MAY_FOLLOW` says what may come next."""

    DRAFT = "draft", "Being prepared"
    ROLL_FROZEN = "roll_frozen", "Roll fixed"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    UNLINKED = "unlinked", "Names taken off"
    OPENED = "opened", "Opened"
    DECLARED = "declared", "Declared"
    CHALLENGED = "challenged", "Challenged"
    FINAL = "final", "Final"
    VOID = "void", "Void"


MAY_FOLLOW: Mapping[BallotState, frozenset[BallotState]] = {
    BallotState.DRAFT: frozenset({BallotState.ROLL_FROZEN, BallotState.VOID}),
    BallotState.ROLL_FROZEN: frozenset({BallotState.OPEN, BallotState.VOID}),
    BallotState.OPEN: frozenset({BallotState.CLOSED, BallotState.VOID}),
    BallotState.CLOSED: frozenset({BallotState.UNLINKED, BallotState.VOID}),
    BallotState.UNLINKED: frozenset({BallotState.OPENED, BallotState.VOID}),
    # Who has seen the papers can no longer make the vote undone: only a challenge can.
    BallotState.OPENED: frozenset({BallotState.DECLARED}),
    BallotState.DECLARED: frozenset({BallotState.CHALLENGED, BallotState.FINAL}),
    BallotState.CHALLENGED: frozenset({BallotState.FINAL, BallotState.VOID}),
    BallotState.FINAL: frozenset(),
    BallotState.VOID: frozenset(),
}
"""Each step that a ballot may take; the database refuses every other."""

HAS_ROLL = frozenset(BallotState) - {BallotState.DRAFT, BallotState.VOID}
IS_DECLARED = frozenset({BallotState.DECLARED, BallotState.CHALLENGED, BallotState.FINAL})


class Ballot(models.Model):
    """One ballot. `code` is its name in lots, hashes and files, and never changes.

    No column here is touched by casting, so that nothing tells when anybody voted.
    """

    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.PROTECT, related_name="ballots"
    )
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12, choices=BallotKind.choices)
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=BallotState.choices, default=BallotState.DRAFT)
    returning_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    classes = models.JSONField(help_text="kinds of member class that vote")
    branch = models.ForeignKey(
        "organisation.Branch",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="only members of this branch vote",
    )
    paper = models.JSONField(default=list, help_text="the questions, see papers.py")
    record_on = models.DateField(help_text="who was a member at the end of this day votes")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    challenge_days = models.PositiveSmallIntegerField(default=7)
    # From the freezing of the roll on.
    roll_hash = models.CharField(max_length=64, blank=True)
    paper_bytes = models.PositiveIntegerField(null=True, blank=True)
    seed_sealed = models.BinaryField(null=True, blank=True)
    seed_commitment = models.CharField(max_length=64, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    # From closing, unlinking and declaring on.
    cast = models.PositiveIntegerField(null=True, blank=True)
    seed = models.CharField(max_length=16, blank=True)
    receipts = models.JSONField(null=True, blank=True, help_text="sorted")
    is_rewritten = models.BooleanField(
        default=False, help_text="no trace of the sealed ballots is left in the roll's table"
    )
    declared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="democracy_ballot_code_once"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="democracy_ballot_period"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[BallotState.DRAFT, BallotState.VOID])
                | (Q(paper_bytes__isnull=False) & ~Q(roll_hash="") & ~Q(seed_commitment="")),
                name="democracy_ballot_with_a_roll",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[BallotState.DRAFT, BallotState.ROLL_FROZEN, BallotState.VOID]
                )
                | ~Q(public_key=""),
                name="democracy_ballot_opens_with_a_key",
            ),
            models.CheckConstraint(
                condition=Q(receipts__isnull=True)
                | ~Q(state__in=[BallotState.DRAFT, BallotState.ROLL_FROZEN, BallotState.OPEN]),
                name="democracy_ballot_receipts_after_close",
            ),
            models.CheckConstraint(
                condition=Q(declared_at__isnull=False, state__in=[*sorted(IS_DECLARED), "void"])
                | Q(declared_at__isnull=True) & ~Q(state__in=sorted(IS_DECLARED)),
                name="democracy_ballot_declared_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title
