"""NICE-01 and section 9: new faces at short visits, checks and training that run out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.rota.law import running_out, short_visits
from backend.rota.law.record import RunsOut
from tests.backend.factories.moments import MONDAY
from tests.backend.rota.law.records import kinds, record, seeded, worked


@pytest.mark.parametrize(("end", "said"), [(510, []), (509, ["short_visit_new_face"])])
def test_a_short_visit_by_a_new_face_is_said(end: int, said: list[str]) -> None:
    assert kinds(short_visits.warnings(record([worked(0, (480, end))]))) == said


def test_a_short_visit_by_somebody_known_is_not() -> None:
    assert kinds(short_visits.warnings(record([worked(0, (480, 490))], met=frozenset({0})))) == []


@pytest.mark.parametrize(("days", "said"), [(90, ["right_to_work_ends"]), (91, [])])
def test_a_right_to_work_is_said_ninety_days_before(days: int, said: list[str]) -> None:
    ends = RunsOut("right_to_work", MONDAY + timedelta(days=days))

    assert kinds(running_out.warnings(record([worked(0, (480, 540))], running_out=(ends,)))) == said
    assert kinds(running_out.warnings(record(running_out=(ends,)))) == []


@pytest.mark.parametrize(("days", "said"), [(30, ["training_ends"]), (31, [])])
def test_training_is_said_thirty_days_before_with_the_visits_at_stake(
    days: int, said: list[str]
) -> None:
    ends = RunsOut("training", MONDAY + timedelta(days=days), visits=4)

    found = list(running_out.warnings(record([worked(0, (480, 540))], running_out=(ends,))))

    assert kinds(found) == said
    assert all("4 visits" in row.message for row in found)


@pytest.mark.parametrize(
    ("visits", "words"),
    [(0, "no visit of the week"), (1, "1 visit is at stake"), (2, "2 visits are at stake")],
)
def test_training_that_runs_out_says_what_is_at_stake_in_plain_words(
    visits: int, words: str
) -> None:
    ends = RunsOut("training", MONDAY + timedelta(days=9), visits=visits)

    (found,) = running_out.warnings(record([worked(0, (480, 540))], running_out=(ends,)))

    assert words in found.message


def test_a_lapsed_dbs_is_said_or_refused_as_the_cooperative_decides() -> None:
    rules = seeded()
    strict = replace(rules, checks=replace(rules.checks, dbs="hard"))
    lapsed = RunsOut("dbs", MONDAY)
    on_tuesday = RunsOut("dbs", MONDAY + timedelta(days=1))
    days = [worked(0, (480, 540))]

    assert kinds(running_out.warnings(record(days, running_out=(lapsed,)))) == ["dbs_lapsed"]
    assert kinds(running_out.warnings(record(days, running_out=(on_tuesday,)))) == []
    assert kinds(running_out.breaches(record(days, running_out=(lapsed,), rules=strict))) == [
        "dbs_lapsed"
    ]
