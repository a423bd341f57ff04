"""A week as people were told of it, whatever its draft has become since."""

from dataclasses import replace

from django.db.models import Q

from backend.rota.models import Publication, PublishedAssignment
from backend.rota.solver.translate import AssignmentRow, WeekOfBranch, solution_from_rows


def as_told(publication: Publication, source: WeekOfBranch) -> WeekOfBranch:
    """Return the week with what was told for its draft, whatever the draft has become since."""
    elsewhere = tuple(row for row in source.draft.assignments if not source.is_own(row.visit))
    told = solution_from_rows(source.problem, _told(publication))
    here = tuple(
        replace(row, carers=tuple(name for name in row.carers if name in source.problem.carer_of))
        for row in told.assignments
    )
    return replace(source, draft=replace(told, assignments=(*here, *elsewhere)))


def _told(publication: Publication) -> list[AssignmentRow]:
    number = publication.number
    found: dict[int, AssignmentRow] = {}
    for visit, carer, start in (
        PublishedAssignment.objects.filter(
            Q(superseded_by__isnull=True) | Q(superseded_by__number__gt=number),
            rota=publication.rota,
            publication__number__lte=number,
        )
        .order_by("visit", "carer")
        .values_list("visit", "carer", "start_minute")
    ):
        _, _, team = found.setdefault(visit, (visit, start, []))
        team.append(carer)
    return list(found.values())
