"""The box: inner envelopes without names, then what was in them, then what it came to."""

import uuid

from django.conf import settings
from django.db import models


class BoxedBallot(models.Model):
    """A sealed ballot without a name: a random key, no time, no member.

    `constituency` only where each has papers of its own.
    """

    random_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey("democracy.Ballot", on_delete=models.PROTECT, related_name="box")
    constituency = models.ForeignKey(
        "membership.Constituency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.random_id)


class PaperBatch(models.Model):
    """That somebody typed in the papers from the ballot box of cardboard; never what they say.

    `fingerprint` can be compared with another's, but not guessed at without the server's secret.
    """

    ballot = models.OneToOneField(
        "democracy.Ballot", on_delete=models.PROTECT, related_name="paper_batch"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    fingerprint = models.CharField(max_length=64)
    is_agreed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.ballot_id}"


class OpenBallot(models.Model):
    """What was in one envelope, as text. `is_valid`: an answer that the paper allows."""

    random_id = models.UUIDField(primary_key=True)
    ballot = models.ForeignKey("democracy.Ballot", on_delete=models.PROTECT, related_name="opened")
    constituency = models.ForeignKey(
        "membership.Constituency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    content = models.TextField()
    is_valid = models.BooleanField()

    def __str__(self) -> str:
        return str(self.random_id)


class Declaration(models.Model):
    """The result as it was declared: the package for anybody's recount, and its hash."""

    ballot = models.OneToOneField(
        "democracy.Ballot", on_delete=models.PROTECT, related_name="declaration"
    )
    package = models.JSONField()
    result_hash = models.CharField(max_length=64)
    cast = models.PositiveIntegerField()
    invalid = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.result_hash}"
