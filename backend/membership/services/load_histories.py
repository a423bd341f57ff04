"""Put the worked examples into an organisation's books, as bodies that are examples."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.membership.histories import Story, stories
from backend.membership.models import (
    Appointment,
    ClassKind,
    Covenant,
    EntityKind,
    EntityRelation,
    EventKind,
    FormerName,
    Holder,
    HolderKind,
    LegalEntity,
    MemberClass,
    Membership,
    MembershipEvent,
    MembershipStatus,
    Seat,
    ShareClass,
    ShareDividend,
    ShareEntry,
    ShareEntryKind,
    ShareVotes,
    Voting,
)
from backend.organisation.models import Organisation


@transaction.atomic
def load_histories(
    *, organisation: Organisation, actor: User | None, now: datetime
) -> list[LegalEntity]:
    """Add the bodies of every story that are not there yet; return those that were added."""
    there = set(organisation.entities.values_list("external_id", flat=True))
    added: list[LegalEntity] = []
    for story in stories():
        if there.isdisjoint(body["id"] for body in story.bodies):
            added += _StoryLoader(organisation, actor, now).load(story)
    if added:
        record(
            "histories.loaded",
            actor=actor,
            subject=f"organisation:{organisation.pk}",
            at=now,
            chain=f"organisation:{organisation.pk}",
            body={"entities": [entity.pk for entity in added]},
        )
    return added


class _StoryLoader:
    """Puts one story's bodies into the database, each after those it points to."""

    def __init__(self, organisation: Organisation, actor: User | None, now: datetime) -> None:
        self.organisation = organisation
        self.recorded = {"recorded_by": actor, "recorded_at": now}
        self.entities: dict[str, LegalEntity] = {}

    def load(self, story: Story) -> list[LegalEntity]:
        for body in story.bodies:
            self.entities[body["id"]] = self._entity(body)
        for body in story.bodies:
            self._contents(self.entities[body["id"]], body)
        for row in story.relations:
            EntityRelation.objects.create(
                parent=self.entities[row["parent"]],
                child=self.entities[row["child"]],
                kind=row["kind"],
                starts_on=row["from"],
                ends_before=row.get("before"),
            )
        return list(self.entities.values())

    def _entity(self, body: Mapping[str, Any]) -> LegalEntity:
        entity = LegalEntity.objects.create(
            kept_by=self.organisation,
            kind=EntityKind.EXAMPLE,
            external_id=body["id"],
            name=body["name"],
            form=body["form"],
        )
        for row in body.get("former_names", ()):
            FormerName.objects.create(entity=entity, name=row["name"], ends_before=row["before"])
        return entity

    def _contents(self, entity: LegalEntity, body: Mapping[str, Any]) -> None:
        numbers = iter(range(1, 1000))
        shares = body.get("shares", [])
        holders = {}
        for key, row in body.get("holders", {}).items():
            holders[key] = self._holder(row)
            since = shares[0]["day"]
            self._member(entity, holders[key], row["kind"], Voting.BY_SHARES, next(numbers), since)
        for row in body.get("members", ()):
            holder = self._holder(row)
            self._member(entity, holder, row["kind"], Voting.ONE_EACH, next(numbers), row["from"])
        if shares:
            self._shares(entity, shares, holders)
        for row in body.get("board", ()):
            self._seats(entity, row)
        for row in body.get("covenants", ()):
            Covenant.objects.create(
                entity=entity,
                kind=row["kind"],
                text=row["text"],
                class_kind=row.get("class_kind", ""),
                bound_bp=row.get("bound_bp"),
                starts_on=row["from"],
                ends_before=row.get("before"),
            )

    def _holder(self, row: Mapping[str, Any]) -> Holder:
        entity = self.entities[row["body"]] if "body" in row else None
        return Holder.objects.create(
            kept_by=self.organisation, kind=HolderKind.BODY, name=row["name"], entity=entity
        )

    def _member(
        self,
        entity: LegalEntity,
        holder: Holder,
        kind: str,
        voting: Voting,
        number: int,
        since: date,
    ) -> None:
        member_class, _ = MemberClass.objects.get_or_create(
            entity=entity, kind=kind, defaults={"name": ClassKind(kind).label, "voting": voting}
        )
        membership = Membership.objects.create(
            entity=entity,
            holder=holder,
            member_class=member_class,
            number=number,
            status=MembershipStatus.MEMBER,
        )
        MembershipEvent.objects.create(
            membership=membership,
            kind=EventKind.ADMITTED,
            status=MembershipStatus.MEMBER,
            on=since,
            reference="worked example",
            **self.recorded,
        )

    def _shares(
        self, entity: LegalEntity, rows: list[Mapping[str, Any]], holders: Mapping[str, Holder]
    ) -> None:
        share_class = ShareClass.objects.create(
            entity=entity,
            name="Shares",
            nominal_pence=0,
            is_transferable=True,
            votes=ShareVotes.PER_SHARE,
            dividend=ShareDividend.PROFIT,
        )

        def entry(
            key: str,
            kind: ShareEntryKind,
            quantity: int,
            on: date,
            counterpart: ShareEntry | None = None,
        ) -> ShareEntry:
            return ShareEntry.objects.create(
                share_class=share_class,
                holder=holders[key],
                kind=kind,
                quantity=quantity,
                on=on,
                counterpart=counterpart,
                **self.recorded,
            )

        for row in rows:
            for key, quantity in row.get("allot", {}).items():
                entry(key, ShareEntryKind.ALLOT, quantity, row["day"])
            if "transfer" in row:
                out = entry(row["from"], ShareEntryKind.TRANSFER_OUT, row["transfer"], row["day"])
                entry(row["to"], ShareEntryKind.TRANSFER_IN, row["transfer"], row["day"], out)

    def _seats(self, entity: LegalEntity, row: Mapping[str, Any]) -> None:
        for number in range(1, row["seats"] + 1):
            seat = Seat.objects.create(
                entity=entity,
                name=f"{ClassKind(row['kind']).label} {number}",
                class_kind=row["kind"],
                how=row["how"],
                starts_on=row["from"],
                ends_before=row.get("before"),
            )
            Appointment.objects.create(
                seat=seat, starts_on=row["from"], ends_before=row.get("before")
            )
