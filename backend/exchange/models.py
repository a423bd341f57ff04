"""ImportJob: a file that was checked, and perhaps imported."""

from django.conf import settings
from django.db import models


class ImportJob(models.Model):
    """One file on its way in: first the dry run, then all of it or nothing.

    The file lies sealed in its row, since it holds health data and may hold key-safe codes; it
    goes once it is imported. `branch` None: for the whole organisation, by an administrator.
    """

    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    branch = models.ForeignKey(
        "organisation.Branch", null=True, on_delete=models.CASCADE, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the file")
    sealed = models.BinaryField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, help_text="of what the dry run would have done")
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="exchange_jobs_by_time")]

    def __str__(self) -> str:
        return f"import {self.pk}"
