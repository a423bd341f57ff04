"""What would have to change so that an open visit is covered, with names."""

from typing import Any

from backend.accounts.models import User
from backend.organisation.models import Skill
from backend.rota.models import Visit
from backend.rota.selectors.visibility import visits_for_office
from backend.rota.solver.cover import Cover, GivesWay, ways_for
from backend.rota.solver.laid_out import laid_out_week


def get_ways_to_cover(viewer: User, visit_id: int) -> dict[str, Any]:
    """Return the ways to cover a visit in the viewer's sight, the least first; see `CoverOut`.

    Carers and clients are those of the visit's own branch and week.
    """
    visit = visits_for_office(viewer).get(pk=visit_id)
    laid_out = laid_out_week(visit.rota)
    return _shape(ways_for(laid_out.source, visit.pk), visit, laid_out.carer_names)


def _shape(cover: Cover, visit: Visit, names: dict[int, str]) -> dict[str, Any]:
    moved = [row.visit_id for way in cover.ways for row in way.changes]
    clients = dict(
        Visit.objects.filter(rota=visit.rota_id, pk__in=moved).values_list("pk", "client__name")
    )
    skills = dict(
        Skill.objects.filter(organisation=visit.rota.branch.organisation_id).values_list(
            "code", "name"
        )
    )
    return {
        "state": cover.state,
        "pin_confirmed": cover.pin_confirmed,
        "looked_at": [names[pk] for pk in cover.carer_ids],
        "ways": [
            {
                "gives_way": [_gives_way(row, names, skills) for row in way.gives_way],
                "changes": [
                    {
                        "visit_id": row.visit_id,
                        "client": clients[row.visit_id],
                        "start": row.start,
                        "carers": [names[pk] for pk in row.carer_ids],
                    }
                    for row in way.changes
                ],
                "is_minimal": way.is_minimal,
            }
            for way in cover.ways
        ],
    }


def _gives_way(row: GivesWay, names: dict[int, str], skills: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "rule": row.rule,
        "carer_id": row.carer_id,
        "carer": None if row.carer_id is None else names[row.carer_id],
        "day": row.day,
        "amount": row.amount,
        "is_law": row.is_law,
        "skills": [skills.get(code, code) for code in row.skills],
    }
