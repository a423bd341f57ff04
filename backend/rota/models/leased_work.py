"""LeasedWork: a row that is work for one worker at a time."""

from django.db import models


class LeasedWork(models.Model):
    """The row is the work, and a message only rings for it; `claims` says how often one has begun.

    A worker holds it by a token and until a moment of the database's clock, so that a message
    which is lost, doubled or late does no harm, and a dead worker is followed by another.
    """

    done_at = models.DateTimeField(null=True, blank=True)
    claims = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True
