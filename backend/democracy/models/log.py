"""The public log of a ballot: each entry's hash covers the one before."""

from django.db import models

FIRST_PREVIOUS = "0" * 64


class LogEntry(models.Model):
    """One step, in words that everybody may read: an office and never a name, a count and never
    a choice. `at` is the text that was hashed.
    """

    ballot = models.ForeignKey("democracy.Ballot", on_delete=models.PROTECT, related_name="log")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    actor = models.CharField(max_length=20)
    at = models.CharField(max_length=20)
    data = models.JSONField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "seq"], name="democracy_log_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.seq} {self.type}"
