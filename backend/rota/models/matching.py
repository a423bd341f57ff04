"""What ties carers to clients and to times: preferences, declines, wishes."""

from django.db import models
from django.db.models import F, Q


class Preference(models.Model):
    """A carer a client is known to and glad of, on top of what past visits say."""

    client = models.ForeignKey(
        "clients.Client", on_delete=models.CASCADE, related_name="preferences"
    )
    carer = models.ForeignKey("people.Carer", on_delete=models.CASCADE, related_name="preferences")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "carer"], name="rota_preference_once")
        ]

    def __str__(self) -> str:
        return f"client {self.client_id} knows carer {self.carer_id}"


class DeclinedBy(models.TextChoices):
    """Whose wish it was. The reason is not kept here; it is private to managers."""

    CLIENT = "client", "The client"
    CARER = "carer", "The carer"


class Decline(models.Model):
    """A carer and a client who are not to be matched, whichever of them asked for it."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="declines")
    carer = models.ForeignKey("people.Carer", on_delete=models.CASCADE, related_name="declines")
    declined_by = models.CharField(max_length=6, choices=DeclinedBy.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "carer", "declined_by"], name="rota_decline_once"
            )
        ]

    def __str__(self) -> str:
        return f"client {self.client_id} and carer {self.carer_id} declined"


class WishKind(models.TextChoices):
    """What a carer can wish for; sizes and weights are in the rota policy."""

    DAY_OFF = "day_off", "A day off"
    AVOID_WINDOW = "avoid_window", "Not at these times"
    AVOID_CLIENT = "avoid_client", "Rather not this client"
    PREFER_CLIENT = "prefer_client", "Gladly this client"
    NO_SPLIT = "no_split", "No split days"
    WEEKEND_OFF = "weekend_off", "The weekend off"


class CarerWish(models.Model):
    """What a carer would like in general, with strength 1 to 3; the solver pays for not keeping it.

    The office or an import writes these down. They stand aside in every period in which the carer
    has placed points of their own (`PlacedWish`).
    """

    carer = models.ForeignKey("people.Carer", on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=14, choices=WishKind.choices)
    strength = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="day_off only")
    from_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    to_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    client = models.ForeignKey(
        "clients.Client", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(strength__gte=1, strength__lte=3), name="rota_wish_strength"
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="day_off", weekday__isnull=False, weekday__lte=6)
                    | Q(kind="avoid_window", from_minute__lt=F("to_minute"), to_minute__lte=1440)
                    | Q(kind__in=["avoid_client", "prefer_client"], client__isnull=False)
                    | Q(kind__in=["no_split", "weekend_off"])
                ),
                name="rota_wish_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of carer {self.carer_id}"
