"""KnownTime, what a route service said; RoadTable, what a branch plans with; ServiceHealth."""

from django.db import models

from backend.organisation.models import Branch


class KnownTime(models.Model):
    """How long a way takes on free roads, between two cells of the grid, by one service.

    Cells are named by the metres of their middle; no row says who lives there. `seconds` None
    means that the service knows no way.
    """

    service = models.CharField(max_length=20)
    mode = models.CharField(max_length=20)
    from_easting = models.PositiveIntegerField()
    from_northing = models.PositiveIntegerField()
    to_easting = models.PositiveIntegerField()
    to_northing = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField(null=True)
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "service",
                    "mode",
                    "from_easting",
                    "from_northing",
                    "to_easting",
                    "to_northing",
                ],
                name="travel_known_time_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.mode} {self.pk}"


class RoadTable(models.Model):
    """The times that a branch plans with, as they stood when a service was last asked.

    Everybody who judges a week reads this one row, so all judge by the same times until it is
    written anew. `failure` says why the service did not answer that time; the times are then
    those known from before.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="road_tables")
    service = models.CharField(max_length=20)
    mode = models.CharField(max_length=20)
    content = models.BinaryField(help_text="gzip of cells, and seconds from row to column")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    known = models.PositiveIntegerField(help_text="pairs with a time")
    unknown = models.PositiveIntegerField(help_text="pairs without: the formula stands in")
    oldest_at = models.DateTimeField(null=True, help_text="when the oldest time was fetched")
    asked_at = models.DateTimeField()
    failure = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "service", "mode"], name="travel_road_table_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.mode} of branch {self.branch_id}"


class ServiceHealth(models.Model):
    """Whether a route service answers. After failures in a row it is left alone for a while."""

    service = models.CharField(max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(default=0, help_text="in a row")
    last_failure = models.CharField(max_length=20, blank=True)
    failed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.service
