"""Why a visit is open, and who could take it: told on small weeks."""

from typing import Any

import pytest

from scheduler import ProblemError, candidates, explain_unassigned
from scheduler.explain import Difference, Verdict, assignment
from scheduler.model import After, Lock, Problem
from tests.scheduler.builders import a_carer, a_client, a_problem, a_row, a_solution, a_visit, at

CLIENTS = [a_client("kim", "base"), a_client("lee", "far")]
METRES = {"far": 10_000}


def _only(problem: Problem, visit: str = "v1", *rows: Any) -> Verdict:
    (verdict,) = candidates(problem, a_solution(*rows), visit)
    return verdict


def test_a_free_carer_can_make_a_visit_on_its_target() -> None:
    verdict = _only(a_problem(visits=[a_visit("v1", "Mon 09:00")]))

    assert (verdict.outcome, verdict.code, verdict.start) == ("CAN", None, at("Mon 09:00"))
    # The open visit's points go, an unfamiliar face comes.
    assert verdict.cost_change == pytest.approx(-60 * 20 + 6)


def test_a_carer_on_the_way_can_make_it_a_little_later() -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 08:40", client="lee")]
    problem = a_problem(visits=visits, clients=CLIENTS, metres=METRES)

    verdict = _only(problem, "v1", a_row("v2", "Mon 08:40"))

    assert (verdict.outcome, verdict.code, verdict.start) == ("CAN_IF", None, at("Mon 09:20"))


def test_the_visit_in_the_way_is_named() -> None:
    fixed = {"earliest": at("Mon 09:00"), "latest": at("Mon 09:00")}
    visits = [a_visit("v1", "Mon 09:00", **fixed), a_visit("v2", "Mon 09:10", client="lee")]
    problem = a_problem(visits=visits, clients=CLIENTS, metres=METRES)

    verdict = _only(problem, "v1", a_row("v2", "Mon 09:10"))

    assert (verdict.outcome, verdict.code, verdict.moves) == ("CAN_IF", "H5", "v2")
    assert "v2" in verdict.message
    assert verdict.cost_change is None


def test_a_locked_visit_is_never_the_one_to_move() -> None:
    fixed = {"earliest": at("Mon 09:00"), "latest": at("Mon 09:00")}
    visits = [a_visit("v1", "Mon 09:00", **fixed), a_visit("v2", "Mon 09:10")]
    problem = a_problem(visits=visits, locked=(Lock("v2", ("ann",)),))

    verdict = _only(problem, "v1", a_row("v2", "Mon 09:10"))

    assert (verdict.outcome, verdict.code, verdict.moves) == ("CANNOT", "H5", None)


@pytest.mark.parametrize(
    ("carer", "code"),
    [
        ({"skills": ()}, "H3"),
        ({"available": ((at("Mon 10:30"), at("Mon 22:00")),)}, "H4"),
        ({"last_end": -60}, "H6"),
        ({"max_week_minutes": 20}, "H7"),
        ({"max_days": 0}, "H8"),
    ],
)
def test_the_first_rule_in_the_way_is_named(carer: dict[str, Any], code: str) -> None:
    visit = a_visit("v1", "Mon 08:00", skills=("peg",))
    problem = a_problem(carers=[a_carer(**{"skills": ("peg",), **carer})], visits=[visit])

    verdict = _only(problem)

    assert (verdict.outcome, verdict.code, verdict.start) == ("CANNOT", code, None)
    assert verdict.shortfall > 0


def test_a_double_up_needs_two_who_are_free_at_the_same_time() -> None:
    morning = ((at("Mon 08:00"), at("Mon 09:15")),)
    later = ((at("Mon 09:20"), at("Mon 11:00")),)
    visit = a_visit("v1", "Mon 09:00", carers=2)
    apart = a_problem(
        visits=[visit], carers=[a_carer("ann", available=morning), a_carer("bob", available=later)]
    )
    together = a_problem(visits=[visit], carers=[a_carer("ann", available=morning), a_carer("bob")])

    alone = candidates(apart, a_solution(), "v1")
    paired = candidates(together, a_solution(), "v1")

    assert {(verdict.outcome, verdict.code) for verdict in alone} == {("CAN_IF", "H1")}
    # Bob could at nine, but with Ann it is a quarter to.
    assert {(verdict.carer, verdict.start) for verdict in paired} == {
        ("ann", at("Mon 08:45")),
        ("bob", at("Mon 08:45")),
    }


def test_a_dose_too_near_to_the_next_one_names_the_next_one() -> None:
    visits = [
        a_visit("v1", "Mon 09:00"),
        a_visit("v2", "Mon 10:00", after=After("v1", 180)),
    ]
    problem = a_problem(visits=visits)

    verdict = _only(problem, "v1", a_row("v2", "Mon 10:00"))

    assert (verdict.outcome, verdict.code, verdict.moves) == ("CAN_IF", "H10", "v2")


def test_a_dose_too_near_to_a_locked_one_cannot_be_given() -> None:
    visits = [
        a_visit("v1", "Mon 09:00"),
        a_visit("v2", "Mon 10:00", after=After("v1", 180)),
    ]
    problem = a_problem(visits=visits, locked=(Lock("v2", ("ann",)),))

    verdict = _only(problem, "v1", a_row("v2", "Mon 10:00"))

    assert (verdict.outcome, verdict.code, verdict.start) == ("CANNOT", "H10", None)


def test_a_locked_visit_is_only_for_the_carers_of_its_lock() -> None:
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00")],
        carers=[a_carer("ann"), a_carer("bob")],
        locked=(Lock("v1", ("bob",), at("Mon 09:30")),),
    )

    bob, ann = candidates(problem, a_solution(), "v1")

    assert (bob.carer, bob.outcome, bob.start) == ("bob", "CAN_IF", at("Mon 09:30"))
    assert (ann.carer, ann.outcome, ann.code) == ("ann", "CANNOT", "H11")


def test_whoever_makes_the_visit_now_is_shown_as_such_and_a_better_carer_before() -> None:
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00")],
        carers=[a_carer("ann"), a_carer("bob"), a_carer("cat", skills=(), max_days=0)],
        clients=[a_client("kim", familiar=("bob",))],
    )

    found = candidates(problem, a_solution(a_row("v1", "Mon 09:00", "ann")), "v1")

    assert [(verdict.carer, verdict.cost_change) for verdict in found] == [
        ("bob", -6.0),
        ("ann", 0.0),
        ("cat", None),
    ]


def test_an_old_fault_in_the_week_does_not_keep_a_carer_from_everything_else() -> None:
    visits = [
        a_visit("v1", "Wed 09:00"),
        a_visit("v2", "Mon 09:00"),
        a_visit("v3", "Mon 09:10"),
    ]
    problem = a_problem(visits=visits)

    verdict = _only(problem, "v1", a_row("v2", "Mon 09:00"), a_row("v3", "Mon 09:10"))

    assert verdict.outcome == "CAN"


def test_an_unknown_visit_is_refused() -> None:
    with pytest.raises(ProblemError, match="there is no visit 'v9'"):
        candidates(a_problem(), a_solution(), "v9")


def test_an_open_visit_counts_carers_by_rule_and_names_the_nearest() -> None:
    carers = [
        a_carer("ann", max_days=0),
        a_carer("bob", skills=()),
        a_carer("cat", available=((at("Mon 09:10"), at("Mon 22:00")),)),
        a_carer("dan", skills=(), gender="m"),
    ]
    carers = [
        a_carer(c.id, skills=("peg",), max_days=c.max_days, available=c.available)
        if c.id in {"ann", "cat"}
        else c
        for c in carers
    ]
    visit = a_visit("v1", "Mon 08:00", skills=("peg",))
    problem = a_problem(carers=carers, visits=[visit, a_visit("v2", "Tue 09:00")])

    (row,) = explain_unassigned(problem, a_solution(a_row("v2", "Tue 09:00", "bob")))

    assert row.visit == "v1"
    assert row.reasons == {"H3": 2, "H4": 1, "H8": 1}
    assert [near.carer for near in row.nearest] == ["cat", "ann", "bob"]
    assert row.nearest[0].change == "Ask for 10 minutes more of availability around Mon 08:00."


def test_a_visit_that_somebody_could_take_after_all_says_so() -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")])

    (row,) = explain_unassigned(problem, a_solution())

    assert row.reasons == {}
    assert row.nearest[0].code is None
    assert row.nearest[0].change == "Give it to this carer at Mon 09:00."


def test_the_visit_in_the_way_is_offered_to_a_carer_who_could_take_it() -> None:
    fixed = {"earliest": at("Mon 09:00"), "latest": at("Mon 09:00")}
    visits = [
        a_visit("v1", "Mon 09:00", skills=("peg",), **fixed),
        a_visit("v2", "Mon 09:10", client="lee"),
    ]
    carers = [a_carer("ann", skills=("peg",)), a_carer("bob")]
    problem = a_problem(visits=visits, carers=carers, clients=CLIENTS, metres=METRES)

    ann, bob = candidates(problem, a_solution(a_row("v2", "Mon 09:10")), "v1")

    assert (ann.moves, ann.moves_to, ann.moves_start) == ("v2", "bob", None)
    assert "is given to carer bob" in ann.message
    assert (bob.code, bob.moves) == ("H3", None)


def test_the_visit_in_the_way_is_offered_another_time_when_nobody_else_can() -> None:
    fixed = {"earliest": at("Mon 09:00"), "latest": at("Mon 09:00")}
    visits = [a_visit("v1", "Mon 09:00", **fixed), a_visit("v2", "Mon 09:10")]
    problem = a_problem(visits=visits)

    verdict = _only(problem, "v1", a_row("v2", "Mon 09:10"))

    assert (verdict.moves_to, verdict.moves_start) == (None, at("Mon 09:30"))


def test_a_visit_that_can_go_nowhere_would_be_left_open_and_says_so() -> None:
    def fixed(moment: str) -> dict[str, Any]:
        return {"earliest": at(moment), "latest": at(moment)}

    visits = [
        a_visit("v1", "Mon 09:00", **fixed("Mon 09:00")),
        a_visit("v2", "Mon 09:10", **fixed("Mon 09:10")),
    ]
    problem = a_problem(visits=visits)

    verdict = _only(problem, "v1", a_row("v2", "Mon 09:10"))

    assert (verdict.outcome, verdict.moves) == ("CAN_IF", "v2")
    assert (verdict.moves_to, verdict.moves_start) == (None, None)
    assert "left open" in verdict.message


def test_a_visit_is_with_its_carer_because_the_next_is_unknown_and_comes_from_afar() -> None:
    visits = [
        a_visit("v1", "Mon 09:00"),
        a_visit("v2", "Mon 08:20", client="lee", skills=("peg",)),
    ]
    problem = a_problem(
        visits=visits,
        carers=[a_carer("ann"), a_carer("bob", skills=("peg",)), a_carer("cat", max_days=0)],
        clients=[a_client("kim", familiar=("ann",)), a_client("lee", "far")],
        metres=METRES,
    )
    solution = a_solution(a_row("v1", "Mon 09:00", "ann"), a_row("v2", "Mon 08:20", "bob"))

    found = assignment(problem, solution, "v1", "cat")

    assert found.carers == ("ann",)
    (bob,) = found.next_best
    assert (bob.verdict.carer, bob.verdict.replaces) == ("bob", "ann")
    assert bob.differences == (
        Difference("S1 travel", 10.0, 10.0),
        Difference("S2 unfamiliar", 6.0, 1.0),
    )
    assert found.asked is not None
    assert [(fault.code, fault.shortfall) for fault in found.asked.faults] == [("H8", 1)]
    assert found.asked.differences == ()


def test_every_rule_in_the_way_of_a_carer_is_told_the_deciding_one_first() -> None:
    carers = [a_carer("ann"), a_carer("bob", gender="m", max_days=0, max_week_minutes=20)]
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00")], carers=carers, clients=[a_client("kim", gender="f")]
    )

    found = assignment(problem, a_solution(a_row("v1", "Mon 09:00", "ann")), "v1", "bob")

    assert found.asked is not None
    assert [(f.code, f.shortfall) for f in found.asked.faults] == [("H3", 1), ("H7", 10), ("H8", 1)]


def test_why_a_carer_has_an_open_visit_cannot_be_asked() -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")])

    with pytest.raises(ProblemError, match="visit 'v1' is not assigned"):
        assignment(problem, a_solution(), "v1")
    with pytest.raises(ProblemError, match="there is no carer 'zoe'"):
        assignment(problem, a_solution(a_row("v1", "Mon 09:00")), "v1", "zoe")
