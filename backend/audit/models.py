"""The append-only audit chain."""

from django.conf import settings
from django.db import models


class AuditChain(models.Model):
    """The head of one chain. Its row is locked while an entry is added, so chains never fork."""

    name = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.name} at {self.seq}"


class AuditEntry(models.Model):
    """One thing that was done. Holds ids and changed values, never health data or secrets.

    `actor` is None only for what the system does by itself; `hash` covers every column and the
    hash of the entry before.
    """

    chain = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    body = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_one_entry_per_place")
        ]
        indexes = [models.Index(fields=["subject", "-seq"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"
