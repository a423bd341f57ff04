"""Make a week's visits from the packages, or bring those of an open week up to date."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.clients.models import Client
from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.organisation.selectors import branches_for_office, zone_of
from backend.rota.models import PublishedAssignment, Rota, Visit, VisitAssignment, VisitState
from backend.rota.selectors.wanted_visits import Needs, WantedVisit, first_lines, wanted_visits
from backend.rota.services.drafting import raise_version

BATCH = 1000
PUT_AWAY = (VisitState.CLIENT_AWAY, VisitState.CANCELLED)
WRITTEN = [
    "line",
    "target_minute",
    "earliest_minute",
    "latest_minute",
    "minutes",
    "carers_required",
    "priority",
    "skills",
    "target_at",
    "state",
    "start_minute",
    "starts_at",
    "is_locked",
    "open_reason",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """A published visit whose package now says otherwise.

    `what` is "needs", "client_away", "ended" or "pin". What carers were told is untouched; only
    for a client who is away does the draft change, since nobody would open the door.
    `published` and `package` are the needs, None where there is no visit any more.
    """

    visit_id: int
    client_name: str
    on: date
    what: str
    published: Needs
    package: Needs | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A visit that lost its carers in the draft because its package changed."""

    visit_id: int
    client_name: str
    on: date
    carer_names: tuple[str, ...]
    was_locked: bool


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A client for whom no visits were made because nobody confirmed the pin (TRV-05)."""

    client_id: int
    client_name: str
    visits: int


@dataclass(slots=True)
class OpenedWeek:
    """What opening a week did. Lists are by date and client."""

    rota_id: int
    created: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    differences: list[Difference] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    problems: list[Unplanned] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the draft is another than before."""
        return bool(self.created or self.updated or self.removed)


@transaction.atomic
def open_week(*, branch_id: int, week: Week, actor: User, now: datetime) -> OpenedWeek:
    """Make the visits that packages ask for in a week, or bring an open week up to date.

    Safe to repeat: a second call changes nothing. Visits that are as the package says keep
    their carers. A visit whose time or needs changed loses them, and is named in `dropped`. What
    was published is never changed without saying so: see `Difference`.

    Raises
    ------
    Branch.DoesNotExist
        The actor does not work in the branch's office.
    """
    branch = branches_for_office(actor).select_related("organisation").get(pk=branch_id)
    Rota.objects.get_or_create(branch=branch, week_starts_on=week.starts_on)
    rota = Rota.objects.select_for_update().get(branch=branch, week_starts_on=week.starts_on)
    opened = _WeekOpening(rota, branch, week).run()
    if opened.changed:
        raise_version(rota)
        record(
            "rota.opened",
            actor=actor,
            subject=f"rota:{rota.pk}",
            at=now,
            chain=f"branch:{branch.pk}",
            body={
                "created": opened.created,
                "updated": opened.updated,
                "removed": opened.removed,
                "differences": [difference.visit_id for difference in opened.differences],
                "dropped": [dropped.visit_id for dropped in opened.dropped],
            },
        )
    return opened


class _WeekOpening:
    """Compares what packages want with what the week holds, and writes the difference at once."""

    def __init__(self, rota: Rota, branch: Branch, week: Week) -> None:
        firsts = first_lines(branch)
        self.rota = rota
        self.wanted = wanted_visits(branch, week, zone_of(branch.organisation), firsts)
        self.visits: dict[tuple[int, date], Visit] = {
            (firsts[visit.line_id], visit.on): visit
            for visit in rota.visits.order_by("on", "client__name", "pk")
            # A visit without a line was made by hand or imported; no package speaks of it.
            if visit.line_id in firsts
        }
        # Names alone: a client's whole row for each of thousands of visits would take seconds.
        self.names = dict(Client.objects.filter(visits__rota=rota).values_list("pk", "name"))
        told = PublishedAssignment.objects.filter(rota=rota)
        self.ever_told = set(told.values_list("visit_id", flat=True))
        self.told = set(told.filter(superseded_by__isnull=True).values_list("visit_id", flat=True))
        self.result = OpenedWeek(rota_id=rota.pk)
        self.to_create: list[Visit] = []
        self.to_update: list[Visit] = []
        self.to_remove: list[Visit] = []
        self.to_clear: list[Visit] = []

    def run(self) -> OpenedWeek:
        for key, visit in self.visits.items():
            self._bring_up_to_date(visit, self.wanted.get(key))
        for key, want in self.wanted.items():
            if key not in self.visits and want.has_pin and not want.is_away:
                self.to_create.append(_new_visit(self.rota, want))
        self._write()
        self._list_unplanned()
        return self.result

    def _bring_up_to_date(self, visit: Visit, want: WantedVisit | None) -> None:
        if visit.cancelled_at is not None:
            # Somebody said that this one is not to be made, whatever the package says.
            self.result.unchanged += 1
        elif want is None:
            self._no_longer_wanted(visit, "ended", VisitState.CANCELLED)
        elif want.is_away:
            self._client_is_away(visit, want)
        elif not want.has_pin:
            self._no_longer_wanted(visit, "pin", VisitState.CANCELLED)
        elif visit.pk in self.told:
            self._published(visit, want)
        else:
            self._draft(visit, want)

    def _no_longer_wanted(self, visit: Visit, what: str, state: VisitState) -> None:
        if visit.pk in self.told:
            self._differs(visit, what, None)
            self.result.unchanged += 1
        elif visit.pk in self.ever_told:
            self._put_away(visit, state)
        else:
            self.to_remove.append(visit)

    def _client_is_away(self, visit: Visit, want: WantedVisit) -> None:
        if visit.pk in self.told:
            self._differs(visit, "client_away", want.needs)
        if visit.pk in self.ever_told:
            self._put_away(visit, VisitState.CLIENT_AWAY)
        else:
            self.to_remove.append(visit)

    def _published(self, visit: Visit, want: WantedVisit) -> None:
        if _needs_of(visit) != want.needs:
            self._differs(visit, "needs", want.needs)
        if visit.state in PUT_AWAY:
            visit.state, visit.line_id = VisitState.UNALLOCATED, want.line
            self.to_update.append(visit)
        else:
            # Its times stay as told, but what follows it on the day looks for it by its line.
            self._follow_line(visit, want)

    def _draft(self, visit: Visit, want: WantedVisit) -> None:
        if _needs_of(visit) == want.needs and visit.state not in PUT_AWAY:
            self._follow_line(visit, want)
            return
        _take_over(visit, want)
        self.to_clear.append(visit)
        self.to_update.append(visit)

    def _follow_line(self, visit: Visit, want: WantedVisit) -> None:
        """Note which line now asks for a visit that itself stays as it is."""
        if (visit.line_id, visit.priority) == (want.line, want.priority):
            self.result.unchanged += 1
            return
        visit.line_id, visit.priority = want.line, want.priority
        self.to_update.append(visit)

    def _put_away(self, visit: Visit, state: VisitState) -> None:
        if visit.state == state:
            self.result.unchanged += 1
            return
        visit.state = state
        self.to_clear.append(visit)
        self.to_update.append(visit)

    def _differs(self, visit: Visit, what: str, package: Needs | None) -> None:
        self.result.differences.append(
            Difference(
                visit.pk, self.names[visit.client_id], visit.on, what, _needs_of(visit), package
            )
        )

    def _write(self) -> None:
        self._clear()
        Visit.objects.bulk_create(self.to_create, batch_size=BATCH)
        Visit.objects.bulk_update(self.to_update, WRITTEN, batch_size=BATCH // 2)
        Visit.objects.filter(pk__in=[visit.pk for visit in self.to_remove]).delete()
        self.result.created = len(self.to_create)
        self.result.updated = len(self.to_update)
        self.result.removed = len(self.to_remove)

    def _clear(self) -> None:
        """Take the carers off visits that are no longer what they were planned for."""
        gone = [*self.to_clear, *self.to_remove]
        parts = VisitAssignment.objects.filter(visit__in=gone)
        carers: dict[int, list[str]] = {}
        for pk, name in parts.order_by("carer__name").values_list("visit_id", "carer__name"):
            carers.setdefault(pk, []).append(name)
        parts.delete()
        for visit in gone:
            if visit.pk in carers:
                self.result.dropped.append(
                    Dropped(
                        visit_id=visit.pk,
                        client_name=self.names[visit.client_id],
                        on=visit.on,
                        carer_names=tuple(carers[visit.pk]),
                        was_locked=visit.is_locked,
                    )
                )
            visit.start_minute = visit.starts_at = visit.open_reason = None
            visit.is_locked = False

    def _list_unplanned(self) -> None:
        found: dict[int, tuple[str, int]] = {}
        for want in self.wanted.values():
            if not want.has_pin:
                found[want.client] = (want.client_name, found.get(want.client, ("", 0))[1] + 1)
        self.result.problems = [
            Unplanned(client, name, visits)
            for client, (name, visits) in sorted(found.items(), key=lambda item: item[1][0])
        ]


def _new_visit(rota: Rota, want: WantedVisit) -> Visit:
    visit = Visit(rota=rota, client_id=want.client, on=want.on)
    _take_over(visit, want)
    return visit


def _take_over(visit: Visit, want: WantedVisit) -> None:
    visit.line_id = want.line
    visit.target_minute = want.needs.target_minute
    visit.earliest_minute = want.needs.earliest_minute
    visit.latest_minute = want.needs.latest_minute
    visit.minutes = want.needs.minutes
    visit.carers_required = want.needs.carers_required
    visit.skills = list(want.needs.skills)
    visit.priority = want.priority
    visit.target_at = want.target_at
    visit.state = VisitState.UNALLOCATED


def _needs_of(visit: Visit) -> Needs:
    return Needs(
        target_minute=visit.target_minute,
        earliest_minute=visit.earliest_minute,
        latest_minute=visit.latest_minute,
        minutes=visit.minutes,
        carers_required=visit.carers_required,
        skills=tuple(sorted(visit.skills)),
    )
