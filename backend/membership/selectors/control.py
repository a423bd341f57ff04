"""Who controls a body as at a date, tested on its register and board, with what to look out for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from backend.counting.chains import DEEPEST, THROUGH_HOLDINGS, VotesHeld, resolve
from backend.counting.control import INSIDE, can_block, control_test
from backend.counting.shares import basis_points
from backend.membership.covenants import is_kept
from backend.membership.models import ClassKind, Covenant, CovenantKind, LegalEntity
from backend.membership.selectors.board import as_filled, filled_seats
from backend.membership.selectors.votes import registers_below, votes_held
from backend.membership.statement import (
    BoardSeats,
    ControlStatement,
    CovenantState,
    Flag,
    FlagCode,
    HolderVotes,
)
from backend.membership.terms import faults_of, is_accountable, months_after
from backend.organisation.selectors import membership_rules


def control_statement(entity: LegalEntity, day: date) -> ControlStatement:
    """Return who controlled a body at the end of a day, with the verdict and its flags."""
    rules = membership_rules(entity.kept_by, day)
    inside = INSIDE | frozenset(rules.inside_classes)
    held = votes_held(entity, day)
    resolved = resolve(held, registers_below(held, day), inside)
    seats = filled_seats(entity, day)
    board = Counter(seat.class_kind for seat, _ in seats)
    inside_seats = [
        as_filled(seat, sitting) for seat, sitting in seats if seat.class_kind in inside
    ]
    months = rules.election_valid_months
    accountable = is_accountable(inside_seats, day, election_valid_months=months)
    verdict = control_test(
        resolved.votes, board, inside | {THROUGH_HOLDINGS}, is_accountable=accountable
    )
    covenants = _covenants(entity, held, inside, day)
    before = _inside_bp(votes_held(entity, months_after(day, -12)), inside)
    faults = [
        Flag(FlagCode.SEAT, seat.name, detail=fault.value)
        for seat in inside_seats
        for fault in faults_of(seat, day, election_valid_months=months)
    ]
    return ControlStatement(
        entity=entity,
        as_at=day,
        verdict=verdict,
        is_accountable=accountable,
        votes=_shown_votes(held, inside),
        board=tuple(BoardSeats(kind, board[kind], kind in inside) for kind in sorted(board)),
        covenants=tuple(state for state, _ in covenants),
        steps=resolved.steps,
        flags=(
            *_holder_flags(held, inside),
            *_dilution(before, _inside_bp(held, inside)),
            *(flag for _, flag in covenants if flag is not None),
            *(
                Flag(FlagCode.CHAIN_CUT, step.holder, bound_bp=DEEPEST)
                for step in resolved.steps
                if step.was_cut
            ),
            *faults,
        ),
    )


def _covenants(
    entity: LegalEntity, held: Sequence[VotesHeld], inside: frozenset[str], day: date
) -> list[tuple[CovenantState, Flag | None]]:
    """Return the promises in force on a day, oldest first, each with its flag if it is broken."""
    found = []
    for row in (
        entity.covenants.filter(starts_on__lte=day)
        .filter(Q(ends_before__isnull=True) | Q(ends_before__gt=day))
        .order_by("starts_on", "pk")
    ):
        now_bp = _promised_bp(row, held, inside)
        at_start_bp = _promised_bp(row, votes_held(entity, row.starts_on), inside)
        kept = is_kept(
            CovenantKind(row.kind),
            now_bp=now_bp,
            at_start_bp=at_start_bp,
            bound_bp=row.bound_bp,
        )
        bound_bp = at_start_bp if row.bound_bp is None else row.bound_bp
        breach = Flag(FlagCode.COVENANT_BREACHED, row.text, now_bp, bound_bp)
        state = CovenantState(CovenantKind(row.kind), row.text, kept)
        found.append((state, breach if kept is False else None))
    return found


def _promised_bp(
    covenant: Covenant, held: Sequence[VotesHeld], inside: frozenset[str]
) -> int | None:
    """Return the share of the votes that a promise is about: a class, or all that are inside."""
    kinds = frozenset({covenant.class_kind}) if covenant.class_kind else inside
    return _inside_bp(held, kinds)


def _inside_bp(held: Sequence[VotesHeld], inside: frozenset[str]) -> int | None:
    total = sum(row.votes for row in held)
    return basis_points(sum(row.votes for row in held if row.kind in inside), total)


def _holder_flags(held: Sequence[VotesHeld], inside: frozenset[str]) -> Iterable[Flag]:
    total = sum(row.votes for row in held)
    for row in held:
        share = basis_points(row.votes, total)
        if row.kind not in inside and can_block(row.votes, total):
            yield Flag(FlagCode.CAN_BLOCK, row.holder or row.kind, share)
        if row.kind == ClassKind.UNDISCLOSED and row.votes:
            yield Flag(FlagCode.UNDISCLOSED, row.holder or row.kind, share)


def _dilution(before_bp: int | None, now_bp: int | None) -> Iterable[Flag]:
    if before_bp is not None and now_bp is not None and now_bp < before_bp:
        yield Flag(FlagCode.DILUTED, share_bp=now_bp, bound_bp=before_bp)


def _shown_votes(held: Sequence[VotesHeld], inside: frozenset[str]) -> tuple[HolderVotes, ...]:
    total = sum(row.votes for row in held)
    return tuple(
        HolderVotes(
            row.holder, row.kind, row.votes, basis_points(row.votes, total), row.kind in inside
        )
        for row in held
    )
