"""A `rota-problem` file as a branch: its carers, clients, packages, wishes and rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.clients.models import Criticality, FunderKind
from backend.core.periods import DAY_MINUTES
from backend.exchange.apply import apply_plan
from backend.exchange.catalogue import columns_of
from backend.exchange.plan import Plan, Scope, plan_import
from backend.exchange.reading import RawBook, RawRow
from backend.exchange.sheets import Row
from backend.organisation.models import Branch, Organisation, RuleArea
from backend.organisation.selectors import zone_of
from backend.organisation.services import enact_rules

OPTIONAL = 4
CRITICALITY = {1: Criticality.TIME_CRITICAL, 2: Criticality.IMPORTANT, 3: Criticality.FLEXIBLE}
FUNDER = "rota-problem"
DECIDED_BY = "imported with the problem {name}"


@dataclass
class ProblemBranch:
    """What a problem becomes, and what of it the tables cannot hold."""

    plan: Plan
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def import_problem(
    document: Mapping[str, Any],
    *,
    organisation: Organisation,
    name: str,
    content_hash: str,
    actor: User | None,
    now: datetime,
) -> ProblemBranch:
    """Make a branch of a problem, with the problem's policy and speeds as the branch's own rules.

    A second import of the same file changes nothing.

    Parameters
    ----------
    document
        A problem that was checked.
    name
        External id and name of the branch.

    Raises
    ------
    HasProblemsError
        The plan of the returned value would have problems; nothing was written.
    """
    found = plan_problem(document, organisation=organisation, name=name)
    document = _owed(document)
    apply_plan(found.plan, content_hash=content_hash, actor=actor, now=now)
    branch = organisation.branches.get(external_id=name)
    values = {
        RuleArea.ROTA_POLICY: document["policy"],
        RuleArea.TRAVEL: {"modes": document["modes"]},
    }
    for area, wanted in values.items():
        _enact(branch, area, wanted, document, actor, now)
    return found


def plan_problem(
    document: Mapping[str, Any], *, organisation: Organisation, name: str
) -> ProblemBranch:
    """Return what importing a problem would do. Nothing is written."""
    monday = date.fromisoformat(document["week_start"])
    zone = zone_of(organisation)
    book = RawBook()
    for sheet, rows in _sheets(_owed(document), name, monday).items():
        kinds = {column.name: column.kind for column in columns_of(sheet)}
        book.columns[sheet] = set(kinds)
        book.sheets[sheet] = [
            RawRow(
                number,
                {
                    column: kinds[column].write(value, zone)
                    for column, value in row.items()
                    if value not in (None, "", [])
                },
            )
            for number, row in enumerate(rows, start=2)
        ]
    return ProblemBranch(plan_import(book, Scope(organisation)), list(_left_out(document)))


def _enact(
    branch: Branch,
    area: RuleArea,
    values: Any,
    document: Mapping[str, Any],
    actor: User | None,
    now: datetime,
) -> None:
    monday = date.fromisoformat(document["week_start"])
    last = branch.ruleset_set.filter(area=area, starts_on=monday).order_by("-version").first()
    if last is not None and last.values == values:
        return
    enact_rules(
        organisation=branch.organisation,
        branch=branch,
        area=area,
        starts_on=monday,
        values=values,
        decided_by=DECIDED_BY.format(name=document["name"])[:200],
        actor=actor,
        now=now,
    )


def _left_out(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of a problem has no place in the tables."""
    yield "last_end and worked_last_weekend: they follow from the week before, which is not here"
    if any(carer.get("limits") for carer in document["carers"]):
        yield "limits of single carers: they follow from the law and what is known of each"
    if any(visit.get("alternatives") for visit in document["visits"]):
        yield "alternatives of visits: a line has one window, that of the target"
    windows = [row for v in document["visits"] for row in (v, *(v.get("alternatives") or ()))]
    if any(window.get("soft") for window in windows):
        yield "soft ends of windows: a line has one window, all of it alike"
    if any(visit["priority"] == OPTIONAL for visit in document["visits"]):
        yield "optional visits: packages hold what is owed"
    if document.get("travel"):
        yield "travel: tables of times come from a route service; the speeds are taken over"
    for part in ("locked", "published"):
        if document.get(part):
            yield f"{part}: these belong to a week that was planned here, not to a branch"
    if len({carer["branch"] for carer in document["carers"]}) > 1:
        yield "branches: all are taken together as one"


def _owed(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a problem without optional visits, what was said about these, and later weights."""
    visits = [visit for visit in document["visits"] if visit["priority"] != OPTIONAL]
    owed = {visit["id"] for visit in visits}
    gone = {visit["id"] for visit in document["visits"]} - owed
    weights = {**document["policy"]["weights"]}
    weights.pop("outside", None)
    unassigned = {
        key: value for key, value in weights["unassigned"].items() if key != str(OPTIONAL)
    }
    return {
        **document,
        "policy": {**document["policy"], "weights": {**weights, "unassigned": unassigned}},
        "visits": [
            {**visit, "after": None} if (visit.get("after") or {}).get("visit") in gone else visit
            for visit in visits
        ],
    }


def _sheets(document: Mapping[str, Any], name: str, monday: date) -> dict[str, list[Row]]:
    places = {place["id"]: place for place in document["places"]}
    visits: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for visit in document["visits"]:
        visits[visit["client"]].append(visit)
    sheets: dict[str, list[Row]] = {
        "branches": [{"branch": name, "name": name}],
        "skills": [{"skill": code, "name": code.replace("_", " ")} for code in _skills(document)],
        "funders": [
            {"funder": FUNDER, "name": "Rota problem", "kind": FunderKind.COMMISSIONER.value}
        ],
    }
    of_carers = [_carer(carer, places, name, monday) for carer in document["carers"]]
    of_clients = [
        _client(client, visits[client["id"]], places, name, monday)
        for client in document["clients"]
    ]
    for parts in (*of_carers, *of_clients):
        for sheet, rows in parts.items():
            sheets.setdefault(sheet, []).extend(rows)
    return sheets


def _skills(document: Mapping[str, Any]) -> list[str]:
    people = (*document["carers"], *document["visits"])
    return sorted({code for each in people for code in each["skills"]})


def _carer(
    carer: Mapping[str, Any], places: Mapping[str, Any], branch: str, monday: date
) -> dict[str, list[Row]]:
    who = {"branch": branch, "carer": carer["id"]}
    home = places[carer["home"]]
    return {
        "carers": [
            {
                **who,
                "name": f"Carer {carer['id']}",
                "gender": carer["gender"] if carer["gender"] in ("f", "m") else "x",
                "travel_mode": carer["mode"],
                "home_easting": home["x"],
                "home_northing": home["y"],
            }
        ],
        "contracts": [
            {
                **who,
                "starts_on": monday,
                "guaranteed_minutes": min(carer["guaranteed_minutes"], carer["max_week_minutes"]),
                "maximum_minutes": carer["max_week_minutes"],
                "max_days": carer["max_days"],
            }
        ],
        "availability": [
            {
                **who,
                "weekday": start // DAY_MINUTES,
                "from": start % DAY_MINUTES,
                "to": end - start // DAY_MINUTES * DAY_MINUTES,
                "starts_on": monday,
            }
            for start, end in carer["available"]
        ],
        "carer_skills": [{**who, "skill": code} for code in carer["skills"]],
        "wishes": list(_wishes(carer["preferences"], who)),
    }


def _wishes(wishes: Iterable[Mapping[str, Any]], who: Row) -> Iterator[Row]:
    for wish in wishes:
        yield {
            **who,
            "kind": wish["kind"],
            "strength": wish["strength"],
            "weekday": wish.get("day"),
            "from": wish.get("from"),
            "to": wish.get("to"),
            "client": wish.get("client"),
        }


def _client(
    client: Mapping[str, Any],
    visits: Iterable[Mapping[str, Any]],
    places: Mapping[str, Any],
    branch: str,
    monday: date,
) -> dict[str, list[Row]]:
    who = {"branch": branch, "client": client["id"]}
    home = places[client["place"]]
    package = {**who, "package": client["id"], "funder": FUNDER, "package_starts_on": monday}
    return {
        "clients": [
            {
                **who,
                "name": f"Client {client['id']}",
                "easting": home["x"],
                "northing": home["y"],
                "pin_confirmed_at": datetime.fromisoformat(f"{monday.isoformat()}T00:00:00+00:00"),
                "wanted_gender": client["gender"] or "",
                "target_carers": client["target_carers"] or None,
            }
        ],
        "packages": [{**package, **_line(visit, monday)} for visit in visits],
        "familiar_carers": [{**who, "carer": carer} for carer in client["familiar"]],
        "declines": [
            {**who, "carer": carer, "declined_by": "client"} for carer in client["excluded"]
        ],
    }


def _line(visit: Mapping[str, Any], monday: date) -> Row:
    midnight = visit["target"] // DAY_MINUTES * DAY_MINUTES
    after = visit.get("after") or {}
    is_short = visit["minutes"] < 30
    return {
        "line": visit["id"],
        "weekday": visit["target"] // DAY_MINUTES,
        "target": visit["target"] - midnight,
        "earliest": visit["earliest"] - midnight,
        "latest": visit["latest"] - midnight,
        "minutes": visit["minutes"],
        "carers": visit["carers"],
        "criticality": CRITICALITY[visit["priority"]].value,
        "skills": list(visit["skills"]),
        "follows": after.get("visit"),
        "gap_minutes": after.get("gap", 0),
        "starts_on": monday,
        "short_visit_reason": "As in the imported problem" if is_short else "",
        "short_visit_agreed_on": monday if is_short else None,
    }
