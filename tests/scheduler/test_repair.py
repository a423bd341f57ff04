"""A published week is repaired: nothing unrelated changes, no rule is broken, limits hold."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler import (
    CarerAway,
    Change,
    ClientAway,
    Lock,
    Problem,
    ProblemError,
    RepairAnswer,
    SlowerTravel,
    Solution,
    Visit,
    VisitsAdded,
    VisitsCancelled,
    changes_from,
    changes_to,
    check,
    repair,
    solve,
    write_problem,
    write_solution,
)
from scheduler.changes import slower
from scheduler.cli import main
from scheduler.repair import describe, repair_plan_to
from scheduler.repair.few_days import only_days
from scheduler.roads import Peak, TravelTable
from scheduler.units import DAY
from tests.scheduler.builders import (
    a_carer,
    a_client,
    a_problem,
    a_row,
    a_solution,
    a_visit,
    at,
)
from tests.scheduler.repair_by_force import least

CARERS = (a_carer("ann"), a_carer("bob"), a_carer("cat"))
ILL_ON_TUESDAY = CarerAway("ann", DAY, 2 * DAY)


def repaired(problem: Problem, plan: Solution, *changes: Change, now: int = 0) -> RepairAnswer:
    return repair(problem, plan, changes, now=now, rounds=400)


def rows_of(plan: Solution) -> dict[str, tuple[int, frozenset[str]]]:
    return {row.visit: (row.start, frozenset(row.carers)) for row in plan.assignments}


def test_only_the_visits_of_the_carer_who_is_ill_change_and_both_sides_are_phoned() -> None:
    visits = [a_visit("mon", "Mon 09:00"), a_visit("tue", "Tue 09:00"), a_visit("b", "Tue 14:00")]
    problem = a_problem(visits=visits, carers=CARERS[:2])
    plan = a_solution(
        a_row("mon", "Mon 09:00"), a_row("tue", "Tue 09:00"), a_row("b", "Tue 14:00", "bob")
    )

    answer = repaired(problem, plan, ILL_ON_TUESDAY)

    best = answer.plans[0]
    assert answer.torn == ("tue",)
    assert rows_of(best.solution) == rows_of(plan) | {"tue": (at("Tue 09:00"), frozenset({"bob"}))}
    assert best.change_count == 1
    calls = {(call.who, call.id): [item.told for item in call.items] for call in best.calls}
    assert calls == {("carer", "bob"): ["given"], ("client", "kim"): ["other_carer"]}
    assert answer.proof is not None
    assert answer.proof.is_least_open
    assert answer.proof.is_fewest_changes


def test_a_visit_that_nobody_can_make_stays_open_with_its_reasons_and_that_is_proved() -> None:
    visits = [a_visit("tue", "Tue 09:00", skills=("peg",))]
    problem = a_problem(visits=visits, carers=[a_carer("ann", skills=("peg",)), a_carer("bob")])

    answer = repaired(problem, a_solution(a_row("tue", "Tue 09:00")), ILL_ON_TUESDAY)

    best = answer.plans[0]
    assert [visit.visit for visit in best.open_visits] == ["tue"]
    assert best.open_visits[0].reasons == {"H3": 1, "H4": 1}
    assert [call.items[0].told for call in best.calls] == ["open"]
    assert answer.proof is not None
    assert answer.proof.any_plan.open_points == best.open_points == 1200
    assert answer.proof.is_least_open


def test_somebody_gives_way_only_where_that_covers_more() -> None:
    nine = at("Tue 09:00")
    # Bob alone has the skill, and is with somebody else whom only he or Cat can see.
    visits = [
        a_visit("tue", "Tue 09:00", earliest=nine, latest=nine, skills=("peg",)),
        a_visit("other", "Tue 09:00", earliest=nine, latest=nine),
    ]
    carers = [a_carer("ann", skills=("peg",)), a_carer("bob", skills=("peg",)), a_carer("cat")]
    problem = a_problem(visits=visits, carers=carers)
    plan = a_solution(a_row("tue", "Tue 09:00"), a_row("other", "Tue 09:00", "bob"))

    answer = repaired(problem, plan, ILL_ON_TUESDAY)

    fewest = answer.plans[0]
    alone = next(plan for plan in answer.plans if "nobody_else" in plan.stands_for)
    assert (fewest.open_points, fewest.change_count, fewest.others_changed) == (0, 2, 1)
    assert (alone.change_count, alone.others_changed) == (1, 0)
    assert [visit.visit for visit in alone.open_visits] == ["tue"]
    assert answer.proof is not None
    assert answer.proof.is_fewest_changes
    assert answer.proof.is_best_alone


def test_the_partner_of_a_double_up_stays() -> None:
    problem = a_problem(visits=[a_visit("tue", "Tue 09:00", carers=2)], carers=CARERS)

    answer = repaired(problem, a_solution(a_row("tue", "Tue 09:00", "ann", "bob")), ILL_ON_TUESDAY)

    assert set(answer.plans[0].solution.assignments[0].carers) == {"bob", "cat"}
    assert answer.plans[0].change_count == 1


def test_what_has_begun_and_what_is_locked_never_changes() -> None:
    visits = [a_visit(f"v{hour}", f"Tue {hour:02}:00") for hour in (8, 10, 14)]
    problem = a_problem(
        visits=visits, carers=CARERS[:2], locked=(Lock("v10", ("bob",), at("Tue 10:00")),)
    )
    plan = a_solution(
        a_row("v8", "Tue 08:00"), a_row("v10", "Tue 10:00", "bob"), a_row("v14", "Tue 14:00")
    )

    answer = repaired(problem, plan, ILL_ON_TUESDAY, now=at("Tue 08:15"))

    for found in answer.plans:
        rows = rows_of(found.solution)
        assert rows["v8"] == rows_of(plan)["v8"]
        assert rows["v10"] == rows_of(plan)["v10"]
        assert not check(answer.problem, found.solution)
    assert answer.torn == ("v14",)


def test_a_client_in_hospital_takes_visits_away_and_frees_nobody_else() -> None:
    visits = [a_visit("mon", "Mon 09:00"), a_visit("tue", "Tue 09:00"), a_visit("wed", "Wed 09:00")]
    problem = a_problem(visits=visits, carers=CARERS)
    plan = a_solution(*(a_row(visit.id, visit.target) for visit in visits))

    answer = repaired(problem, plan, ClientAway("kim", DAY, 2 * DAY))

    assert rows_of(answer.plans[0].solution).keys() == {"mon", "wed"}
    assert answer.plans[0].change_count == 0
    assert [(call.who, call.items[0].told) for call in answer.plans[0].calls] == [
        ("carer", "taken")
    ]


def test_a_cancelled_visit_goes_and_a_new_package_is_fitted_in() -> None:
    problem = a_problem(visits=[a_visit("a", "Tue 09:00"), a_visit("b", "Tue 12:00")])
    plan = a_solution(a_row("a", "Tue 09:00"), a_row("b", "Tue 12:00"))
    new: Visit = a_visit("new", "Tue 16:00", client="lou")
    arrived = VisitsAdded((new,), clients=(a_client("lou"),))

    answer = repaired(problem, plan, VisitsCancelled(("a",)), arrived)

    assert rows_of(answer.plans[0].solution).keys() == {"b", "new"}
    assert answer.torn == ("new",)
    assert answer.plans[0].change_count == 0


def test_slow_roads_on_one_day_leave_the_other_days_alone() -> None:
    # Half an hour apart by road; in snow the second visit cannot be reached in time.
    clients = [a_client("kim"), a_client("lou", "far")]
    visits = [
        a_visit(f"{day}{n}", f"{day} {time}", client=client, earliest=at(f"{day} {time}"))
        for day in ("Tue", "Wed")
        for n, time, client in ((1, "09:00", "kim"), (2, "10:00", "lou"))
    ]
    visits = [replace(visit, latest=visit.target + 10) for visit in visits]
    problem = a_problem(visits=visits, carers=CARERS[:2], clients=clients, metres={"far": 30_000.0})
    plan = a_solution(*(a_row(visit.id, visit.target) for visit in visits))

    answer = repaired(problem, plan, SlowerTravel((1,), 200))

    best = answer.plans[0]
    changed = {change.visit for change in best.changes}
    assert changed == {"Tue2"}
    assert not check(answer.problem, best.solution)
    part, rows = only_days(answer.problem, best.solution, (1,))
    assert not check(slower(part, 200), rows)


def test_slow_roads_slow_known_times_and_leave_the_peaks() -> None:
    peak = Peak((0,), 480, 540, 2.0)
    problem = a_problem(clients=[a_client("kim"), a_client("lou", "far")], metres={"far": 3_000.0})
    known = TravelTable(
        tuple(
            tuple(0 if a == b else None if b == 0 else 5 for b in range(len(problem.places)))
            for a in range(len(problem.places))
        )
    )
    modes = {"car": replace(problem.modes["car"], peaks=(peak,))}
    problem = replace(problem, modes=modes, travel={"car": known})

    slow = slower(problem, 150)

    assert slow.modes["car"].peaks == (peak,)
    assert slow.modes["car"].kmh == 40.0
    assert slow.travel["car"].minutes[0][1] == 8
    assert slow.travel["car"].minutes[1][0] is None
    assert slow.travel["car"].minutes[1][1] == 0


@pytest.mark.parametrize(
    ("change", "now", "path"),
    [
        (CarerAway("nobody", 0, DAY), 0, "changes[0].carer"),
        (ClientAway("nobody", 0, DAY), 0, "changes[0].client"),
        (VisitsCancelled(("none",)), 0, "changes[0].visits[0]"),
        (VisitsCancelled(("tue",)), 2 * DAY, "changes[0].visits[0]"),
        (VisitsAdded((a_visit("x", "Mon 09:00"),)), DAY, "changes[0].visits[0].latest"),
    ],
)
def test_an_impossible_change_says_where_it_is_wrong(change: Change, now: int, path: str) -> None:
    problem = a_problem(visits=[a_visit("tue", "Tue 09:00")])

    with pytest.raises(ProblemError) as refused:
        repaired(problem, a_solution(a_row("tue", "Tue 09:00")), change, now=now)

    assert refused.value.path == path


@pytest.mark.parametrize(
    "make",
    [  # made in the test, since making it is what is refused
        lambda: CarerAway("ann", DAY, DAY),
        lambda: CarerAway("ann", 7 * DAY, 8 * DAY),
        lambda: SlowerTravel((7,), 150),
        lambda: SlowerTravel((1,), 100),
        lambda: VisitsCancelled(()),
    ],
)
def test_a_change_that_means_nothing_cannot_be_made(make: Callable[[], Change]) -> None:
    with pytest.raises(ProblemError):
        make()


def test_a_visit_locked_to_the_carer_who_is_ill_has_to_be_unlocked_first() -> None:
    problem = a_problem(visits=[a_visit("tue", "Tue 09:00")], locked=(Lock("tue", ("ann",)),))

    with pytest.raises(ProblemError, match=r"visit tue is locked .* unlock it first"):
        repaired(problem, a_solution(a_row("tue", "Tue 09:00")), ILL_ON_TUESDAY)


def _random_week(seed: int) -> tuple[Problem, Solution]:
    """Return a crowded Tuesday of five visits by three carers, with a plan that is sound."""
    draw = random.Random(seed)  # noqa: S311  # a test's own dice
    clients = [a_client("kim"), a_client("lou", "near"), a_client("mel", "far")]
    visits = []
    for number in range(5):
        start = at("Tue 08:00") + 15 * draw.randrange(8)
        visits.append(
            a_visit(
                f"v{number}",
                start,
                draw.choice((30, 45)),
                client=draw.choice(("kim", "lou", "mel")),
                earliest=start,
                latest=start + draw.choice((0, 0, 1)),
                skills=draw.choice(((), (), ("peg",))),
                carers=draw.choice((1, 1, 1, 2)),
            )
        )
    carers = [
        a_carer(name, skills=draw.choice((("peg",), ("peg",), ())))
        for name in ("ann", "bob", "cat")
    ]
    problem = a_problem(
        visits=visits, carers=carers, clients=clients, metres={"near": 5_000.0, "far": 15_000.0}
    )
    plan = solve(problem, seconds=None, iterations=400, threads=1, seed=seed)
    return problem, plan


@pytest.mark.parametrize("seed", range(12))
def test_limits_hold_and_what_is_called_proved_is_the_least_of_all_plans(seed: int) -> None:
    problem, plan = _random_week(seed)

    answer = repaired(problem, plan, ILL_ON_TUESDAY)

    fewest = answer.plans[0]
    proof = answer.proof
    assert proof is not None
    among_all = least(answer.problem, answer.torn, others_may=True)
    alone = least(answer.problem, answer.torn, others_may=False)
    assert proof.any_plan.open_points <= among_all[0]
    assert proof.nobody_else.open_points <= alone[0]
    # The search found the least as well, proved or not.
    assert (fewest.open_points, fewest.change_count) <= among_all
    assert proof.any_plan.changes <= among_all[1]
    if proof.is_least_open:
        assert fewest.open_points == among_all[0]
    if proof.is_least_open and proof.is_fewest_changes:
        assert fewest.change_count == among_all[1]
    if proof.is_best_alone:
        best = next(plan for plan in answer.plans if "nobody_else" in plan.stands_for)
        assert (best.open_points, best.change_count) == alone
    for found in answer.plans:
        assert not check(answer.problem, found.solution)


def test_the_changes_file_is_read_back_as_it_was_written() -> None:
    changes = (
        ILL_ON_TUESDAY,
        ClientAway("kim", 0, DAY),
        VisitsCancelled(("a",)),
        VisitsAdded((a_visit("new", "Tue 16:00", client="lou"),), clients=(a_client("lou"),)),
        SlowerTravel((1, 2), 150),
    )

    happened = changes_from(json.loads(json.dumps(changes_to(changes, now=15))))

    assert (happened.changes, happened.now) == (changes, 15)
    with pytest.raises(ProblemError, match=r"changes\[0\].kind"):
        changes_from({"format": "rota-changes/1", "changes": [{"kind": "strike"}]})


def test_the_command_line_writes_the_answer(tmp_path: Path) -> None:
    problem = a_problem(visits=[a_visit("tue", "Tue 09:00")], carers=CARERS)
    write_problem(problem, tmp_path / "problem.json")
    write_solution(a_solution(a_row("tue", "Tue 09:00")), tmp_path / "told.json")
    (tmp_path / "changes.json").write_text(json.dumps(changes_to([ILL_ON_TUESDAY])))

    files = [str(tmp_path / name) for name in ("problem.json", "told.json")]
    options = ["--changes", str(tmp_path / "changes.json"), "-o", str(tmp_path / "answer.json")]
    status = main(["repair", *files, *options, "--rounds", "100"])

    answer = json.loads((tmp_path / "answer.json").read_text())
    assert status == 0
    assert answer["torn"] == ["tue"]
    assert answer["plans"][0]["change_count"] == 1
    assert answer["proof"]["is_fewest_changes"] is True


def test_a_plan_of_an_answer_is_told_the_same_when_it_is_described_by_itself() -> None:
    problem, plan = _random_week(3)
    away = CarerAway(plan.assignments[0].carers[0], 0, 7 * DAY)
    answer = repaired(problem, plan, away)

    for told in answer.plans:
        again = describe(problem, plan, (away,), told.solution, told.stands_for)
        assert repair_plan_to(again) == repair_plan_to(told)


def test_a_visit_taken_out_of_a_plan_is_told_as_open_and_its_client_is_to_be_phoned() -> None:
    problem, plan = _random_week(3)
    away = CarerAway(plan.assignments[0].carers[0], 0, 7 * DAY)
    first = repaired(problem, plan, away).plans[0]
    told = {row.visit for row in plan.assignments}
    gone = next(row.visit for row in first.solution.assignments if row.visit in told)
    left = tuple(row for row in first.solution.assignments if row.visit != gone)

    again = describe(
        problem, plan, (away,), replace(first.solution, assignments=left), ("cheapest",)
    )

    assert again.stands_for == ("cheapest",)
    assert gone in {visit.visit for visit in again.open_visits}
    assert again.open_points > first.open_points
    items = [item for call in again.calls if call.who == "client" for item in call.items]
    assert ("open", gone) in {(item.told, item.visit) for item in items}


def test_the_same_arguments_give_the_same_plans() -> None:
    problem, plan = _random_week(3)

    first, second = (repaired(problem, plan, ILL_ON_TUESDAY) for _ in range(2))

    assert [found.solution for found in first.plans] == [found.solution for found in second.plans]


def _branch(seed: int = 5) -> Problem:
    """Return three days of a small branch: 14 carers and 150 visits, some by two."""
    draw = random.Random(seed)  # noqa: S311  # a test's own dice
    metres = {f"p{n}": 700.0 * n for n in range(20)}
    clients = [a_client(f"k{n}", f"p{n}", familiar=(f"c{n % 14}",)) for n in range(20)]
    visits = []
    for number in range(150):
        target = (
            number % 3 * DAY + draw.choice((480, 540, 720, 780, 1020, 1080)) + draw.randrange(30)
        )
        team = 2 if number % 9 == 0 else 1
        visits.append(a_visit(f"v{number}", target, 30, client=f"k{number % 20}", carers=team))
    return a_problem(
        visits=visits, carers=[a_carer(f"c{n}") for n in range(14)], clients=clients, metres=metres
    )


def test_in_a_branch_one_sick_carer_leaves_all_unrelated_visits_alone() -> None:
    problem = _branch()
    plan = solve(problem, seconds=None, iterations=4000, threads=1)
    sick = max(
        (carer.id for carer in problem.carers),
        key=lambda name: sum(
            name in row.carers for row in plan.assignments if row.start // DAY == 1
        ),
    )

    answer = repaired(problem, plan, CarerAway(sick, DAY, 2 * DAY))

    told = rows_of(plan)
    alone = next(found for found in answer.plans if "nobody_else" in found.stands_for)
    assert answer.torn
    for found in answer.plans:
        rows = rows_of(found.solution)
        assert not check(answer.problem, found.solution)
        # Nothing of another day, and in the narrow plan nothing outside the hole.
        other_days = {visit for visit, row in told.items() if row[0] // DAY != 1}
        assert {v: rows[v] for v in other_days} == {v: told[v] for v in other_days}
        assert sick not in {
            carer for visit, row in rows.items() if row[0] // DAY == 1 for carer in row[1]
        }
    outside = told.keys() - set(answer.torn)
    after = rows_of(alone.solution)
    assert {v: after[v] for v in outside} == {v: told[v] for v in outside}
