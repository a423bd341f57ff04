"""Note by which weeks it will be known what a policy promised, and what it did."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from backend.core.periods import Week
from backend.organisation.models import Organisation, RotaPolicyVersion
from backend.organisation.selectors import today_in
from backend.rota.models import PolicyWeek, PolicyWeekPart, Rota
from backend.rota.selectors.policy_tries import RECENT
from backend.rota.selectors.promises import FOLLOWED, WEEKS, ends_of


def note_promise(version: RotaPolicyVersion, *, now: datetime) -> None:
    """Note the weeks that are to be made under the policy before a version and under it.

    Of each branch the last four that were published and have begun. Belongs in the transaction
    that makes the version; nothing is solved here.
    """
    organisation = version.organisation
    today = today_in(organisation, now)
    recent = _told(organisation, today - RECENT, today + timedelta(days=1))
    _note(version, PolicyWeekPart.PROMISED, _of_each_branch(reversed(recent)))


def note_policy_weeks(*, now: datetime) -> None:
    """Note the published weeks before and under each version that are over; safe to repeat.

    Of each branch the last four before the version held, and the first four under it. A version
    is followed for thirteen weeks.
    """
    versions = RotaPolicyVersion.objects.filter(effective_from__gt=now.date() - FOLLOWED)
    for version in versions.select_related("organisation").order_by("pk"):
        organisation = version.organisation
        # Of a version that is older than promises are, nothing was noted.
        note_promise(version, now=version.enacted_at)
        this_week = Week.containing(today_in(organisation, now)).starts_on
        starts_on, ends_before = version.effective_from, ends_of(version)
        if starts_on > this_week:
            continue
        before = _told(organisation, starts_on - RECENT, starts_on)
        _note(version, PolicyWeekPart.BEFORE, _of_each_branch(reversed(before)))
        over = min(this_week, ends_before or this_week)
        _note(version, PolicyWeekPart.AFTER, _of_each_branch(_told(organisation, starts_on, over)))


def _told(organisation: Organisation, since: date, before: date) -> list[Rota]:
    """Return the published weeks of `[since, before)`, the earliest first."""
    weeks = Rota.objects.filter(
        branch__organisation=organisation,
        publications__isnull=False,
        week_starts_on__gte=since,
        week_starts_on__lt=before,
    )
    return list(weeks.distinct().order_by("week_starts_on", "branch"))


def _of_each_branch(rotas: Iterable[Rota]) -> list[Rota]:
    """Return the first four of each branch, by branch and week."""
    found: dict[int, list[Rota]] = defaultdict(list)
    for rota in rotas:
        if len(found[rota.branch_id]) < WEEKS:
            found[rota.branch_id].append(rota)
    kept = [rota for rows in found.values() for rota in rows]
    return sorted(kept, key=lambda rota: (rota.branch_id, rota.week_starts_on))


def _note(version: RotaPolicyVersion, part: PolicyWeekPart, rotas: Iterable[Rota]) -> None:
    noted = PolicyWeek.objects.filter(version=version, part=part)
    known: dict[int, int] = defaultdict(int)
    for branch in noted.values_list("rota__branch", flat=True):
        known[branch] += 1
    there = set(noted.values_list("rota", flat=True))
    rows = []
    for rota in rotas:
        # A week that is published late is not a fifth.
        if rota.pk not in there and known[rota.branch_id] < WEEKS:
            known[rota.branch_id] += 1
            rows.append(PolicyWeek(version=version, rota=rota, part=part))
    PolicyWeek.objects.bulk_create(rows, ignore_conflicts=True)
