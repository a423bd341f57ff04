"""How control developed: the share of workers and users at a row of dates."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from backend.counting.chains import THROUGH_HOLDINGS, resolve
from backend.counting.control import INSIDE, Verdict, control_test
from backend.counting.shares import basis_points
from backend.membership.models import LegalEntity, MembershipEvent, ShareEntry
from backend.membership.selectors.board import filled_seats
from backend.membership.selectors.votes import registers_below, votes_held
from backend.membership.terms import months_after
from backend.organisation.selectors import membership_rules

MOST_POINTS = 16
STEPS = (1, 3, 6, 12, 24, 60, 120)
"""Months between two points: the shortest step with which all of the past fits."""


@dataclass(frozen=True, slots=True)
class ClassShare:
    """The share of the votes that a class held, in basis points."""

    kind: str
    share_bp: int


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """What held at the end of a day; shares in basis points, None: not recorded."""

    as_at: date
    inside_votes_bp: int | None
    inside_board_bp: int | None
    verdict: Verdict
    votes: tuple[ClassShare, ...]


def control_history(entity: LegalEntity, until: date) -> list[ControlPoint]:
    """Return points from the first record to `until`, the last of them, oldest first.

    The verdicts here leave out terms of office: a seat that overran its term is today's news.
    """
    first = _first_record(entity)
    if first is None or first > until:
        return []
    return [_point(entity, day) for day in _days(first, until)]


def _days(first: date, until: date) -> list[date]:
    months = (until.year - first.year) * 12 + until.month - first.month
    step = next((step for step in STEPS if months // step + 2 <= MOST_POINTS), STEPS[-1])
    days, back = [until], 1
    while (day := months_after(until, -step * back)) > first and len(days) < MOST_POINTS - 1:
        days.append(day)
        back += 1
    return sorted({first, *days})


def _point(entity: LegalEntity, day: date) -> ControlPoint:
    rules = membership_rules(entity.kept_by, day)
    inside = INSIDE | frozenset(rules.inside_classes)
    held = votes_held(entity, day)
    resolved = resolve(held, registers_below(held, day), inside)
    board = Counter(seat.class_kind for seat, _ in filled_seats(entity, day))
    verdict = control_test(resolved.votes, board, inside | {THROUGH_HOLDINGS})
    by_class: Counter[str] = Counter()
    for row in held:
        by_class[row.kind] += row.votes
    total = by_class.total()
    return ControlPoint(
        as_at=day,
        inside_votes_bp=verdict.inside_votes_bp,
        inside_board_bp=verdict.inside_board_bp,
        verdict=verdict.verdict,
        votes=tuple(
            ClassShare(kind, basis_points(votes, total) or 0)
            for kind, votes in sorted(by_class.items())
        ),
    )


def _first_record(entity: LegalEntity) -> date | None:
    found = [
        MembershipEvent.objects.filter(membership__entity=entity).aggregate(day=Min("on"))["day"],
        ShareEntry.objects.filter(share_class__entity=entity).aggregate(day=Min("on"))["day"],
    ]
    return min((day for day in found if day is not None), default=None)
