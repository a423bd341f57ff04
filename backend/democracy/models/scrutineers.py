"""Who keeps the key of a ballot."""

from django.conf import settings
from django.db import models

NEEDED_SCRUTINEERS = 3
"""Two of them open the box together; one may be away, and none can do it alone."""


class Scrutineer(models.Model):
    """One keeper of the key. `has_confirmed`: holds a share of the ballot's present key."""

    ballot = models.ForeignKey(
        "democracy.Ballot", on_delete=models.PROTECT, related_name="scrutineers"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "user"], name="democracy_scrutineer_once")
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.user_id}"
