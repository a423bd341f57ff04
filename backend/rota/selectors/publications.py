"""The publications of a rota: who told people what, when, and what changed for whom."""

from collections.abc import Mapping
from typing import Any

from backend.accounts.models import User
from backend.organisation.models import RuleArea, RuleSet
from backend.people.models import Carer
from backend.rota.models import Publication
from backend.rota.selectors.policy import vote_behind
from backend.rota.selectors.visibility import rotas_for_office


def list_publications(viewer: User, rota_id: int) -> list[dict[str, Any]]:
    """Return the publications of a rota in the viewer's sight, newest first."""
    rota = rotas_for_office(viewer).get(pk=rota_id)
    rows = list(
        rota.publications.select_related("published_by", "rota__branch").order_by("-number")
    )
    carers = {int(key) for row in rows for key in row.changes}
    names = dict(Carer.objects.filter(pk__in=carers).values_list("pk", "name"))
    return [publication_view(row, names) for row in rows]


def publication_view(row: Publication, names: Mapping[int, str]) -> dict[str, Any]:
    """Return one publication with the names of people; see `PublicationOut`."""
    publisher = row.published_by
    figures = dict(row.figures)
    return {
        "number": row.number,
        "published_at": row.published_at,
        "published_by": publisher.display_name if publisher else None,
        "rule_versions": row.rule_versions,
        "vote": _vote(row),
        "carers_affected": len(row.changes),
        "clients_affected": figures.pop("clients_affected", 0),
        "note": row.note,
        "warnings": row.warnings,
        "figures": figures,
        "changes": sorted(
            (
                {
                    "carer_id": int(key),
                    "name": names.get(int(key), ""),
                    **{kind: len(changes[kind]) for kind in ("added", "removed", "moved")},
                }
                for key, changes in row.changes.items()
            ),
            key=lambda change: (change["name"], change["carer_id"]),
        ),
    }


def _vote(row: Publication) -> dict[str, Any] | None:
    """Return the vote behind the rota policy that a publication was made under."""
    rules = (
        RuleSet.objects.filter(
            organisation=row.rota.branch.organisation_id,
            area=RuleArea.ROTA_POLICY,
            version=row.rule_versions.get(RuleArea.ROTA_POLICY.value),
            policy_version__isnull=False,
        )
        .select_related("policy_version__organisation")
        .first()
    )
    return None if rules is None else vote_behind(rules)
