"""Two workers fill the same rows at once: each pair stands there once, nobody gets stuck."""

import pytest
from django.db import connection
from pytest_django import Settings

from backend.travel.known_times import keep
from backend.travel.models import KnownTime, RoadTable
from backend.travel.services.refresh import refresh_tables
from tests.backend.factories import NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.rota.test_publish_at_once import at_once
from tests.backend.travel.stub import RouteServer
from tests.backend.travel.test_refresh import cells

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="the trial's database has one writer"
    ),
]


def test_two_workers_that_fetch_the_same_times_store_each_once(
    server: RouteServer, settings: Settings
) -> None:
    settings.OSRM_ADDRESSES = {"car": server.address}
    branch, places = BranchFactory(), cells(60)

    def refresh() -> object:
        return refresh_tables(
            branch=branch, service="osrm", cells={"car": places}, seconds=30, now=NOW
        )

    done = at_once(*[refresh] * 4)

    assert all(row[0].failure == "" for row in done)
    assert KnownTime.objects.count() == 60 * 59
    assert RoadTable.objects.get().known == 60 * 59


def test_overlapping_pairs_in_opposite_order_do_not_lock_each_other_out() -> None:
    places = cells(40)
    times = {(a, b): 60 for a in places for b in places if a != b}
    backwards = dict(reversed(times.items()))

    at_once(*(lambda rows=rows: keep("osrm", "car", rows, fetched_at=NOW)
              for rows in [times, backwards] * 3))  # fmt: skip

    assert KnownTime.objects.count() == 40 * 39
