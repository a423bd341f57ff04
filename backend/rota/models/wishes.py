"""Wishes that carers place points on, period by period, and what became of them."""

from django.db import models
from django.db.models import F, Q

from backend.rota.models.leased_work import LeasedWork


class PlacedWishKind(models.TextChoices):
    """What a carer can place points on; what each counts is in the rota policy."""

    DAY_OFF = "day_off", "A day off"
    WEEKEND_OFF = "weekend_off", "The weekend off"
    AVOID_WINDOW = "avoid_window", "Not at these times"
    NO_SPLIT = "no_split", "No split days"
    PREFER_CLIENT = "prefer_client", "Gladly this client"
    AVOID_CLIENT = "avoid_client", "Rather not this client"
    AVOID_AREA = "avoid_area", "Rather not this area"


class WishList(models.Model):
    """The points of one carer in one period: how many there are, and how many are placed."""

    carer = models.ForeignKey("people.Carer", on_delete=models.CASCADE, related_name="wish_lists")
    period_starts_on = models.DateField(help_text="the Monday of the first of four weeks")
    points = models.PositiveSmallIntegerField(help_text="to be placed; the same for everybody")
    placed = models.PositiveSmallIntegerField(default=0, help_text="sum of the wishes' points")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carer", "period_starts_on"], name="rota_wish_list_once_a_period"
            ),
            # The sum is written under the row's lock; a sum that is too large is never stored.
            models.CheckConstraint(
                condition=Q(placed__lte=F("points")), name="rota_no_more_wishes_than_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placed} of {self.points} points of carer {self.carer_id}"


class PlacedWish(models.Model):
    """One wish with its points. Dates given bind it to one week, else it holds in each.

    `counts_from` is the first Monday on which it counts: a wish that is placed in the middle of a
    period changes nothing about weeks that were planned before.
    """

    wish_list = models.ForeignKey(WishList, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=14, choices=PlacedWishKind.choices)
    points = models.PositiveSmallIntegerField()
    on = models.DateField(
        null=True, blank=True, help_text="of a day off; of a weekend its Saturday"
    )
    weekday = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of a day off each week; 0 is Monday"
    )
    from_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    to_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    client = models.ForeignKey(
        "clients.Client", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    area = models.CharField(max_length=8, blank=True, help_text="postcode up to its sector")
    counts_from = models.DateField(help_text="a Monday")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=1), name="rota_placed_wish_points"),
            models.CheckConstraint(
                condition=(
                    Q(kind="day_off", on__isnull=False, weekday__isnull=True)
                    | Q(kind="day_off", on__isnull=True, weekday__lte=6)
                    | Q(kind="avoid_window", from_minute__lt=F("to_minute"), to_minute__lte=1440)
                    | Q(kind__in=["avoid_client", "prefer_client"], client__isnull=False)
                    | (Q(kind="avoid_area") & ~Q(area=""))
                    | Q(kind__in=["no_split", "weekend_off"])
                ),
                name="rota_placed_wish_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.points} points"


class WishReason(models.TextChoices):
    """Why a wish was not kept, from the plan that was published."""

    NOBODY_ELSE = "nobody_else", "Nobody else could come"
    RULES = "rules", "A rule of rest, hours, travel or skills forbade it"
    LAW = "law", "The law forbade it"
    FIXED = "fixed", "The office had settled the visits by hand"
    COST_MORE = "cost_more", "It would have cost others more than the wish weighs"
    NARROWLY = "narrowly", "Taken one by one, the visits could have been given to others"


class OutcomeWork(LeasedWork):
    """That the wishes of one publication are to be looked at: written with it, done afterwards.

    A publication without a row was looked at while it was published.
    """

    publication = models.OneToOneField(
        "rota.Publication", on_delete=models.CASCADE, related_name="outcome_work"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["publication"],
                condition=Q(done_at__isnull=True),
                name="rota_outcomes_to_work_out",
            )
        ]

    def __str__(self) -> str:
        return f"outcomes of publication {self.publication_id}"


class WishOutcome(models.Model):
    """What one publication made of one wish; worked out after it was published, and kept.

    `visits` counts those that stood against the wish. `cost` is what it would have cost everybody
    else to keep it, `weight` what the wish weighed, both in points of the rota policy.
    """

    wish = models.ForeignKey(PlacedWish, on_delete=models.CASCADE, related_name="outcomes")
    publication = models.ForeignKey(
        "rota.Publication", on_delete=models.CASCADE, related_name="wish_outcomes"
    )
    is_kept = models.BooleanField()
    reason = models.CharField(max_length=12, choices=WishReason.choices, blank=True)
    rule = models.CharField(max_length=20, blank=True, help_text="code of the rule in the way")
    visits = models.PositiveSmallIntegerField(default=0)
    cost = models.FloatField(null=True, blank=True)
    weight = models.FloatField(default=0.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wish", "publication"], name="rota_one_outcome_for_each_publication"
            ),
            models.CheckConstraint(
                condition=Q(is_kept=True, reason="") | (Q(is_kept=False) & ~Q(reason="")),
                name="rota_a_wish_not_kept_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.wish_id} {'kept' if self.is_kept else self.reason}"
